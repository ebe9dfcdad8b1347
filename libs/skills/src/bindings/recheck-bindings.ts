import { isDeepStrictEqual } from 'node:util';
import type { Database } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { compileBinding } from '../compile/compile-binding.js';
import type { BindingProblem } from '../grammar/binding-problem.js';
import { readDefinition } from '../grammar/read-binding.js';
import type { SchemaListener } from '../schema/schema-listener.js';
import type { SchemaSnapshot, SchemaSnapshots } from '../schema/schema-snapshot.js';
import { validateBinding } from '../validate/validate-binding.js';
import type { Binding } from './binding.js';
import type { BindingRepository, Recheck } from './binding.repository.js';

/** Marks what a new schema breaks, and mends what it brings back. */
export class RecheckBindings implements SchemaListener {
  constructor(
    private readonly database: Database,
    private readonly bindings: BindingRepository,
    private readonly snapshots: SchemaSnapshots,
  ) {}

  /** In the transaction of the new snapshot. */
  async changed(tenantId: string, snapshot: SchemaSnapshot, tx: EntityManager): Promise<void> {
    await this.bindings.takeTurn(tx, tenantId);
    const all = await this.bindings.listAll(tx, tenantId);
    await this.bindings.markAll(
      tx,
      tenantId,
      all.flatMap((binding) => recheck(binding, snapshot)),
    );
  }

  /**
   * For one that was just saved: whoever kept a new schema meanwhile waited for its turn, or has been waited for, and in the
   * second case didn't see it.
   */
  async saved(tenantId: string, checkedAgainst: SchemaSnapshot): Promise<void> {
    const newest = await this.snapshots.current(tenantId);
    if (newest === undefined || isSame(newest, checkedAgainst)) return;
    await this.database.withTenant(tenantId, (tx) => this.changed(tenantId, newest, tx));
  }
}

function isSame(one: SchemaSnapshot, other: SchemaSnapshot): boolean {
  return one.portalId === other.portalId && one.version === other.version;
}

function recheck(binding: Binding, snapshot: SchemaSnapshot): Recheck[] {
  const { problems, inputSchema } = judge(binding, snapshot);
  const isAsBefore =
    isDeepStrictEqual(problems, binding.problems) &&
    (inputSchema === undefined || isDeepStrictEqual(inputSchema, binding.inputSchema));
  return isAsBefore ? [] : [{ id: binding.id, problems, inputSchema }];
}

/** Whatever was kept once: what can't be read or compiled any more is marked, like what the portal no longer has. */
function judge({ definition }: Binding, snapshot: SchemaSnapshot): Omit<Recheck, 'id'> {
  try {
    const read = readDefinition(definition);
    if (!read.read) return { problems: read.problems };
    const validation = validateBinding(read.value, snapshot, { ofPack: true });
    if (!validation.valid) return { problems: validation.problems };
    return { problems: [], inputSchema: compileBinding(validation.binding).inputSchema };
  } catch (error) {
    return { problems: [unreadable(error)] };
  }
}

function unreadable(error: unknown): BindingProblem {
  const why = error instanceof Error ? error.message : 'for a reason of its own';
  return { path: '', reason: 'malformed', message: `can't be checked: ${why}` };
}
