import { isDeepStrictEqual } from 'node:util';
import { AppError, type Clock, type Database } from '@app/platform';
import type { AuditAction, AuditLog } from '@app/tenants';
import { compileBinding } from '../compile/compile-binding.js';
import type { BindingChange } from '../grammar/binding.js';
import { readBindingChange, readDefinition } from '../grammar/read-binding.js';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';
import { validateBinding } from '../validate/validate-binding.js';
import { type Binding, isWrite, WRITE_NEEDS_REVIEW } from './binding.js';
import { type BindingRepository, isToolNameTaken } from './binding.repository.js';
import type { SavedBinding } from './create-binding.js';
import type { KnownSchema } from './known-schema.js';
import { mergeChange } from './merge-change.js';
import type { RecheckBindings } from './recheck-bindings.js';
import { refuseBinding, toolNameTaken } from './refuse-binding.js';

export type BindingChanged =
  | ({ changed: true } & SavedBinding)
  /** `unseen`: a write would be enabled by somebody who didn't say which version of it they have reviewed. */
  | { changed: false; reason: 'stale' | 'unseen' };

export interface ChangeBindingCommand {
  agentId: string;
  id: string;
  body: unknown;
}

/**
 * Changes what is given of a binding. Another definition is another version, and a write's goes back to review. Those of
 * the Connector Pack are only switched.
 */
export class ChangeBinding {
  constructor(
    private readonly database: Database,
    private readonly bindings: BindingRepository,
    private readonly schema: KnownSchema,
    private readonly recheck: RecheckBindings,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @param isExpected whether it is still what the caller has seen, undefined when they don't say what that was; asked while
   * nobody else can change it.
   * @throws AppError 2011; 1001, 1002 `binding_invalid`; 1012 `not_connected`, `not_discovered`, `name_taken`, `binding_broken`,
   * `of_the_pack`.
   */
  async execute(
    tenantId: string,
    { agentId, id, body }: ChangeBindingCommand,
    isExpected: (current: Binding) => boolean | undefined,
  ): Promise<BindingChanged> {
    const at = { agentId, id };
    const { origin } = await this.database.withTenant(tenantId, (tx) => this.bindings.get(tx, tenantId, at));
    const read = readBindingChange(body);
    if (!read.read) throw refuseBinding(read.problems);
    const { enabled, ...change } = read.value;
    const isRedefined = Object.keys(change).length > 0;
    if (isRedefined && origin === 'pack') throw definedByPack();
    const snapshot = isRedefined ? await this.schema.get(tenantId) : undefined;
    const work = this.database.withTenant(tenantId, async (tx): Promise<BindingChanged> => {
      await this.bindings.takeTurn(tx, tenantId);
      const current = await this.bindings.lock(tx, tenantId, at);
      const expected = isExpected(current);
      if (expected === false) return { changed: false, reason: 'stale' };
      const defined = snapshot === undefined ? current : this.redefine(current, change, snapshot);
      const next = switched(defined, { isNew: defined !== current, wanted: enabled });
      const enables = next.enabled && !current.enabled && isWrite(next.definition);
      if (enables && expected === undefined) return { changed: false, reason: 'unseen' };
      const action = actionFor(current, next);
      if (action !== undefined) {
        await this.bindings.update(tx, tenantId, { ...next, updatedAt: this.clock.now() });
        const { toolName, version } = next;
        const details = { agentId, toolName, version, enabled: next.enabled };
        await this.audit.recordIn(tx, tenantId, { action, target: id, details });
      }
      const binding = await this.bindings.get(tx, tenantId, at);
      const isHeldBack = enabled === true && !next.enabled;
      return { changed: true, binding, ...(isHeldBack ? { notice: WRITE_NEEDS_REVIEW } : {}) };
    });
    const outcome = await work.catch((error: unknown) => {
      throw isToolNameTaken(error) ? toolNameTaken() : error;
    });
    if (outcome.changed && snapshot !== undefined) await this.recheck.saved(tenantId, snapshot);
    return outcome;
  }

  /** @returns the same object when nothing becomes different. */
  private redefine(current: Binding, change: BindingChange, snapshot: SchemaSnapshot): Binding {
    const merged = readDefinition(mergeChange(current.definition, change));
    if (!merged.read) throw refuseBinding(merged.problems, merged.onlyMissing);
    const keepsMap = change.inputObjectMap === undefined;
    const validation = validateBinding(merged.value, snapshot, { prunesMap: keepsMap });
    if (!validation.valid) throw refuseBinding(validation.problems);
    const { definition } = validation.binding;
    const { inputSchema } = compileBinding(validation.binding);
    if (isDeepStrictEqual(definition, current.definition)) return current;
    const { toolName } = definition;
    return { ...current, toolName, version: current.version + 1, definition, inputSchema, problems: [] };
  }
}

/** @throws AppError 1012 `binding_broken` */
function switched(binding: Binding, { isNew, wanted }: { isNew: boolean; wanted?: boolean }): Binding {
  if (isNew && isWrite(binding.definition)) return { ...binding, enabled: false };
  const enabled = wanted ?? binding.enabled;
  if (enabled && !binding.enabled && binding.problems.length > 0) {
    const [{ path, message } = { path: '', message: '' }] = binding.problems;
    throw new AppError(1012, `The portal lacks what the binding needs: ${path} ${message}`, {
      reason: 'binding_broken',
    });
  }
  return { ...binding, enabled };
}

export function definedByPack(): AppError {
  return new AppError(
    1012,
    'What a skill of the Connector Pack does is the pack’s to say: it can be enabled, disabled or deleted. Make a binding for anything else.',
    { reason: 'of_the_pack' },
  );
}

function actionFor(current: Binding, next: Binding): AuditAction | undefined {
  if (next.version !== current.version) return 'binding.changed';
  if (next.enabled === current.enabled) return undefined;
  return next.enabled ? 'binding.enabled' : 'binding.disabled';
}
