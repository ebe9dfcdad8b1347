import type { CrmRecords, RecordWrite } from '@app/crm';
import type { Making, MakeContactAlone, Where } from './make-contact-alone.js';
import { type Performed, performed } from './performed.js';

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
    if (justMade !== undefined) return { outcome: 'already_there', id: justMade.id };
    const existing = await this.findExisting(tenantId, write, how);
    if (existing !== undefined) return existing;
    if (!(await how.sending())) return { outcome: 'overtaken' };
    const outcome = await this.records.create(tenantId, write, { portalId: how.portalId });
    if (outcome.outcome !== 'exists') return performed(outcome, 'created');
    if (outcome.id !== undefined) return { outcome: 'already_there', id: outcome.id };
    return (await this.findExisting(tenantId, write, how)) ?? performed(outcome, 'created');
  }

  private async findExisting(
    tenantId: string,
    { find }: FindOrCreate,
    { portalId, defaultCountry }: Where,
  ): Promise<Performed | undefined> {
    const found = await this.records.find(tenantId, find, { portalId, defaultCountry });
    if (!found.found) return { outcome: 'refused', refusal: found.refusal };
    const [record] = found.records;
    return record && { outcome: 'already_there', id: record.id, record };
  }
}

interface HowToMake extends Where, Pick<Making, 'findJustCreated'> {
  sending: () => Promise<boolean>;
}
