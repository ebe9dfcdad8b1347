import type { MatchedDelivery } from './delivery-outcome.js';

/** What one batch call of HubSpot carries. */
export const GROUP_ENTRIES = 100;

/** What a group holds in memory: transcripts together, in UTF-16 units. One that is longer goes alone. */
const GROUP_UNITS = 2_000_000;

/** A part takes 65,000 units of HTML, of which escaping and headings take their share. */
const UNITS_PER_PART = 60_000;

export interface DeliveryGroup {
  deliveries: MatchedDelivery[];
  units: number;
}

/** Cuts matched deliveries into groups of one batch call each: calls apart from notes, since each kind has its own endpoint. */
export function groupDeliveries(deliveries: readonly MatchedDelivery[], mostEntries = GROUP_ENTRIES): DeliveryGroup[] {
  const { calls = [], notes = [] } = Object.groupBy(deliveries, ({ claim }) =>
    claim.channel === 'voice' ? 'calls' : 'notes',
  );
  return [...cut(notes, mostEntries), ...cut(calls, mostEntries)];
}

function* cut(deliveries: readonly MatchedDelivery[], mostEntries: number): Generator<DeliveryGroup> {
  let group: DeliveryGroup = { deliveries: [], units: 0 };
  let entries = 0;
  for (const delivery of deliveries) {
    const { size, mode } = delivery.claim;
    const parts = mode === 'summary' ? 1 : Math.ceil(size / UNITS_PER_PART) || 1;
    const isFull = entries + parts > mostEntries || group.units + size > GROUP_UNITS;
    if (group.deliveries.length > 0 && isFull) {
      yield group;
      group = { deliveries: [], units: 0 };
      entries = 0;
    }
    group.deliveries.push(delivery);
    group.units += size;
    entries += parts;
  }
  if (group.deliveries.length > 0) yield group;
}
