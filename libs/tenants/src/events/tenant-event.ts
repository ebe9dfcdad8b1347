/** What an open console is told of; `items` say of what, and are empty where there was too much to say. */
export const TENANT_EVENT_KINDS = [
  'message.added',
  'conversation.opened',
  'conversation.closed',
  'delivery.changed',
  'connection.changed',
  'options.changed',
  'writeback.changed',
  'contact.changed',
  'session.ended',
] as const;
export type TenantEventKind = (typeof TENANT_EVENT_KINDS)[number];

export interface TenantEvent {
  tenantId: string;
  kind: TenantEventKind;
  items: readonly Readonly<Record<string, string>>[];
}

/** The channel of PostgreSQL that the database's own functions notify. */
export const EVENTS_CHANNEL = 'threadline_events';

/** Undefined for what was notified by something else, or by a later version. */
export function readTenantEvent(payload: string): TenantEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return undefined;
  }
  const { tenantId, kind, items } = (value ?? {}) as Record<string, unknown>;
  if (typeof tenantId !== 'string' || !Array.isArray(items)) return undefined;
  const known = TENANT_EVENT_KINDS.find((each) => each === kind);
  return known && { tenantId, kind: known, items: items as TenantEvent['items'] };
}
