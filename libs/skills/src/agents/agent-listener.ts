import type { EntityManager } from 'typeorm';
import type { AiAgent } from './ai-agent.js';

/** Told of AI agents in the transaction that makes them: what follows from one is there with it, or neither is. */
export interface AgentListener {
  /** @throws to refuse the AI agent altogether. */
  created(tenantId: string, agent: AiAgent, tx: EntityManager): Promise<void>;
}

/** Nest injection token of all of them, a list. */
export const AGENT_LISTENERS = Symbol('AgentListeners');
