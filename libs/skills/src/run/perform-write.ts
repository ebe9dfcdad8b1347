import type { CrmRecord, CrmRecords, Deferral, RecordOutcome, RecordWrite, Refusal } from '@app/crm';
import type { KnownContacts } from './known-contacts.js';
import { phoneOf } from './phone-of.js';
import type { WrittenOutcome } from './skill-write.repository.js';

export type Performed =
  | { outcome: WrittenOutcome; id: string; record?: CrmRecord }
  | { outcome: 'refused'; refusal: Refusal }
  | { outcome: 'unknown' }
  /** Nothing was written, or doing it again does no harm. */
  | { outcome: 'deferred'; deferral: Deferral };

interface Where {
  portalId: string;
  defaultCountry?: string;
}

type FindOrCreate = Extract<RecordWrite, { action: 'findOrCreate' }>;

/** Carries one write out. Whoever calls it has seen to it that nobody else writes the same meanwhile. */
export class PerformWrite {
  constructor(
    private readonly records: CrmRecords,
    private readonly known: KnownContacts,
  ) {}

  /** @throws CrmDeferredError by a look-up, before anything was written. */
  async execute(tenantId: string, write: RecordWrite, where: Where): Promise<Performed> {
    switch (write.action) {
      case 'create':
        return performed(await this.records.create(tenantId, write, where), 'created');
      case 'update':
        return this.update(tenantId, write, where);
      case 'findOrCreate':
        return this.findOrCreate(tenantId, write, where);
    }
  }

  private async update(
    tenantId: string,
    write: Extract<RecordWrite, { action: 'update' }>,
    where: Where,
  ): Promise<Performed> {
    const outcome = await this.records.update(tenantId, write, where);
    if (outcome.outcome !== 'unknown') return performed(outcome, 'updated');
    const detail = 'HubSpot did not say whether it took the change';
    return { outcome: 'deferred', deferral: { cause: 'unavailable', detail } };
  }

  /** Found: left as it is. That somebody else was quicker is a match, not an error. */
  private async findOrCreate(tenantId: string, write: FindOrCreate, where: Where): Promise<Performed> {
    const existing = await this.findExisting(tenantId, write, where);
    if (existing !== undefined) return existing;
    const outcome = await this.records.create(tenantId, write, where);
    const phone = phoneOf(write.find);
    if (outcome.outcome === 'written' && phone !== undefined)
      await this.known.remember(tenantId, where.portalId, { id: outcome.id, phone });
    if (outcome.outcome !== 'exists') return performed(outcome, 'created');
    if (outcome.id !== undefined) return { outcome: 'already_there', id: outcome.id };
    return (await this.findExisting(tenantId, write, where)) ?? performed(outcome, 'created');
  }

  private async findExisting(
    tenantId: string,
    { find }: FindOrCreate,
    { portalId, defaultCountry }: Where,
  ): Promise<Performed | undefined> {
    const phone = phoneOf(find);
    const justMade = phone && (await this.known.findJustCreated(tenantId, portalId, phone));
    if (justMade !== undefined) return { outcome: 'already_there', id: justMade };
    const found = await this.records.find(tenantId, find, { portalId, defaultCountry });
    if (!found.found) return { outcome: 'refused', refusal: found.refusal };
    const [record] = found.records;
    return record && { outcome: 'already_there', id: record.id, record };
  }
}

function performed(outcome: RecordOutcome, done: WrittenOutcome): Performed {
  switch (outcome.outcome) {
    case 'written':
      return { outcome: done, id: outcome.id };
    case 'exists':
      return {
        outcome: 'refused',
        refusal: {
          reason: 'already_exists',
          detail: 'HubSpot has another record with a value that only one may have.',
        },
      };
    case 'gone':
      return {
        outcome: 'refused',
        refusal: { reason: 'record_gone', detail: 'This record is not in HubSpot (any more).' },
      };
    case 'unknown':
      return { outcome: 'unknown' };
    default:
      return outcome;
  }
}
