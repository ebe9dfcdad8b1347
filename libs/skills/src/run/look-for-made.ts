import { CrmDeferredError, type CrmRecord, type CrmRecords, readPhoneNumber, type RecordWrite } from '@app/crm';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import { createdField, fieldOf, isPhoneField } from '../grammar/known-fields.js';

type NewOne = Extract<RecordWrite, { action: 'create' | 'findOrCreate' }>;

/** Clocks differ. */
const SKEW_MS = 30_000;
const PAGE = 100;
/** A thousand records made since: then nobody can tell. */
const PAGES = 10;

/** Looks for what an attempt without an answer may have made: of that object, made since, with the same values. */
export class LookForMade {
  constructor(private readonly records: Pick<CrmRecords, 'find'>) {}

  /** @returns the oldest. @throws CrmDeferredError when the CRM can't answer, or has too many to tell. */
  async execute(
    tenantId: string,
    { object }: Pick<CheckedBinding, 'object'>,
    { write, since }: { write: NewOne; since: Date },
  ): Promise<string | undefined> {
    const created = createdField(object);
    if (created === undefined) throw untold('when a record was made');
    const from = String(since.getTime() - SKEW_MS);
    const fields = [...Object.keys(write.values), created];
    const sort = { field: created, direction: 'ascending' as const };
    let after: string | undefined;
    for (let page = 0; page < PAGES; page++) {
      const groups = [[{ field: created, operator: 'GTE' as const, value: from }]];
      const search = { object: object.name, groups, fields, sort, limit: PAGE, after };
      const find = { object: object.name, fields, steps: [{ by: 'search' as const, search }], limit: PAGE };
      const found = await this.records.find(tenantId, { ...find, paging: true });
      if (!found.found) throw untold('what was made');
      const made = found.records.find((record) => isSame(object, record, write));
      if (made !== undefined) return made.id;
      if (found.after === undefined) return undefined;
      after = found.after;
    }
    throw untold('which of very many records it is');
  }
}

function untold(what: string): CrmDeferredError {
  return new CrmDeferredError({ cause: 'unavailable', detail: `HubSpot does not tell ${what}`, retryAfterSeconds: 30 });
}

/** A known identity is enough; of anything else every value must be there, in whatever form the CRM keeps it. */
function isSame(object: CheckedBinding['object'], { values }: CrmRecord, write: NewOne): boolean {
  const asked: [string, string][] =
    write.action === 'findOrCreate' ? [[write.key.field, write.key.value]] : Object.entries(write.values);
  return asked.every(([name, value]) => {
    const field = fieldOf(object, name);
    const kept = values[name];
    if (field === undefined || kept === undefined) return value === '';
    if (isPhoneField(field)) return phoneKey(kept) === phoneKey(value);
    return plain(kept) === plain(value);
  });
}

function phoneKey(text: string): string {
  const phone = readPhoneNumber(text);
  return phone?.e164 ?? phone?.national ?? text;
}

function plain(text: string): string {
  const trimmed = text.trim().toLowerCase();
  if (trimmed !== '' && Number.isFinite(Number(trimmed))) return String(Number(trimmed));
  const isTime = /^\d{4}-\d{2}-\d{2}t/.test(trimmed);
  return isTime ? String(Date.parse(trimmed)) : trimmed;
}
