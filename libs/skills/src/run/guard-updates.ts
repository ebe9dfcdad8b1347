import { CrmDeferredError, type CrmRecords, type RecordWrite } from '@app/crm';
import type { Clock, Database } from '@app/platform';
import { gatesOf } from '../bindings/binding.js';
import { CONTACTS, isContacts } from '../grammar/known-fields.js';
import type { VerifiedCallerRepository } from '../verify/verified-caller.repository.js';
import type { ReadySkill } from './ready-skill.js';
import { notNow, notVerified } from './refuse-run.js';

/** Lets a record be changed only for the person it belongs to: their own contact, or what is tied to it. */
export class GuardUpdates {
  constructor(
    private readonly database: Database,
    private readonly callers: VerifiedCallerRepository,
    private readonly records: Pick<CrmRecords, 'tiedTo'>,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError 1012 `caller_not_verified`; 2010, 3002, 3004 */
  async execute(
    tenantId: string,
    { binding, checked, portalId }: ReadySkill,
    { conversationId, write }: { conversationId?: string; write: RecordWrite },
  ): Promise<void> {
    if (!gatesOf(binding.definition).verifiedCaller || write.action !== 'update') return;
    if (conversationId === undefined) throw notVerified();
    const caller = await this.database.withTenant(tenantId, (tx) =>
      this.callers.findValid(tx, tenantId, { conversationId, portalId, at: this.clock.now() }),
    );
    if (caller === undefined) throw notVerified();
    const { id } = write;
    const theirs = isContacts(checked.object) ? [id] : await this.contactsOf(tenantId, checked.object.name, id);
    if (!theirs.includes(caller.contactId)) throw notVerified();
  }

  private async contactsOf(tenantId: string, object: string, id: string): Promise<string[]> {
    return this.records.tiedTo(tenantId, { object, id, to: CONTACTS }).catch((error: unknown) => {
      throw error instanceof CrmDeferredError ? notNow(error.deferral) : error;
    });
  }
}
