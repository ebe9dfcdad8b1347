import { createHash } from 'node:crypto';
import { kindOf } from './event-kind.js';

/** HubSpot's id of the event "an app was uninstalled", wherever its lifecycle is told. */
export const UNINSTALL_EVENT = '4-1916193';

/** One event as HubSpot tells it; of a type we know nothing of, what all events have in common. */
export interface WebhookEvent {
  portalId: string;
  /** `contact.merge`, `object.deletion`, `app.uninstalled`, … an open set. */
  type: string;
  /** For `object.*`: the type of the record, `0-1` for contacts. */
  objectTypeId?: string;
  objectId?: string;
  propertyName?: string;
  /** contact.merge: the records that are gone. */
  mergedIds: string[];
  /** contact.merge: the record that goes on. */
  survivorId?: string;
  occurredAt?: Date;
  /** The same for every copy of one event; 32 bytes. */
  fingerprint: Buffer;
}

export type ParsedEvents =
  | {
      readable: true;
      events: WebhookEvent[];
      /** Entries that name no portal or no type. */
      unreadable: number;
    }
  | { readable: false; reason: 'not_json' | 'not_events' };

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a webhook's body, believing nothing of its shape: a field that isn't what it should be counts as missing, and one
 * bad entry never sinks the others. Text longer than ids and names are is cut off by being refused.
 */
export function parseEvents(body: Uint8Array): ParsedEvents {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return { readable: false, reason: 'not_json' };
  }
  const entries: unknown[] | undefined = Array.isArray(value) ? value : isFields(value) ? [value] : undefined;
  if (entries === undefined) return { readable: false, reason: 'not_events' };
  const events = readEvents(entries);
  return { readable: true, events, unreadable: entries.length - events.length };
}

/** Entries that name no portal or no type are left out. */
export function readEvents(entries: readonly unknown[]): WebhookEvent[] {
  return entries.flatMap((entry) => (isFields(entry) ? readEvent(entry) : []));
}

function readEvent(fields: Fields): WebhookEvent[] {
  const portalId = readId(fields['portalId']);
  const told = readName(fields['subscriptionType']) ?? readName(fields['eventType']);
  const type = fields['eventTypeId'] === UNINSTALL_EVENT ? 'app.uninstalled' : told;
  if (portalId === undefined || type === undefined) return [];
  const objectId = readId(fields['objectId']);
  const event = {
    portalId,
    type,
    objectTypeId: readName(fields['objectTypeId']),
    objectId,
    propertyName: readName(fields['propertyName']),
    occurredAt: readTime(fields['occurredAt']),
    ...readMerge(fields, objectId),
  };
  return [{ ...event, fingerprint: fingerprintOf(fields, event) }];
}

/** The survivor has a new id, or the primary's; whichever it is, the other ids lead to it. */
function readMerge(fields: Fields, objectId: string | undefined): Pick<WebhookEvent, 'mergedIds' | 'survivorId'> {
  const given: unknown = fields['mergedObjectIds'];
  const merged = (Array.isArray(given) ? given : []).flatMap((id) => readId(id) ?? []);
  if (merged.length === 0) return { mergedIds: [] };
  const primaryId = readId(fields['primaryObjectId']) ?? objectId;
  const survivorId = readId(fields['newObjectId']) ?? primaryId;
  if (survivorId === undefined) return { mergedIds: [] };
  const gone = new Set([...merged, ...(primaryId === undefined ? [] : [primaryId])]);
  gone.delete(survivorId);
  return { mergedIds: [...gone], survivorId };
}

/**
 * HubSpot repeats events, and its event ids are not unique: two are the same when subscription, object, time, property and
 * value are. Merged ids are added, because two merges into one record can share the rest. The value itself isn't kept.
 */
function fingerprintOf(fields: Fields, event: Omit<WebhookEvent, 'fingerprint'>): Buffer {
  const { portalId, type, objectId, mergedIds, survivorId } = event;
  const { subscriptionId, occurredAt, propertyName, propertyValue } = fields;
  const identity = happeningOf(event) ?? [
    portalId,
    type,
    subscriptionId,
    objectId,
    occurredAt,
    propertyName,
    propertyValue,
    survivorId,
  ];
  return createHash('sha256')
    .update(JSON.stringify([...identity.map(plain), ...[...mergedIds].sort()]))
    .digest();
}

/**
 * An end (of a contact, or of the app in a portal) is one thing that happened, by whichever subscription and whichever way it
 * is told: `contact.*`, `object.*`, the journal. Without its time it could be another one of the same.
 */
function happeningOf(event: Omit<WebhookEvent, 'fingerprint'>): unknown[] | undefined {
  const { portalId, objectId, survivorId, occurredAt } = event;
  if (occurredAt === undefined) return undefined;
  const kind = kindOf(event);
  switch (kind) {
    case 'merged':
      return survivorId === undefined ? undefined : [portalId, kind, occurredAt.getTime(), survivorId];
    case 'deleted':
    case 'privacy_deleted':
      return objectId === undefined ? undefined : [portalId, kind, occurredAt.getTime(), objectId];
    case 'uninstalled':
      return [portalId, kind, occurredAt.getTime()];
    case 'changed':
    case 'other':
      return undefined;
  }
}

/** Nothing but plain values has ever been seen here; whatever else comes must not cost us the stack. */
function plain(part: unknown): unknown {
  return part === undefined || typeof part === 'object' ? null : part;
}

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Numbers as HubSpot sends them, or the same as text. Zero and less are no ids; beyond 2^53 JSON has lost digits. */
function readId(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : undefined;
  return typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value) ? value : undefined;
}

/** Names of types and properties are short and plain; anything else could not be one. */
function readName(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:-]{1,200}$/.test(value) ? value : undefined;
}

/** The year 9999 is far enough, and PostgreSQL can hold it. */
const LATEST_MS = Date.UTC(9999, 0);

function readTime(value: unknown): Date | undefined {
  const ms = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof ms === 'number' && ms >= 0 && ms < LATEST_MS ? new Date(Math.floor(ms)) : undefined;
}
