import { AppError, type Clock, type Database, newId } from '@app/platform';
import type { AuditLog } from '@app/tenants';
import type { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { compileBinding } from '../compile/compile-binding.js';
import { readBinding } from '../grammar/read-binding.js';
import { validateBinding } from '../validate/validate-binding.js';
import { type Binding, type BindingNotice, isWrite, WRITE_NEEDS_REVIEW } from './binding.js';
import { type BindingRepository, isToolNameTaken } from './binding.repository.js';
import type { KnownSchema } from './known-schema.js';
import type { RecheckBindings } from './recheck-bindings.js';
import { refuseBinding, toolNameTaken } from './refuse-binding.js';

/**
 * Of one AI agent, beside those of the Connector Pack. Model providers take some hundred tools at most, and every discovery checks
 * all bindings in one transaction.
 */
const MOST_BINDINGS = 200;

export interface SavedBinding {
  binding: Binding;
  notice?: BindingNotice;
}

/** Makes a tool of what an operator sent, once it holds against what the portal holds. */
export class CreateBinding {
  constructor(
    private readonly database: Database,
    private readonly agents: AiAgentRepository,
    private readonly bindings: BindingRepository,
    private readonly schema: KnownSchema,
    private readonly recheck: RecheckBindings,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws AppError 2011 unknown AI agent; 1001, 1002 `binding_invalid`; 1012 `not_connected`, `not_discovered`,
   * `name_taken`, `too_many_bindings`.
   */
  async execute(tenantId: string, { agentId, body }: { agentId: string; body: unknown }): Promise<SavedBinding> {
    await this.database.withTenant(tenantId, (tx) => this.agents.get(tx, tenantId, agentId));
    const read = readBinding(body);
    if (!read.read) throw refuseBinding(read.problems, read.onlyMissing);
    const snapshot = await this.schema.get(tenantId);
    const { enabled: isWanted, ...sent } = read.value;
    const validation = validateBinding(sent, snapshot);
    if (!validation.valid) throw refuseBinding(validation.problems);
    const { definition } = validation.binding;
    const at = this.clock.now();
    const binding: Binding = {
      id: newId(),
      agentId,
      toolName: definition.toolName,
      origin: 'binding',
      version: 1,
      definition,
      inputSchema: compileBinding(validation.binding).inputSchema,
      enabled: isWanted && !isWrite(definition),
      problems: [],
      createdAt: at,
      updatedAt: at,
    };
    await this.save(tenantId, binding);
    await this.recheck.saved(tenantId, snapshot);
    const saved = await this.database.withTenant(tenantId, (tx) => this.bindings.get(tx, tenantId, binding));
    return isWanted && isWrite(definition) ? { binding: saved, notice: WRITE_NEEDS_REVIEW } : { binding: saved };
  }

  private async save(tenantId: string, binding: Binding): Promise<void> {
    const { id, agentId, toolName, enabled, definition } = binding;
    const work = this.database.withTenant(tenantId, async (tx) => {
      await this.bindings.takeTurn(tx, tenantId);
      await this.agents.hold(tx, tenantId, agentId);
      if ((await this.bindings.count(tx, tenantId, agentId)) >= MOST_BINDINGS) throw tooMany();
      await this.bindings.insert(tx, tenantId, binding);
      await this.audit.recordIn(tx, tenantId, {
        action: 'binding.created',
        target: id,
        details: { agentId, toolName, operation: definition.operation, enabled },
      });
    });
    await work.catch((error: unknown) => {
      throw isToolNameTaken(error) ? toolNameTaken() : error;
    });
  }
}

function tooMany(): AppError {
  return new AppError(1012, `The AI agent has ${MOST_BINDINGS} bindings, and can’t have more: delete one first`, {
    reason: 'too_many_bindings',
  });
}
