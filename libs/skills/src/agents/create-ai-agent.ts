import { AppError, type Clock, type Database, newId } from '@app/platform';
import type { AuditLog } from '@app/tenants';
import type { AgentListener } from './agent-listener.js';
import type { AiAgent, AiAgentKind } from './ai-agent.js';
import type { AiAgentRepository } from './ai-agent.repository.js';

export interface CreateAiAgentCommand {
  name: string;
  description?: string;
  kind: AiAgentKind;
}

/** Makes an AI agent, and in the same transaction whatever a new one gets. */
export class CreateAiAgent {
  constructor(
    private readonly database: Database,
    private readonly agents: AiAgentRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly listeners: readonly AgentListener[],
  ) {}

  /** @throws AppError 1012 `name_taken` */
  async execute(tenantId: string, command: CreateAiAgentCommand): Promise<AiAgent> {
    return this.database.withTenant(tenantId, async (tx) => {
      const agent = await this.agents.insert(tx, tenantId, { ...command, id: newId(), at: this.clock.now() });
      if (agent === undefined) throw nameTaken();
      const { name, kind } = agent;
      await this.audit.recordIn(tx, tenantId, {
        action: 'ai_agent.created',
        target: agent.id,
        details: { name, kind },
      });
      for (const listener of this.listeners) await listener.created(tenantId, agent, tx);
      return agent;
    });
  }
}

export function nameTaken(): AppError {
  return new AppError(1012, 'Another AI agent has this name', { reason: 'name_taken' });
}
