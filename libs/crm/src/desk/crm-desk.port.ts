/** One value of a contact, as people read it. */
export interface ShownValue {
  label: string;
  type: ShownType;
  /** ISO 8601 for dates and times, digits for numbers, labels for choices. */
  value: string;
  /** The same in words. */
  display: string;
}

export type ShownType = 'text' | 'number' | 'date' | 'datetime' | 'choice' | 'boolean';

/** A contact for an agent's eyes; whatever is filled. */
export interface ShownContact {
  id: string;
  firstName?: string;
  lastName?: string;
  email?: string;
  /** As stored: phone first, then mobile. */
  phones: string[];
  /** Its label. */
  lifecycleStage?: string;
  /** The owner's name. */
  owner?: string;
  /** By name, in the order in which they were asked for. */
  properties: Record<string, ShownValue>;
  /** The record's page in the CRM. */
  url?: string;
}

/** A property of contacts that the panel can show. */
export interface ContactProperty {
  name: string;
  label: string;
  group: string;
  type: ShownType;
}

/**
 * What an agent's desk asks of the CRM, one contact at a time, as live traffic. Throws CrmDeferredError when the CRM can't
 * answer now.
 */
export interface CrmDesk {
  /** A merged id answers the survivor (its `id` differs). Undefined: gone. */
  findContact(tenantId: string, id: string, properties: readonly string[]): Promise<ShownContact | undefined>;

  /** By name, email or phone, best first. `signal`: whoever asked has gone. */
  searchContacts(tenantId: string, query: string, limit: number, signal: AbortSignal): Promise<ShownContact[]>;

  /** Those that may be shown to every agent, by group and label. */
  listProperties(tenantId: string): Promise<ContactProperty[]>;

  /** What is remembered of the tenant's CRM is stale. */
  forget(tenantId?: string): void;
}

/** Nest injection token. */
export const CRM_DESK = Symbol('CrmDesk');
