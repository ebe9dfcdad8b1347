import type { Database } from '@app/platform';
import type { AiAgentRepository } from '../agents/ai-agent.repository.js';
import type { BindingRepository } from '../bindings/binding.repository.js';
import { type OfferedTool, toOfferedTool } from './offered-tool.js';

/** What an AI agent can call now: its skills that are enabled and that the portal can carry out, by name. */
export class OfferTools {
  constructor(
    private readonly database: Database,
    private readonly agents: AiAgentRepository,
    private readonly bindings: BindingRepository,
  ) {}

  /** @throws AppError 2011 for an unknown AI agent. */
  async execute(tenantId: string, agentId: string): Promise<OfferedTool[]> {
    return this.database.withTenant(tenantId, async (tx) => {
      await this.agents.get(tx, tenantId, agentId);
      const runnable = await this.bindings.listRunnable(tx, tenantId, agentId);
      return runnable.map(toOfferedTool);
    });
  }
}
