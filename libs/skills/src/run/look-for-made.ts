import { CrmDeferredError, type CrmRecord, type CrmRecords, type RecordFind, type RecordWrite } from '@app/crm';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import { createdField, OWNER, pipelineFields } from '../grammar/known-fields.js';
import { isKept, plainValue } from './same-value.js';
import type { SkillWriteRepository } from './skill-write.repository.js';

type NewOne = Extract<RecordWrite, { action: 'create' | 'findOrCreate' }>;
type FindOrCreate = Extract<RecordWrite, { action: 'findOrCreate' }>;

export interface Lost {
  write: NewOne;
  portalId: string;
  /** When the first of the attempts was sent. */
  since: Date;
  /** When nothing can come of them any more. */
  until: Date;
}

/** `alike`: there is one that it may be, and that may as well be another's. */
type Made = { found: 'made'; id: string } | { found: 'alike' | 'nothing' };

type Likeness = 'same' | 'alike' | 'other';

/** Clocks differ. */
const SKEW_MS = 30_000;
/** What is the same in all that was said is taken for it also where they differ by that much. */
const LATEST_MS = 300_000;
const PAGE = 100;
/** A thousand records made in those minutes: then nobody can tell. */
const PAGES = 10;

/**
 * Looks for what an attempt without an answer may have made: of that object, made since, and known by its key; or made while
 * it was open, with the same values and ties, and not what another write made.
 */
export class LookForMade {
  constructor(
    private readonly records: Pick<CrmRecords, 'find' | 'tiedTo'>,
    private readonly writes: Pick<SkillWriteRepository, 'findCreated'>,
  ) {}

  /** @returns the oldest. @throws CrmDeferredError when the CRM can't answer, or has too many to tell. */
  async execute(tenantId: string, checked: Pick<CheckedBinding, 'object' | 'definition'>, lost: Lost): Promise<Made> {
    const { object } = checked;
    const { write, portalId, since, until } = lost;
    const created = createdField(object);
    if (created === undefined) throw untold('when a record was made');
    if (write.action === 'findOrCreate') return this.byKey(tenantId, object, { ...lost, write, created });
    const compared = comparedIn(checked, write);
    const open = { field: created, from: since.getTime() - SKEW_MS, to: until.getTime() + LATEST_MS };
    const mayStillBe = ({ values }: CrmRecord): boolean => !(momentOf(values[created]) > until.getTime() + SKEW_MS);
    let isDoubtful = false;
    for await (const records of this.pages(tenantId, lost, open)) {
      const candidates = records.flatMap((record) => {
        const likeness = likenessOf(object, record, compared);
        return likeness === 'same' || (likeness === 'alike' && mayStillBe(record)) ? [{ id: record.id, likeness }] : [];
      });
      const ids = candidates.map(({ id }) => id);
      const others = await this.writes.findCreated(tenantId, portalId, ids);
      for (const { id, likeness } of candidates) {
        if (others.has(id) || !(await this.isTied(tenantId, id, lost))) continue;
        if (likeness === 'same') return { found: 'made', id };
        isDoubtful = true;
      }
    }
    return { found: isDoubtful ? 'alike' : 'nothing' };
  }

  /** As it is looked for before it is made: however many others were made since, it is one question. Whose it is, is known. */
  private async byKey(
    tenantId: string,
    object: CheckedBinding['object'],
    { write: { find, key }, portalId, since, created }: Lost & { write: FindOrCreate; created: string },
  ): Promise<Made> {
    const fields = [...new Set([...find.fields, key.field, created])];
    const steps = find.steps.map((step) =>
      step.by === 'search' ? { ...step, search: { ...step.search, fields, limit: PAGE } } : step,
    );
    const found = await this.records.find(tenantId, { ...find, fields, steps, limit: PAGE }, { portalId });
    if (!found.found) throw untold('what was made');
    const made = found.records.find(
      ({ values }) =>
        isKept(object, key.field, { kept: values[key.field], written: key.value }) &&
        !(momentOf(values[created]) < since.getTime() - SKEW_MS),
    );
    return made === undefined ? { found: 'nothing' } : { found: 'made', id: made.id };
  }

  private async *pages(
    tenantId: string,
    { write, portalId }: Lost,
    { field, from, to }: { field: string; from: number; to: number },
  ): AsyncGenerator<CrmRecord[]> {
    const { object } = write;
    const fields = [...new Set([...Object.keys(write.values), field])];
    // What is made after nothing can come of it any more is another's, and there may be any number of it.
    const groups = [[{ field, operator: 'BETWEEN' as const, value: String(from), highValue: String(to) }]];
    const page = { object, groups, fields, sort: { field, direction: 'ascending' as const }, limit: PAGE };
    let after: string | undefined;
    for (let turned = 0; turned < PAGES; turned += 1) {
      const steps: RecordFind['steps'] = [{ by: 'search', search: { ...page, after } }];
      const find = { object, fields, steps, limit: PAGE, paging: true };
      const found = await this.records.find(tenantId, find, { portalId });
      if (!found.found) throw untold('what was made');
      yield found.records;
      if (found.after === undefined) return;
      after = found.after;
    }
    throw untold('which of very many records it is');
  }

  /** It was made with its ties. */
  private async isTied(tenantId: string, id: string, { write, portalId }: Lost): Promise<boolean> {
    for (const to of new Set(write.ties.map((tie) => tie.to))) {
      const tied = await this.records.tiedTo(tenantId, { object: write.object, id, to }, { portalId });
      if (!tied.found) throw untold('what a record is tied to');
      if (!write.ties.every((tie) => tie.to !== to || tied.ids.includes(tie.id))) return false;
    }
    return true;
  }
}

function untold(what: string): CrmDeferredError {
  return new CrmDeferredError({ cause: 'unavailable', detail: `HubSpot does not tell ${what}`, retryAfterSeconds: 30 });
}

/** What was said: what the operator pinned, where it landed and whose it is is what workflows and people change first. */
function comparedIn(
  { object, definition }: Pick<CheckedBinding, 'object' | 'definition'>,
  write: NewOne,
): [string, string][] {
  const { pipeline, stage } = pipelineFields(object) ?? {};
  const settled = Object.entries(write.values).filter(([name]) => ![pipeline, stage, OWNER].includes(name));
  const set = definition.operation === 'restWrite' ? definition.restWrite.set : [];
  const said = new Set(set.flatMap(({ field, value }) => ('input' in value ? [field] : [])));
  const spoken = settled.filter(([name]) => said.has(name));
  return spoken.length > 0 ? spoken : settled;
}

/** The first of the values names the record, as a rule; where only others differ, it may be the one, changed since. */
function likenessOf(
  object: CheckedBinding['object'],
  { values }: CrmRecord,
  compared: readonly [string, string][],
): Likeness {
  const [first, ...others] = compared;
  if (first === undefined) return 'alike';
  const isSame = ([name, written]: [string, string]): boolean => isKept(object, name, { kept: values[name], written });
  if (!isSame(first)) return 'other';
  return others.every(isSame) ? 'same' : 'alike';
}

/** Whether milliseconds or ISO 8601; what can't be read is neither earlier nor later than anything. */
function momentOf(text: string | undefined): number {
  return Number(plainValue(text ?? 'unknown'));
}
