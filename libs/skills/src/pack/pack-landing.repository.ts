import type { EntityManager } from 'typeorm';
import type { Landed, Landings } from './landing.js';

/** Undefined: stays. Null: the default pipeline again. */
export type LandingsChange = { [K in keyof Landings]?: Landings[K] | null };

/** Where a tenant's admins want new tickets and deals; of one portal, and gone with the tenant's hold on it. */
export class PackLandingRepository {
  async findIn(tx: EntityManager, tenantId: string, portalId: string): Promise<Landings> {
    const rows = await tx.query<{ object: Landed; pipeline_id: string; stage_id: string | null }[]>(
      'SELECT object, pipeline_id, stage_id FROM pack_landings WHERE tenant_id = $1 AND portal_id = $2',
      [tenantId, portalId],
    );
    return Object.fromEntries(
      rows.map((row) => [
        row.object,
        { pipelineId: row.pipeline_id, ...(row.stage_id === null ? {} : { stageId: row.stage_id }) },
      ]),
    );
  }

  async change(
    tx: EntityManager,
    tenantId: string,
    { portalId, change }: { portalId: string; change: LandingsChange },
  ): Promise<void> {
    for (const [object, landing] of Object.entries(change)) {
      if (landing === null) {
        await tx.query('DELETE FROM pack_landings WHERE tenant_id = $1 AND portal_id = $2 AND object = $3', [
          tenantId,
          portalId,
          object,
        ]);
      } else {
        await tx.query(
          `INSERT INTO pack_landings (tenant_id, portal_id, object, pipeline_id, stage_id) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (tenant_id, portal_id, object) DO UPDATE
             SET pipeline_id = EXCLUDED.pipeline_id, stage_id = EXCLUDED.stage_id`,
          [tenantId, portalId, object, landing.pipelineId, landing.stageId],
        );
      }
    }
  }
}
