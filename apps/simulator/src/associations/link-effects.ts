import type { Portal } from '../portal/portal.js';
import type { RecordRef } from '../portal/crm-record.js';

const ENGAGEMENTS = new Set(['notes', 'calls', 'communications', 'emails', 'meetings', 'tasks']);
/** Kinds of activity in which the contact was spoken to, not only written about. */
const CONTACTED = new Set(['calls', 'communications', 'emails', 'meetings']);

/** Keeps a record's activity counts true when an engagement lands on its timeline. */
export function applyLinkEffects(portal: Portal, one: RecordRef, other: RecordRef, now: number): void {
  const engagement = ENGAGEMENTS.has(one.typeKey) ? one : other;
  const target = engagement === one ? other : one;
  if (!ENGAGEMENTS.has(engagement.typeKey) || ENGAGEMENTS.has(target.typeKey)) return;
  const store = portal.store(target.typeKey);
  const record = store.get(target.id);
  const happenedAt = portal.store(engagement.typeKey).get(engagement.id)?.properties['hs_timestamp'];
  if (!record || record.archivedAt !== null || !portal.schema.definition(target.typeKey, 'num_notes')) return;
  // Seeded records are associated as of times that may lie before the record's last change.
  const at = Math.max(now, record.updatedAt);
  const plusOne = (name: string): string => String(Number(record.properties[name] ?? 0) + 1);
  const later = (name: string): string | null => {
    const before = record.properties[name];
    if (happenedAt === undefined) return before ?? null;
    return before !== undefined && before > happenedAt ? before : happenedAt;
  };
  const changes: Record<string, string | null> = {
    num_notes: plusOne('num_notes'),
    notes_last_updated: later('notes_last_updated'),
    [portal.schema.names(target.typeKey).modifiedProperty]: new Date(at).toISOString(),
  };
  if (CONTACTED.has(engagement.typeKey)) {
    changes['num_contacted_notes'] = plusOne('num_contacted_notes');
    changes['notes_last_contacted'] = later('notes_last_contacted');
  }
  const definitions = portal.schema.definitions(target.typeKey);
  for (const name of Object.keys(changes)) if (!definitions.has(name)) delete changes[name];
  store.change(record, changes, at);
}
