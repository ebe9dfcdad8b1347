import type { ContactEvent } from '@app/crm';
import { kindOf } from './event-kind.js';
import type { StoredEvent } from './webhook-inbox.js';

/** A chain of merges longer than this is no chain. */
const MOST_STEPS = 20;

/**
 * What a merge means by now. HubSpot tells events in no order: the survivor may itself have been merged or deleted since, and
 * we may have heard of that first. Then the merged records share its fate.
 */
export async function settleMerge(
  merge: StoredEvent,
  findHistory: (ids: readonly string[]) => Promise<readonly StoredEvent[]>,
): Promise<ContactEvent[]> {
  const { mergedIds } = merge;
  let survivorId = merge.survivorId;
  if (survivorId === undefined || mergedIds.length === 0) return [];
  const seen = new Set<string>([survivorId]);
  let since = merge.occurredAt;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const history = await findHistory([survivorId]);
    const later = history.filter(({ occurredAt }) => occurredAt >= since);
    const next = later.find((event) => kindOf(event) === 'merged' && !seen.has(event.survivorId ?? ''));
    if (next?.survivorId === undefined) {
      const kinds = new Set(later.map(kindOf));
      const fate = (['privacy_deleted', 'deleted'] as const).find((kind) => kinds.has(kind));
      if (fate !== undefined) return [...mergedIds].map((contactId) => ({ kind: fate, contactId }));
      break;
    }
    survivorId = next.survivorId;
    since = next.occurredAt;
    seen.add(survivorId);
  }
  const contactIds = mergedIds.filter((id) => id !== survivorId);
  return contactIds.length === 0 ? [] : [{ kind: 'merged', contactIds, survivorId }];
}
