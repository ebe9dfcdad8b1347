import type { CrmRecords, RecordWrite } from '@app/crm';
import type { Clock, Database } from '@app/platform';
import { type Binding, gatesOf } from '../bindings/binding.js';
import type { Operand } from '../grammar/binding.js';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import { CONTACTS, isContacts, tieByField } from '../grammar/known-fields.js';
import type { VerifiedCallerRepository } from '../verify/verified-caller.repository.js';
import { askInTime } from './ask-in-time.js';
import type { ReadySkill } from './ready-skill.js';
import { notVerified, refusedByCrm } from './refuse-run.js';

/** A record by where it is. */
interface Place {
  object: string;
  id: string;
}

type Guarded = Pick<ReadySkill, 'checked' | 'portalId'> & { binding: Pick<Binding, 'definition'> };

/**
 * Lets a record be changed only for the person it belongs to: their own contact, or what is tied to it. What it is to be tied to
 * must be theirs as well: a tie makes a record somebody's, and who could tie it could change it then.
 */
export class GuardUpdates {
  constructor(
    private readonly database: Pick<Database, 'withTenant'>,
    private readonly callers: Pick<VerifiedCallerRepository, 'findValid'>,
    private readonly records: Pick<CrmRecords, 'tiedTo'>,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError 1012 `caller_not_verified`, or what the CRM refuses; 2010, 3002, 3004 */
  async execute(
    tenantId: string,
    { binding, checked, portalId }: Guarded,
    { conversationId, write }: { conversationId?: string; write: RecordWrite },
    tooLate: AbortSignal,
  ): Promise<void> {
    if (!gatesOf(binding.definition).verifiedCaller || write.action !== 'update') return;
    if (conversationId === undefined) throw notVerified();
    const caller = await this.database.withTenant(tenantId, (tx) =>
      this.callers.findValid(tx, tenantId, { conversationId, portalId, at: this.clock.now() }),
    );
    if (caller === undefined) throw notVerified();
    const places = [{ object: checked.object.name, id: write.id }, ...tiedAnew(checked, write)];
    const owners = await Promise.all(places.map((place) => this.contactsOf(tenantId, portalId, place, tooLate)));
    if (!owners.every((contacts) => contacts.includes(caller.contactId))) throw notVerified();
  }

  private async contactsOf(
    tenantId: string,
    portalId: string,
    { object, id }: Place,
    tooLate: AbortSignal,
  ): Promise<string[]> {
    if (object === CONTACTS) return [id];
    const record = { object, id, to: CONTACTS };
    const tied = await askInTime((signal) => this.records.tiedTo(tenantId, record, { portalId, signal }), tooLate);
    if (!tied.found) throw refusedByCrm(tied.refusal);
    return tied.ids;
  }
}

/** The other ends of its ties, as far as they were sent: what the operator pinned is the operator's word. */
function tiedAnew(
  { object, definition }: CheckedBinding,
  { ties, values }: Pick<RecordWrite, 'ties' | 'values'>,
): Place[] {
  if (definition.operation !== 'restWrite') return [];
  const { associate, set } = definition.restWrite;
  const isPinned = ({ to, id }: { to: string; id: string }): boolean =>
    associate.some((one) => one.to === to && 'constant' in one.id && String(one.id.constant) === id);
  const byFields = set.flatMap(({ field, value }: { field: string; value: Operand }): Place[] => {
    const to = isContacts(object) ? tieByField(field) : undefined;
    const id = values[field];
    return to === undefined || id === undefined || 'constant' in value ? [] : [{ object: to, id }];
  });
  return [...ties.filter((tie) => !isPinned(tie)).map(({ to, id }) => ({ object: to, id })), ...byFields];
}
