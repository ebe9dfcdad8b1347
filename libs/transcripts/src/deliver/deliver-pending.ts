import { type Clock, type Database, type Logger, newId } from '@app/platform';
import type { ConnectionRepository, TenantRepository, WritebackSettingsRepository } from '@app/tenants';
import { BATCH_SIZE, type DeliverBatch } from './deliver-batch.js';
import type { Drain, DrainLedger } from './drain-ledger.js';

export interface DeliverPendingCommand {
  tenantId: string;
}

/** What a slice of a tenant's work came to. */
export interface DeliverySlice {
  /** Deliveries taken up. */
  claimed: number;
  /** The slice was used up while there was still something due: wake the tenant again. */
  more: boolean;
}

/** A big portal gives way to others after this long. */
const SLICE_MS = 20_000;

/** Drains a tenant's due deliveries, batch by batch, as the only one who does. */
export class DeliverPending {
  constructor(
    private readonly database: Database,
    private readonly connections: ConnectionRepository,
    private readonly settings: WritebackSettingsRepository,
    private readonly tenants: TenantRepository,
    private readonly ledger: DrainLedger,
    private readonly deliverBatch: DeliverBatch,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** @param stop ends the slice after the batch under way. */
  async execute({ tenantId }: DeliverPendingCommand, stop?: AbortSignal): Promise<DeliverySlice> {
    const connection = await this.connections.find(tenantId);
    if (connection.status !== 'active' || connection.portalId === undefined) return { claimed: 0, more: false };
    const drain: Drain = { id: newId(), tenantId, portalId: connection.portalId };
    const locked = await this.database.withLock(`drain:${tenantId}`, () => this.drain(drain, stop));
    // Whoever holds the lock delivers what is due now; what becomes due after it stopped looking has a wake-up of its own.
    return locked.acquired ? locked.result : { claimed: 0, more: false };
  }

  private async drain(drain: Drain, stop: AbortSignal | undefined): Promise<DeliverySlice> {
    const settings = await this.settings.get(drain.tenantId);
    const referenceKey = await this.tenants.getReferenceKey(drain.tenantId);
    const end = this.clock.now().getTime() + SLICE_MS;
    const goesOn = (): boolean => this.clock.now().getTime() < end && stop?.aborted !== true;
    let claimed = 0;
    try {
      while (goesOn()) {
        const report = await this.deliverBatch.execute(drain, settings, referenceKey);
        claimed += report.claimed;
        if (report.heldUp || report.claimed < BATCH_SIZE) return { claimed, more: false };
      }
      return { claimed, more: true };
    } catch (error) {
      this.logger.error({ err: error, tenantId: drain.tenantId }, 'a batch of deliveries broke off');
      await this.ledger.release(drain, 'Broke off by an internal error; see the log');
      return { claimed, more: false };
    }
  }
}
