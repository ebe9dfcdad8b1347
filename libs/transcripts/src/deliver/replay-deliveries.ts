import { AppError, currentTraceId, type Database } from '@app/platform';
import type { AuditLog, ConnectionRepository } from '@app/tenants';
import type { DeliveryFilter, DeliveryRepository } from './delivery.repository.js';
import { REPLAYABLE_SKIPS } from './replay-delivery.js';
import type { WakeUps } from './wake-ups.port.js';
import { SPLIT_OTHERWISE } from './write-transcripts.js';

/** What of a ledger is put back in line. */
export interface ReplayFilter extends DeliveryFilter {
  status: 'failed' | 'skipped';
}

export interface Replayed {
  /** How many this call put back in line. */
  replayed: number;
  /** There are further ones: call again. */
  more: boolean;
}

/** One call is one transaction of a second or so. */
const MOST_AT_ONCE = 5_000;

/**
 * Puts the deliveries that a filter takes back in line, oldest first, after a person has mended what was wrong with all
 * of them. The rules are those of a single replay: what they refuse there is left alone here.
 */
export class ReplayDeliveries {
  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryRepository,
    private readonly connections: ConnectionRepository,
    private readonly wakeUps: WakeUps,
    private readonly audit: AuditLog,
    private readonly mostAtOnce = MOST_AT_ONCE,
  ) {}

  /** @throws AppError 2010 not connected. */
  async execute(tenantId: string, filter: ReplayFilter): Promise<Replayed> {
    const { status, reason, from, to } = filter;
    const answer = await this.database.withTenant(tenantId, async (tx): Promise<Replayed> => {
      const { portalId, enabledAt } = await this.connections.findIn(tx, tenantId, 'stay');
      if (portalId === undefined || enabledAt === undefined) {
        throw new AppError(2010, 'HubSpot is not connected and enabled', { reason: 'not_connected' });
      }
      const found = await this.deliveries.lockReplayable(tx, tenantId, {
        filter: { ...filter, from: from === undefined || from < enabledAt ? enabledAt : from },
        portalId,
        skips: REPLAYABLE_SKIPS,
        limit: this.mostAtOnce + 1,
      });
      const taken = found.slice(0, this.mostAtOnce);
      const more = found.length > taken.length;
      if (taken.length === 0) return { replayed: 0, more };
      await this.deliveries.replay(
        tx,
        tenantId,
        taken.map(({ id }) => id),
        {
          startOver: taken.filter((one) => one.reason === SPLIT_OTHERWISE).map(({ id }) => id),
          traceId: currentTraceId(),
        },
      );
      const details = { status, reason, from, to, replayed: taken.length };
      await this.audit.recordIn(tx, tenantId, { action: 'deliveries.replayed', details });
      return { replayed: taken.length, more };
    });
    if (answer.replayed > 0) this.wakeUps.wake(tenantId);
    return answer;
  }
}
