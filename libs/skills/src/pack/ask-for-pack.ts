import type { EntityManager } from 'typeorm';
import type { AgentListener } from '../agents/agent-listener.js';
import type { AiAgent } from '../agents/ai-agent.js';
import type { PackRequestRepository } from './pack-request.repository.js';

/** A new AI agent gets the pack, in the background: the portal may have to be discovered first. */
export class AskForPack implements AgentListener {
  constructor(private readonly requests: Pick<PackRequestRepository, 'askFor'>) {}

  async created(tenantId: string, { id }: AiAgent, tx: EntityManager): Promise<void> {
    await this.requests.askFor(tx, tenantId, id);
  }
}
