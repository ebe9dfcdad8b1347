import type { CrmRecord, RecordFind } from '@app/crm';

/** What several steps found: each record once, in the order asked for, as many as asked for. */
export function joinFound(
  groups: readonly (readonly CrmRecord[])[],
  { sort, limit }: Pick<RecordFind, 'sort' | 'limit'>,
): CrmRecord[] {
  const joined = [...new Map(groups.flat().map((record) => [record.id, record])).values()];
  // One list is in the CRM's own order already.
  if (sort === undefined || groups.filter((group) => group.length > 0).length < 2) return joined.slice(0, limit);
  const turn = sort.direction === 'descending' ? -1 : 1;
  const sorted = joined.toSorted((one, other) => {
    const [a, b] = [one.values[sort.field], other.values[sort.field]];
    // Nothing comes last, whichever way.
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    return turn * compare(a, b);
  });
  return sorted.slice(0, limit);
}

/** Numbers as numbers; times are ISO 8601, which sorts as text. */
function compare(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (!Number.isNaN(difference)) return difference;
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  return one < other ? -1 : Number(one > other);
}
