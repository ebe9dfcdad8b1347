import type { Clock, Database } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { DEFAULT_OPTIONS, type Options } from './options.js';

interface OptionsRow {
  outbound_search: boolean;
  outbound_only_matches: boolean;
  panel_properties: string[];
}

export class OptionsRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async get(tenantId: string): Promise<Options> {
    const [row] = await this.database.readForTenant<OptionsRow>(
      tenantId,
      'SELECT * FROM options WHERE tenant_id = tenant.id',
    );
    return toOptions(row);
  }

  /** The same within a unit of work that is already open. */
  async getIn(tx: EntityManager, tenantId: string): Promise<Options> {
    const [row] = await tx.query<OptionsRow[]>('SELECT * FROM options WHERE tenant_id = $1', [tenantId]);
    return toOptions(row);
  }

  /** The same, and nobody else changes them before the unit of work ends. */
  async lockIn(tx: EntityManager, tenantId: string): Promise<Options> {
    await tx.query('INSERT INTO options (tenant_id) VALUES ($1) ON CONFLICT DO NOTHING', [tenantId]);
    const [row] = await tx.query<OptionsRow[]>('SELECT * FROM options WHERE tenant_id = $1 FOR UPDATE', [tenantId]);
    return toOptions(row);
  }

  async replaceIn(tx: EntityManager, tenantId: string, options: Options): Promise<void> {
    await tx.query(
      `UPDATE options SET outbound_search = $2, outbound_only_matches = $3, panel_properties = $4, updated_at = $5
       WHERE tenant_id = $1`,
      [tenantId, options.outboundSearch, options.outboundOnlyMatches, options.panelProperties, this.clock.now()],
    );
  }

  /** Back to what a new tenant has. */
  async forgetIn(tx: EntityManager, tenantId: string): Promise<void> {
    await tx.query('DELETE FROM options WHERE tenant_id = $1', [tenantId]);
  }
}

function toOptions(row: OptionsRow | undefined): Options {
  if (row === undefined) return DEFAULT_OPTIONS;
  return {
    outboundSearch: row.outbound_search,
    outboundOnlyMatches: row.outbound_only_matches,
    panelProperties: row.panel_properties,
  };
}
