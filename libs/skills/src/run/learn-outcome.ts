import { CrmDeferredError, type RecordWrite } from '@app/crm';
import type { Clock } from '@app/platform';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import type { Lease, Leases } from './leases.js';
import type { LookForMade } from './look-for-made.js';
import { notNow, outcomeUnknown, slow, stillWorking } from './refuse-run.js';
import type { SkillWrite } from './skill-write.repository.js';

/** Where a record is there that nobody can tell from another's, somebody must look at it. */
const LOOK_AGAIN_SECONDS = 60;

interface Unanswered {
  write: RecordWrite;
  portalId: string;
  /** Attempts at the same. */
  unsettled: readonly SkillWrite[];
  /** What whoever asks holds until what came of it is settled; the right to look is added. */
  held: Lease[];
}

/** What became of attempts at a write without an answer. */
export class LearnOutcome {
  constructor(
    private readonly leases: Pick<Leases, 'await'>,
    private readonly lookForMade: Pick<LookForMade, 'execute'>,
    private readonly clock: Clock,
    private readonly withinMs: number,
  ) {}

  /** @returns the record that one of them made; undefined: none did, nor will. @throws AppError 2010, 3002, 3004 while nobody can say. */
  async execute(
    tenantId: string,
    checked: CheckedBinding,
    { write, portalId, unsettled, held }: Unanswered,
  ): Promise<string | undefined> {
    const sent = unsettled.flatMap(({ sentAt }) => sentAt?.getTime() ?? []);
    if (sent.length === 0 || write.action === 'update') return undefined;
    if (unsettled.some(({ state }) => state === 'writing')) throw stillWorking();
    const settlesAt = Math.max(...unsettled.flatMap((each) => each.settlesAt?.getTime() ?? []));
    const leftMs = settlesAt - this.clock.now().getTime();
    if (leftMs > 0) throw outcomeUnknown(Math.ceil(leftMs / 1_000));
    // One at a time, until it is settled whose it is: two that look at once would both take the same record for theirs.
    const looking = await this.leases.await(tenantId, `made ${write.object}`, this.withinMs);
    if (looking === undefined) throw slow(1);
    held.push(looking);
    const lost = { write, portalId, since: new Date(Math.min(...sent)), until: new Date(settlesAt) };
    const made = await this.lookForMade.execute(tenantId, checked, lost).catch((error: unknown) => {
      throw error instanceof CrmDeferredError ? notNow(error.deferral) : error;
    });
    if (made.found === 'alike') throw outcomeUnknown(LOOK_AGAIN_SECONDS);
    return made.found === 'made' ? made.id : undefined;
  }
}
