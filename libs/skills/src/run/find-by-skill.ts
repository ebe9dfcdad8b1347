import type { CrmRecords, FindOptions, FoundRecords, PhoneNumber, RecordFind } from '@app/crm';
import { CONTACTS } from '../grammar/known-fields.js';
import { askInTime } from './ask-in-time.js';
import type { ContactsInMaking } from './contacts-in-making.js';
import { phoneOf } from './phone-of.js';
import type { ReadySkill } from './ready-skill.js';
import { refusedByCrm } from './refuse-run.js';
import { showRecords } from './show-records.js';
import type { SkillAnswer } from './skill-answer.js';

/** A skill that looks something up. */
export class FindBySkill {
  /** @param withinMs whoever asked is told to try again after so long. */
  constructor(
    private readonly records: Pick<CrmRecords, 'find'>,
    private readonly contacts: Pick<ContactsInMaking, 'findJustCreated'>,
    private readonly withinMs: number,
  ) {}

  /** @throws AppError 1012, 2010, 3002, 3004 */
  async execute(
    tenantId: string,
    { compiled, checked, rules, portalId }: ReadySkill,
    { find, gone }: { find: RecordFind; gone?: AbortSignal },
  ): Promise<SkillAnswer> {
    const options = { portalId, defaultCountry: rules.defaultCountry };
    const tooLate = AbortSignal.timeout(this.withinMs);
    const ask = (signal: AbortSignal) => this.ask(tenantId, find, { ...options, signal });
    const found = await askInTime(ask, tooLate, gone);
    if (!found.found) throw refusedByCrm(found.refusal);
    const { records, left } = showRecords(found.records, compiled);
    const { label, pluralLabel } = checked.object;
    const message = wordsFor(found.records.length, { label, pluralLabel, left });
    const nextCursor = left > 0 && find.paging ? cursorAfter(find, records.length) : found.after;
    return { outcome: 'found', message, records, ...(nextCursor === undefined ? {} : { nextCursor }) };
  }

  /** Whom the index doesn't show yet is asked for by id: a caller who was just noted must not be nobody. */
  private async ask(
    tenantId: string,
    find: RecordFind,
    options: FindOptions & { portalId: string },
  ): Promise<FoundRecords> {
    const found = await this.records.find(tenantId, find, options);
    const phone = found.found && found.records.length === 0 ? numberAlone(find) : undefined;
    if (phone === undefined) return found;
    const { portalId, defaultCountry } = options;
    const id = await this.contacts.findJustCreated(tenantId, portalId, { phone, defaultCountry });
    return id === undefined
      ? found
      : this.records.find(tenantId, { ...find, steps: [{ by: 'id', ids: [id] }] }, options);
  }
}

/** The number that a contact is looked for by, and by nothing beside it. */
function numberAlone({ object, steps }: RecordFind): PhoneNumber | undefined {
  const alone = steps.find((step) => step.by === 'search' && step.search.groups.every((group) => group.length === 1));
  return object === CONTACTS && alone !== undefined ? phoneOf({ steps: [alone] }) : undefined;
}

/** The CRM's own cursor stands behind what there was no room for; both are offsets. */
function cursorAfter({ steps: [step] }: RecordFind, shown: number): string {
  const begunAt = step?.by === 'search' ? step.search.after : undefined;
  return String(Number(begunAt ?? 0) + shown);
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
