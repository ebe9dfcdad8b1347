import { type Clock, type Database, type Logger, newId } from '@app/platform';
import type { ConnectionRepository, TenantRepository, WritebackSettingsRepository } from '@app/tenants';
import type { DeliverGroup } from './deliver-group.js';
import type { Drain, DrainLedger } from './drain-ledger.js';
import type { DrainRun } from './drain-run.js';
import { Flight } from './flight.js';
import { GROUP_ENTRIES, groupDeliveries } from './group-deliveries.js';
import { isRefusedByRules, type PortalRules } from './portal-rules.js';
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

/** What a drain does with its slice. */
type Work = (run: DrainRun, flight: Flight, slice: DeliverySlice, isOver: () => boolean) => Promise<void>;

/** Drains a tenant's due deliveries as the only one who does: one pool is matched while the ones before it are written. */
export class DeliverPending {
  /** @param room for the transcripts that all portals of this process hold at once, in UTF-16 units. */
  constructor(
    private readonly database: Database,
    private readonly connections: ConnectionRepository,
    private readonly settings: WritebackSettingsRepository,
    private readonly tenants: TenantRepository,
    private readonly ledger: DrainLedger,
    private readonly rules: PortalRules,
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
    const probing = isRefusedByRules(connection);
    const mayWrite = (connection.status === 'active' || probing) && connection.isSuspended !== true;
    if (!mayWrite || portalId === undefined) return { claimed: 0, more: false };
    const locked = await this.database.withLock(`drain:${tenantId}`, async (held) => {
      const drain: Drain = { id: newId(), tenantId, portalId };
      const [settings, referenceKey] = await Promise.all([
        this.settings.get(tenantId),
        this.tenants.getReferenceKey(tenantId),
        this.ledger.begin(drain),
      ]);
      const run: DrainRun = { drain, settings, referenceKey, turns: new Turns(), stop };
      const work = probing ? this.probe.bind(this) : this.workOff.bind(this);
      return this.drain(run, work, stop === undefined ? [held] : [held, stop]);
    });
    // Whoever holds the lock delivers what is due now; what becomes due after it stopped looking has a wake-up of its own.
    return locked.acquired ? locked.result : { claimed: 0, more: false };
  }

  /** @param ends without the lock this is no longer the only one, and a process that stops has seconds. */
  private async drain(run: DrainRun, work: Work, ends: readonly AbortSignal[]): Promise<DeliverySlice> {
    const flight = new Flight(this.room);
    const slice: DeliverySlice = { claimed: 0, more: false };
    try {
      await work(run, flight, slice, () => ends.some(({ aborted }) => aborted) || flight.failure !== undefined);
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

  /**
   * While the portal's rules refuse every write, one delivery at a time finds out whether they still do. Those that need
   * no write on the way there are concluded.
   */
  private async probe(run: DrainRun, flight: Flight, slice: DeliverySlice, isOver: () => boolean): Promise<void> {
    if (!(await this.rules.openProbe(run.drain))) return;
    let isAnswered = false;
    while (!isOver()) {
      const pool = await this.preparePool.execute(run, 1);
      slice.claimed += pool.claimed;
      const [group] = groupDeliveries(pool.matched, 1);
      if (group !== undefined) {
        await flight.start(group.units, async () => {
          await this.deliverGroup.execute(run, group.deliveries);
        });
        await flight.landed();
        isAnswered = !isOver();
      }
      if (pool.claimed === 0 || pool.heldUp || group !== undefined) break;
    }
    if (run.stop?.aborted === true && !isAnswered) await this.rules.giveBackProbe(run.drain);
    slice.more = (await this.connections.find(run.drain.tenantId)).status === 'active';
  }

  /** After an error nobody planned for. What others are still writing is recorded first, and then not given back. */
  private async breakOff({ drain }: DrainRun, flight: Flight, error: unknown): Promise<void> {
    this.logger.error({ err: error, tenantId: drain.tenantId }, 'a batch of deliveries broke off');
    await flight.landed();
    await this.ledger.release(drain, 'Broke off by an internal error; see the log');
  }
}
