import type { Database } from '@app/platform';
import type { WakeUps } from './wake-ups.port.js';

/** Wakes every tenant that has something due: makes up for lost wake-ups, and brings back what waited for its time. */
export class SweepDue {
  constructor(
    private readonly database: Database,
    private readonly wakeUps: WakeUps,
  ) {}

  /** @returns how many tenants were woken. */
  async execute(): Promise<number> {
    const rows = await this.database.acrossTenants<{ tenant_id: string }>(
      'SELECT tenant_id FROM tenants_with_due_deliveries() AS tenant_id',
    );
    for (const { tenant_id } of rows) this.wakeUps.wakeAnew(tenant_id);
    return rows.length;
  }
}
