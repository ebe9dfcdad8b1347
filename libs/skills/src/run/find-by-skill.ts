import { CrmDeferredError, type CrmRecords, type RecordFind } from '@app/crm';
import type { ReadySkill } from './ready-skill.js';
import { notNow, refusedByCrm, slow } from './refuse-run.js';
import { showRecords } from './show-records.js';
import type { SkillAnswer } from './skill-answer.js';

/** A skill that looks something up. */
export class FindBySkill {
  /** @param withinMs whoever asked is told to try again after so long. */
  constructor(
    private readonly records: Pick<CrmRecords, 'find'>,
    private readonly withinMs: number,
  ) {}

  /** @throws AppError 1012, 2010, 3002, 3004 */
  async execute(
    tenantId: string,
    { compiled, checked, rules }: ReadySkill,
    { find, gone }: { find: RecordFind; gone?: AbortSignal },
  ): Promise<SkillAnswer> {
    const tooLate = AbortSignal.timeout(this.withinMs);
    const signal = gone === undefined ? tooLate : AbortSignal.any([tooLate, gone]);
    const options = { signal, defaultCountry: rules.defaultCountry };
    const found = await this.records.find(tenantId, find, options).catch((error: unknown) => {
      if (!(error instanceof CrmDeferredError)) throw error;
      throw tooLate.aborted ? slow() : notNow(error.deferral);
    });
    if (!found.found) throw refusedByCrm(found.refusal);
    const { records, left } = showRecords(found.records, compiled);
    const { label, pluralLabel } = checked.object;
    const message = wordsFor(found.records.length, { label, pluralLabel, left });
    const { after: nextCursor } = found;
    return { outcome: 'found', message, records, ...(nextCursor === undefined ? {} : { nextCursor }) };
  }
}

function wordsFor(
  count: number,
  { label, pluralLabel, left }: { label: string; pluralLabel: string; left: number },
): string {
  if (count === 0) return `I found no ${label.toLowerCase()}.`;
  if (count === 1) return `I found one ${label.toLowerCase()}.`;
  const shown = left === 0 ? '' : ` The first ${count - left} are shown.`;
  return `I found ${count} ${pluralLabel.toLowerCase()}.${shown}`;
}
