/** What happened to contacts in the CRM, as the CRM tells it. Ids are those of the CRM. */
export type ContactEvent =
  /** Several records became one: `contactIds` are gone, and `survivorId` is what they all are now. */
  | { kind: 'merged'; contactIds: readonly string[]; survivorId: string }
  | { kind: 'deleted'; contactId: string }
  /** Deleted for good at the person's wish: no copy of what the CRM held may stay. */
  | { kind: 'privacy_deleted'; contactId: string }
  /** Made, edited or brought back: what was read of it before may no longer be true. */
  | { kind: 'changed'; contactId: string };

/**
 * Told what happened to contacts, in the order in which it happened as far as that is known. The same may be told twice,
 * and late: implementations end in the same state however often they hear it.
 */
export interface ContactEvents {
  handle(tenantId: string, portalId: string, events: readonly ContactEvent[]): Promise<void>;
}

/** Nest injection token. */
export const CONTACT_EVENTS = Symbol('ContactEvents');
