import type { Database } from '@app/platform';
import { type ConnectionRepository, hasCredentials } from '@app/tenants';
import { compileBinding } from '../compile/compile-binding.js';
import type { InputSchema } from '../compile/input-schema.js';
import type { BindingDefinition } from '../grammar/binding.js';
import type { SchemaSnapshot, SchemaSnapshots } from '../schema/schema-snapshot.js';
import { fitPackSkill } from './fit-pack-skill.js';
import { type LandingPlace, type Landings } from './landing.js';
import { type LeftOut, leftOutFor } from './left-out.js';
import type { PackLandingRepository } from './pack-landing.repository.js';
import { PACK } from './pack-skills.js';

/** A skill of the pack, and whether the tenant's portal can have it. */
export type OfferedSkill = { definition: BindingDefinition } & (
  | { state: 'available'; inputSchema: InputSchema; landing?: LandingPlace }
  | { state: 'left_out'; leftOut: LeftOut }
  | { state: 'unknown' }
);

export interface OfferedPack {
  skills: OfferedSkill[];
  /** Why nothing is known of the portal. */
  unknown?: 'not_connected' | 'not_discovered';
}

/** What the Connector Pack holds, and what of it the portal can have. Asks HubSpot nothing. */
export class ReadPack {
  constructor(
    private readonly database: Database,
    private readonly connections: Pick<ConnectionRepository, 'find'>,
    private readonly snapshots: SchemaSnapshots,
    private readonly landings: PackLandingRepository,
  ) {}

  async execute(tenantId: string): Promise<OfferedPack> {
    if (!hasCredentials(await this.connections.find(tenantId))) return unknown('not_connected');
    const snapshot = await this.snapshots.current(tenantId);
    if (snapshot === undefined) return unknown('not_discovered');
    const landings = await this.database.withTenant(tenantId, (tx) =>
      this.landings.findIn(tx, tenantId, snapshot.portalId),
    );
    return { skills: PACK.map((skill) => offer(skill, { snapshot, landings })) };
  }
}

function unknown(reason: 'not_connected' | 'not_discovered'): OfferedPack {
  return { skills: PACK.map((definition) => ({ definition, state: 'unknown' as const })), unknown: reason };
}

function offer(skill: BindingDefinition, portal: { snapshot: SchemaSnapshot; landings: Landings }): OfferedSkill {
  const fit = fitPackSkill(skill, portal);
  if (!fit.fits) return { definition: skill, state: 'left_out', leftOut: leftOutFor(skill, fit) };
  const { inputSchema } = compileBinding(fit.binding);
  return { definition: fit.binding.definition, state: 'available', inputSchema, landing: fit.landing };
}
