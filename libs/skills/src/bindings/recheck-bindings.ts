import { isDeepStrictEqual } from 'node:util';
import type { Database } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { compileBinding } from '../compile/compile-binding.js';
import type { BindingProblem } from '../grammar/binding-problem.js';
import { readDefinition } from '../grammar/read-binding.js';
import { fitPackSkill } from '../pack/fit-pack-skill.js';
import type { Landings } from '../pack/landing.js';
import { PackLandingRepository } from '../pack/pack-landing.repository.js';
import { PACK } from '../pack/pack-skills.js';
import type { SchemaListener } from '../schema/schema-listener.js';
import type { SchemaSnapshot, SchemaSnapshots } from '../schema/schema-snapshot.js';
import { validateBinding } from '../validate/validate-binding.js';
import type { Binding } from './binding.js';
import type { BindingRepository, Recheck } from './binding.repository.js';

/** Marks what a new schema breaks, mends what it brings back, and fits the pack's skills to it. */
export class RecheckBindings implements SchemaListener {
  constructor(
    private readonly database: Database,
    private readonly bindings: BindingRepository,
    private readonly snapshots: SchemaSnapshots,
    private readonly landings = new PackLandingRepository(),
  ) {}

  /** In the transaction of the new snapshot. */
  async changed(tenantId: string, snapshot: SchemaSnapshot, tx: EntityManager): Promise<void> {
    await this.bindings.takeTurn(tx, tenantId);
    await this.judgeAll(tx, tenantId, { snapshot, at: snapshot.discoveredAt });
  }

  /**
   * For whoever has the turn, when something else changed that bindings depend on. By the schema that is the newest now: one that
   * was read before the turn came would undo what a newer one had come to.
   */
  async again(tx: EntityManager, tenantId: string, at?: Date): Promise<void> {
    const snapshot = await this.snapshots.current(tenantId, tx);
    if (snapshot !== undefined) await this.judgeAll(tx, tenantId, { snapshot, at: at ?? snapshot.discoveredAt });
  }

  private async judgeAll(
    tx: EntityManager,
    tenantId: string,
    { snapshot, at }: { snapshot: SchemaSnapshot; at: Date },
  ): Promise<void> {
    const landings = await this.landings.findIn(tx, tenantId, snapshot.portalId);
    const all = await this.bindings.listAll(tx, tenantId);
    const rechecks = all.flatMap((binding) => recheck(binding, { snapshot, landings }));
    await this.bindings.markAll(tx, tenantId, rechecks, at);
  }

  /**
   * For one that was just saved: whoever kept a new schema meanwhile waited for its turn, or has been waited for, and in the
   * second case didn't see it.
   */
  async saved(tenantId: string, checkedAgainst: SchemaSnapshot): Promise<void> {
    const newest = await this.snapshots.current(tenantId);
    if (newest === undefined || isSame(newest, checkedAgainst)) return;
    await this.database.withTenant(tenantId, async (tx) => {
      await this.bindings.takeTurn(tx, tenantId);
      await this.again(tx, tenantId);
    });
  }
}

function isSame(one: SchemaSnapshot, other: SchemaSnapshot): boolean {
  return one.portalId === other.portalId && one.version === other.version;
}

interface Portal {
  snapshot: SchemaSnapshot;
  landings: Landings;
}

function recheck(binding: Binding, portal: Portal): Recheck[] {
  const { problems, inputSchema, definition } = judge(binding, portal);
  const isAsBefore =
    definition === undefined &&
    isDeepStrictEqual(problems, binding.problems) &&
    (inputSchema === undefined || isDeepStrictEqual(inputSchema, binding.inputSchema));
  return isAsBefore ? [] : [{ id: binding.id, problems, inputSchema, definition }];
}

/** Whatever was kept once: what can't be read or compiled any more is marked, like what the portal no longer has. */
function judge(binding: Binding, portal: Portal): Omit<Recheck, 'id'> {
  try {
    return binding.origin === 'pack' ? fitAnew(binding, portal) : check(binding, portal.snapshot);
  } catch (error) {
    return { problems: [unreadable(error)] };
  }
}

function check({ definition }: Binding, snapshot: SchemaSnapshot): Omit<Recheck, 'id'> {
  const read = readDefinition(definition);
  if (!read.read) return { problems: read.problems };
  const validation = validateBinding(read.value, snapshot);
  if (!validation.valid) return { problems: validation.problems };
  return { problems: [], inputSchema: compileBinding(validation.binding).inputSchema };
}

/** What the pack says now, as the portal can have it now: also what it lacked before. */
function fitAnew({ toolName, definition: former }: Binding, portal: Portal): Omit<Recheck, 'id'> {
  const skill = PACK.find((one) => one.toolName === toolName);
  if (skill === undefined)
    return {
      problems: [{ path: 'toolName', reason: 'malformed', message: 'is no skill of the Connector Pack any more' }],
    };
  const fit = fitPackSkill(skill, portal);
  if (!fit.fits) return { problems: fit.problems };
  const { definition } = fit.binding;
  return {
    problems: [],
    inputSchema: compileBinding(fit.binding).inputSchema,
    ...(isDeepStrictEqual(definition, former) ? {} : { definition }),
  };
}

function unreadable(error: unknown): BindingProblem {
  const why = error instanceof Error ? error.message : 'for a reason of its own';
  return { path: '', reason: 'malformed', message: `can't be checked: ${why}` };
}
