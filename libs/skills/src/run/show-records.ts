import type { CrmRecord } from '@app/crm';
import type { CompiledBinding } from '../compile/compile-binding.js';
import type { ShownRecord } from './skill-answer.js';

/** An AI agent reads, or speaks, what it is given: a note of ten pages would be all it remembers. */
const LONGEST_VALUE = 1_000;
/** Of all records together: some 5,000 tokens. */
const LONGEST_ANSWER = 20_000;

/** What the projection names, shortened where it is long; of many records as many as there is room for. */
export function showRecords(
  records: readonly CrmRecord[],
  { shown }: Pick<CompiledBinding, 'shown'>,
): { records: ShownRecord[]; left: number } {
  const kept: ShownRecord[] = [];
  let length = 0;
  for (const record of records) {
    const one = showRecord(record, shown);
    length += JSON.stringify(one).length;
    if (length > LONGEST_ANSWER && kept.length > 0) break;
    kept.push(one);
  }
  return { records: kept, left: records.length - kept.length };
}

function showRecord({ id, values }: CrmRecord, shown: CompiledBinding['shown']): ShownRecord {
  const named = shown.flatMap(({ field, as }): [string, string][] => {
    const value = values[field];
    return value === undefined ? [] : [[as, shortened(value)]];
  });
  return { id, values: Object.fromEntries(named) };
}

function shortened(text: string): string {
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1).toWellFormed()}…`;
}
