import { type Clock, type Database, queryPrepared } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { DEFAULT_WRITEBACK_SETTINGS, type WritebackChange, type WritebackSettings } from './writeback-settings.js';

interface SettingsRow {
  mode: WritebackSettings['mode'];
  on_no_match: WritebackSettings['onNoMatch'];
  default_country: string | null;
  ignored_numbers: string[];
}

/** Asked with every conversation that closes. */
const SETTINGS = {
  name: 'find_writeback_settings',
  text: 'SELECT mode, on_no_match, default_country, ignored_numbers FROM writeback_settings WHERE tenant_id = $1',
};

export class WritebackSettingsRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async get(tenantId: string): Promise<WritebackSettings> {
    const [row] = await this.database.readForTenant<SettingsRow>(
      tenantId,
      'SELECT * FROM writeback_settings WHERE tenant_id = tenant.id',
    );
    return row === undefined ? DEFAULT_WRITEBACK_SETTINGS : toSettings(row);
  }

  /** The same within a unit of work that is already open. */
  async getIn(tx: EntityManager, tenantId: string): Promise<WritebackSettings> {
    const [row] = await queryPrepared<SettingsRow>(tx, SETTINGS, [tenantId]);
    return row === undefined ? DEFAULT_WRITEBACK_SETTINGS : toSettings(row);
  }

  /** The same, and nobody else changes them before the unit of work ends. */
  async lockIn(tx: EntityManager, tenantId: string): Promise<WritebackSettings> {
    await tx.query('INSERT INTO writeback_settings (tenant_id) VALUES ($1) ON CONFLICT DO NOTHING', [tenantId]);
    await tx.query('SELECT FROM writeback_settings WHERE tenant_id = $1 FOR UPDATE', [tenantId]);
    return this.getIn(tx, tenantId);
  }

  async change(tenantId: string, change: WritebackChange): Promise<WritebackSettings> {
    return this.database.withTenant(tenantId, (tx) => this.changeIn(tx, tenantId, change));
  }

  async changeIn(tx: EntityManager, tenantId: string, change: WritebackChange): Promise<WritebackSettings> {
    await tx.query('INSERT INTO writeback_settings (tenant_id) VALUES ($1) ON CONFLICT DO NOTHING', [tenantId]);
    await tx.query(
      `UPDATE writeback_settings SET
         mode = coalesce($2, mode),
         on_no_match = coalesce($3, on_no_match),
         default_country = CASE WHEN $4::boolean THEN $5 ELSE default_country END,
         ignored_numbers = coalesce($6, ignored_numbers),
         updated_at = $7
       WHERE tenant_id = $1`,
      [
        tenantId,
        change.mode,
        change.onNoMatch,
        change.defaultCountry !== undefined,
        change.defaultCountry,
        change.ignoredNumbers,
        this.clock.now(),
      ],
    );
    return this.getIn(tx, tenantId);
  }

  /** Back to what a new tenant has. */
  async forgetIn(tx: EntityManager, tenantId: string): Promise<void> {
    await tx.query('DELETE FROM writeback_settings WHERE tenant_id = $1', [tenantId]);
  }
}

function toSettings(row: SettingsRow): WritebackSettings {
  return {
    mode: row.mode,
    onNoMatch: row.on_no_match,
    defaultCountry: row.default_country ?? undefined,
    ignoredNumbers: row.ignored_numbers,
  };
}
