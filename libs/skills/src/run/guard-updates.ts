import type { CrmRecords, RecordWrite } from '@app/crm';
import type { Clock, Database } from '@app/platform';
import { gatesOf } from '../bindings/binding.js';
import { CONTACTS, isContacts } from '../grammar/known-fields.js';
import type { VerifiedCallerRepository } from '../verify/verified-caller.repository.js';
import { askInTime } from './ask-in-time.js';
import type { ReadySkill } from './ready-skill.js';
import { notVerified, refusedByCrm } from './refuse-run.js';

/** Lets a record be changed only for the person it belongs to: their own contact, or what is tied to it. */
export class GuardUpdates {
  constructor(
    private readonly database: Database,
    private readonly callers: VerifiedCallerRepository,
    private readonly records: Pick<CrmRecords, 'tiedTo'>,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError 1012 `caller_not_verified`, or what the CRM refuses; 2010, 3002, 3004 */
  async execute(
    tenantId: string,
    { binding, checked, portalId }: ReadySkill,
    { conversationId, write }: { conversationId?: string; write: RecordWrite },
    tooLate: AbortSignal,
  ): Promise<void> {
    if (!gatesOf(binding.definition).verifiedCaller || write.action !== 'update') return;
    if (conversationId === undefined) throw notVerified();
    const caller = await this.database.withTenant(tenantId, (tx) =>
      this.callers.findValid(tx, tenantId, { conversationId, portalId, at: this.clock.now() }),
    );
    if (caller === undefined) throw notVerified();
    const { id } = write;
    const contactsOf = async (object: string): Promise<string[]> => {
      const record = { object, id, to: CONTACTS };
      const tied = await askInTime((signal) => this.records.tiedTo(tenantId, record, { portalId, signal }), tooLate);
      if (!tied.found) throw refusedByCrm(tied.refusal);
      return tied.ids;
    };
    const theirs = isContacts(checked.object) ? [id] : await contactsOf(checked.object.name);
    if (!theirs.includes(caller.contactId)) throw notVerified();
  }
}
