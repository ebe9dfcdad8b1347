import type { Clock, Database } from '@app/platform';
import type { AuditLog } from '@app/tenants';
import type { AiAgent, AiAgentChange } from './ai-agent.js';
import { type AiAgentRepository, isNameTaken } from './ai-agent.repository.js';
import { nameTaken } from './create-ai-agent.js';

export type AiAgentChanged = { changed: true; agent: AiAgent } | { changed: false; reason: 'stale' };

/** Changes what is given of an AI agent. */
export class ChangeAiAgent {
  constructor(
    private readonly database: Database,
    private readonly agents: AiAgentRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @param isExpected whether it is still what the caller has seen; asked while nobody else can change it.
   * @throws AppError 2011 unknown, 1012 `name_taken`.
   */
  async execute(
    tenantId: string,
    { id, ...change }: AiAgentChange & { id: string },
    isExpected: (current: AiAgent) => boolean,
  ): Promise<AiAgentChanged> {
    const work = this.database.withTenant(tenantId, async (tx): Promise<AiAgentChanged> => {
      const current = await this.agents.lock(tx, tenantId, id);
      if (!isExpected(current)) return { changed: false, reason: 'stale' };
      if (!isDifferent(current, change)) return { changed: true, agent: current };
      await this.agents.update(tx, tenantId, { ...change, id, at: this.clock.now() });
      const agent = await this.agents.get(tx, tenantId, id);
      const { name, kind } = agent;
      await this.audit.recordIn(tx, tenantId, { action: 'ai_agent.changed', target: id, details: { name, kind } });
      return { changed: true, agent };
    });
    return work.catch((error: unknown) => {
      throw isNameTaken(error) ? nameTaken() : error;
    });
  }
}

function isDifferent(current: AiAgent, { name, description, kind }: AiAgentChange): boolean {
  return (
    (name !== undefined && name !== current.name) ||
    (kind !== undefined && kind !== current.kind) ||
    (description !== undefined && description !== (current.description ?? null))
  );
}
