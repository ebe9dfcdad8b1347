import type { CrmObject, CrmRecord, CrmRecords, RecordWrite } from '@app/crm';
import { isContactEmail, isContacts } from '../grammar/known-fields.js';
import type { Making, MakeContactAlone, Where } from './make-contact-alone.js';
import { type Performed, performed } from './performed.js';
import { phoneOf } from './phone-of.js';
import { isKept } from './same-value.js';

type FindOrCreate = Extract<RecordWrite, { action: 'findOrCreate' }>;
type Create = Extract<RecordWrite, { action: 'create' }>;

/** Carries one write out. Whoever calls it has seen to it that nobody else writes the same meanwhile. */
export class PerformWrite {
  constructor(
    private readonly records: CrmRecords,
    private readonly makeAlone: MakeContactAlone,
  ) {}

  /**
   * @param maySend asked just before something is sent: false when it isn't the caller's to do any more.
   * @throws CrmDeferredError by a look-up, before anything was written.
   */
  async execute(
    tenantId: string,
    write: RecordWrite,
    where: Where,
    maySend: () => Promise<boolean>,
  ): Promise<Performed> {
    if (write.action === 'update')
      return (await maySend()) ? this.update(tenantId, write, where) : { outcome: 'overtaken' };
    return this.makeAlone.execute(tenantId, write, where, async (making) => {
      const sending = async (): Promise<boolean> => (await making.mayStillSend()) && maySend();
      const how = { ...where, findJustCreated: making.findJustCreated, sending };
      return write.action === 'create' ? this.create(tenantId, write, how) : this.findOrCreate(tenantId, write, how);
    });
  }

  private async update(
    tenantId: string,
    write: Extract<RecordWrite, { action: 'update' }>,
    { portalId }: Where,
  ): Promise<Performed> {
    const outcome = await this.records.update(tenantId, write, { portalId });
    if (outcome.outcome !== 'unknown') return performed(outcome, 'updated');
    const detail = 'HubSpot did not say whether it took the change';
    return { outcome: 'deferred', deferral: { cause: 'unavailable', detail } };
  }

  private async create(tenantId: string, write: Create, { portalId, sending }: HowToMake): Promise<Performed> {
    if (!(await sending())) return { outcome: 'overtaken' };
    return performed(await this.records.create(tenantId, write, { portalId }), 'created');
  }

  /** Found: left as it is. That somebody else was quicker is a match, not an error. */
  private async findOrCreate(tenantId: string, write: FindOrCreate, how: HowToMake): Promise<Performed> {
    const justMade = await how.findJustCreated();
    // It may have been deleted, or merged, meanwhile.
    const existing =
      (justMade && (await this.readExisting(tenantId, write, { ...how, id: justMade.id }))) ??
      (await this.findExisting(tenantId, write, how));
    if (existing !== undefined) return existing;
    if (!(await how.sending())) return { outcome: 'overtaken' };
    const outcome = await this.records.create(tenantId, write, { portalId: how.portalId });
    if (outcome.outcome !== 'exists') return performed(outcome, 'created');
    const holder =
      outcome.id === undefined
        ? await this.findExisting(tenantId, write, how)
        : await this.readExisting(tenantId, write, { ...how, id: outcome.id });
    const isAsked = holder !== undefined && ('refusal' in holder || isAskedFor(how.object, write, holder.record));
    return isAsked ? holder : performed(outcome, 'created');
  }

  /** By its id, which doesn't lag. */
  private async readExisting(
    tenantId: string,
    write: FindOrCreate,
    { id, ...where }: Where & { id: string },
  ): Promise<Existing | undefined> {
    const find = { ...write.find, steps: [{ by: 'id' as const, ids: [id] }] };
    return this.findExisting(tenantId, { ...write, find }, where);
  }

  private async findExisting(
    tenantId: string,
    { find }: FindOrCreate,
    { portalId, defaultCountry }: Where,
  ): Promise<Existing | undefined> {
    const found = await this.records.find(tenantId, find, { portalId, defaultCountry });
    if (!found.found) return { outcome: 'refused', refusal: found.refusal };
    const [record] = found.records;
    return record && { outcome: 'already_there', id: record.id, record };
  }
}

type Existing =
  Extract<Performed, { outcome: 'refused' }> | { outcome: 'already_there'; id: string; record: CrmRecord };

/**
 * Whether the record that has a value which only one may have is the one that was asked for: the value may be another than
 * its key. Contacts that are known by number or e-mail are the same person by either.
 */
function isAskedFor(object: CrmObject, { key, find }: FindOrCreate, { values }: CrmRecord): boolean {
  const isPerson = isContacts(object) && (isContactEmail(object, key.field) || phoneOf(find) !== undefined);
  return isPerson || isKept(object, key.field, { kept: values[key.field], written: key.value });
}

interface HowToMake extends Where, Pick<Making, 'findJustCreated'> {
  sending: () => Promise<boolean>;
}
