import { type Clock, type Database, type Logger, newId } from '@app/platform';
import type { ConnectionRepository, TenantRepository, WritebackSettingsRepository } from '@app/tenants';
import type { DeliverGroup } from './deliver-group.js';
import type { DrainLedger } from './drain-ledger.js';
import type { DrainRun } from './drain-run.js';
import { Flight } from './flight.js';
import { GROUP_ENTRIES, groupDeliveries } from './group-deliveries.js';
import type { PreparePool } from './prepare-pool.js';
import type { Room } from './room.js';
import { Turns } from './turns.js';

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

/** Drains a tenant's due deliveries as the only one who does: one pool is matched while the ones before it are written. */
export class DeliverPending {
  /** @param room for the transcripts that all portals of this process hold at once, in UTF-16 units. */
  constructor(
    private readonly database: Database,
    private readonly connections: ConnectionRepository,
    private readonly settings: WritebackSettingsRepository,
    private readonly tenants: TenantRepository,
    private readonly ledger: DrainLedger,
    private readonly preparePool: PreparePool,
    private readonly deliverGroup: DeliverGroup,
    private readonly room: Room,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly groupEntries = GROUP_ENTRIES,
  ) {}

  /** @param stop ends the slice when what is being written has been answered; what was only claimed is given back. */
  async execute({ tenantId }: DeliverPendingCommand, stop?: AbortSignal): Promise<DeliverySlice> {
    const connection = await this.connections.find(tenantId);
    const { portalId } = connection;
    if (connection.status !== 'active' || portalId === undefined) return { claimed: 0, more: false };
    const locked = await this.database.withLock(`drain:${tenantId}`, async (held) => {
      const run: DrainRun = {
        drain: { id: newId(), tenantId, portalId },
        settings: await this.settings.get(tenantId),
        referenceKey: await this.tenants.getReferenceKey(tenantId),
        turns: new Turns(),
      };
      return this.drain(run, stop === undefined ? [held] : [held, stop]);
    });
    // Whoever holds the lock delivers what is due now; what becomes due after it stopped looking has a wake-up of its own.
    return locked.acquired ? locked.result : { claimed: 0, more: false };
  }

  /** @param ends without the lock this is no longer the only one, and a process that stops has seconds. */
  private async drain(run: DrainRun, ends: readonly AbortSignal[]): Promise<DeliverySlice> {
    const flight = new Flight(this.room);
    const slice: DeliverySlice = { claimed: 0, more: false };
    try {
      await this.workOff(run, flight, slice, () => ends.some(({ aborted }) => aborted) || flight.failure !== undefined);
    } catch (error) {
      await this.breakOff(run, flight, error);
      return { ...slice, more: false };
    }
    await flight.landed();
    if (flight.failure !== undefined) {
      await this.breakOff(run, flight, flight.failure.error);
      return { ...slice, more: false };
    }
    // Matched but not begun when the end came: as if it had never been claimed.
    if (ends.some(({ aborted }) => aborted)) await this.ledger.giveBack(run.drain);
    return slice;
  }

  private async workOff(run: DrainRun, flight: Flight, slice: DeliverySlice, isOver: () => boolean): Promise<void> {
    const end = this.clock.now().getTime() + SLICE_MS;
    let heldUp = false;
    while (!isOver() && !heldUp) {
      if (this.clock.now().getTime() >= end) {
        slice.more = true;
        return;
      }
      const pool = await this.preparePool.execute(run);
      slice.claimed += pool.claimed;
      if (pool.claimed === 0) return;
      heldUp ||= pool.heldUp;
      for (const { deliveries, units } of groupDeliveries(pool.matched, this.groupEntries)) {
        if (isOver()) return;
        await flight.start(units, async () => {
          const report = await this.deliverGroup.execute(run, deliveries);
          heldUp ||= report.heldUp;
        });
      }
      // Little was due. What came while it was being written is taken up by this drain: its wake-up met the lock.
      if (pool.claimed < this.preparePool.poolSize) await flight.landed();
    }
  }

  /** After an error nobody planned for. What others are still writing is recorded first, and then not given back. */
  private async breakOff({ drain }: DrainRun, flight: Flight, error: unknown): Promise<void> {
    this.logger.error({ err: error, tenantId: drain.tenantId }, 'a batch of deliveries broke off');
    await flight.landed();
    await this.ledger.release(drain, 'Broke off by an internal error; see the log');
  }
}
