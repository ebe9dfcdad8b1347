import { AppError, type Clock, type Database, type FieldError } from '@app/platform';
import type { AuditLog } from '@app/tenants';
import type { BindingRepository } from '../bindings/binding.repository.js';
import type { KnownSchema } from '../bindings/known-schema.js';
import type { RecheckBindings } from '../bindings/recheck-bindings.js';
import { objectOf } from '../grammar/known-fields.js';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';
import { LANDED } from './landing.js';
import type { LandingsChange, PackLandingRepository } from './pack-landing.repository.js';

/** Says where the pack's tickets and deals land; the skills that AI agents have of it follow. */
export class ChangePackLandings {
  constructor(
    private readonly database: Database,
    private readonly bindings: BindingRepository,
    private readonly landings: PackLandingRepository,
    private readonly schema: Pick<KnownSchema, 'get'>,
    private readonly recheck: Pick<RecheckBindings, 'again'>,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError 1012 `not_connected`, `not_discovered`; 1002 with each field that names what the portal hasn't. */
  async execute(tenantId: string, change: LandingsChange): Promise<void> {
    const snapshot = await this.schema.get(tenantId);
    const errors = LANDED.flatMap((object) => errorsIn(object, change[object], snapshot));
    const [first] = errors;
    if (first !== undefined) throw new AppError(1002, `${first.field} ${first.message}`, { errors });
    const { portalId } = snapshot;
    await this.database.withTenant(tenantId, async (tx) => {
      await this.bindings.takeTurn(tx, tenantId);
      await this.landings.change(tx, tenantId, { portalId, change });
      await this.recheck.again(tx, tenantId, this.clock.now());
      await this.audit.recordIn(tx, tenantId, { action: 'pack.changed', target: portalId, details: { ...change } });
    });
  }
}

function errorsIn(
  object: (typeof LANDED)[number],
  landing: LandingsChange[typeof object],
  snapshot: SchemaSnapshot,
): FieldError[] {
  if (landing === undefined || landing === null) return [];
  const { pipelines = [] } = objectOf(snapshot, object) ?? {};
  const pipeline = pipelines.find(({ id }) => id === landing.pipelineId);
  if (pipeline === undefined)
    return [{ field: `${object}.pipelineId`, message: `is not a pipeline of ${object}`, reason: 'unknown_option' }];
  const { stageId } = landing;
  if (stageId === undefined || pipeline.stages.some(({ id }) => id === stageId)) return [];
  return [{ field: `${object}.stageId`, message: `is not a stage of ${pipeline.label}`, reason: 'unknown_option' }];
}
