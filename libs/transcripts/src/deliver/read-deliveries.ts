import { AppError, type Database, isId } from '@app/platform';
import { countByDay, type DayCounts, type Period } from './count-by-day.js';
import type { Delivery } from './delivery.js';
import type { DeliveryFilter, DeliveryRepository, DeliveryStats } from './delivery.repository.js';

/** A page of a list, newest first; `nextBefore` goes into the next call when there is more. */
export interface Page<T> {
  items: T[];
  nextBefore?: string;
}

/** The ledger, for people. */
export class ReadDeliveries {
  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryRepository,
  ) {}

  async list(
    tenantId: string,
    query: { filter: DeliveryFilter; before?: string; limit: number },
  ): Promise<Page<Delivery>> {
    const found = await this.database.withTenant(tenantId, (tx) =>
      this.deliveries.list(tx, tenantId, { ...query, limit: query.limit + 1 }),
    );
    return asPage(found, query.limit);
  }

  /** @throws AppError 2011 */
  async get(tenantId: string, id: string): Promise<Delivery> {
    const found = isId(id)
      ? await this.database.withTenant(tenantId, (tx) => this.deliveries.find(tx, tenantId, id))
      : undefined;
    if (found === undefined) throw new AppError(2011, 'No delivery has this id');
    return found;
  }

  /** What became of what closed, day by day. */
  async history(tenantId: string, period: Period): Promise<DayCounts[]> {
    return this.database.withTenant(tenantId, (tx) => countByDay(tx, tenantId, period));
  }

  async stats(tenantId: string): Promise<DeliveryStats> {
    return this.database.withTenant(tenantId, (tx) => this.deliveries.stats(tx, tenantId));
  }
}

/** One more than asked for was read: it tells whether there is a next page. */
export function asPage<T extends { id: string }>(found: readonly T[], limit: number): Page<T> {
  const items = found.slice(0, limit);
  return { items, nextBefore: found.length > limit ? items.at(-1)?.id : undefined };
}
