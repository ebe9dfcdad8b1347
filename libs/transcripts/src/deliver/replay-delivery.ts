import { AppError, currentTraceId, type Database, isId } from '@app/platform';
import type { AuditLog, ConnectionRepository } from '@app/tenants';
import { checkTransition } from './delivery-states.js';
import type { Delivery } from './delivery.js';
import type { DeliveryRepository } from './delivery.repository.js';
import type { WakeUps } from './wake-ups.port.js';
import { SPLIT_OTHERWISE } from './write-transcripts.js';

/** What was skipped by rule stays skipped: nothing from before syncing, or closed while it was off, is ever exported. */
export const REPLAYABLE_SKIPS: readonly string[] = ['no_match', 'nothing_to_match'];

/** Puts a failed delivery (or one that found no contact) back in line, after a person has mended what was wrong. */
export class ReplayDelivery {
  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryRepository,
    private readonly connections: ConnectionRepository,
    private readonly wakeUps: WakeUps,
    private readonly audit: AuditLog,
  ) {}

  /** @throws AppError 2011 unknown, 1012 not in a state to replay, of another portal or of before syncing, 2010 not connected. */
  async execute(tenantId: string, id: string): Promise<Delivery> {
    const unknown = new AppError(2011, 'No delivery has this id');
    if (!isId(id)) throw unknown;
    const replayed = await this.database.withTenant(tenantId, async (tx) => {
      const { portalId, enabledAt } = await this.connections.findIn(tx, tenantId, 'stay');
      const locked = await this.deliveries.lock(tx, tenantId, id);
      const delivery = await this.deliveries.find(tx, tenantId, id);
      if (locked === undefined || delivery === undefined) throw unknown;
      const { status } = locked;
      if (status === 'delivering') throw new AppError(1012, 'It is being delivered', { reason: 'delivery_delivering' });
      checkTransition(status, 'pending');
      if (status === 'skipped' && !REPLAYABLE_SKIPS.includes(delivery.reason ?? '')) {
        throw new AppError(1012, `A delivery skipped as ${delivery.reason} is never exported`, {
          reason: delivery.reason,
        });
      }
      if (portalId === undefined || enabledAt === undefined) {
        throw new AppError(2010, 'HubSpot is not connected and enabled', { reason: 'not_connected' });
      }
      // Its contacts and parts are those of the portal it was meant for: in another one their ids are somebody else's.
      if (locked.portalId !== portalId) {
        throw new AppError(1012, 'It was meant for another HubSpot account', { reason: 'portal_changed' });
      }
      if (delivery.closedAt < enabledAt) {
        throw new AppError(1012, 'Nothing from before syncing was enabled is ever exported', {
          reason: 'before_enabled',
        });
      }
      const startOver = delivery.reason === SPLIT_OTHERWISE ? [id] : [];
      await this.deliveries.replay(tx, tenantId, [id], { startOver, traceId: currentTraceId() });
      await this.audit.recordIn(tx, tenantId, { action: 'delivery.replayed', target: id });
      const after = await this.deliveries.find(tx, tenantId, id);
      if (after === undefined) throw unknown;
      return after;
    });
    this.wakeUps.wake(tenantId);
    return replayed;
  }
}
