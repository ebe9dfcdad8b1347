import type { Database } from '@app/platform';
import type { AiAgentRepository } from '../agents/ai-agent.repository.js';

/** How a run can end: what a `SkillAnswer` says, or an error that trying again doesn't help (`refused`), or may (`failed`). */
export const RUN_OUTCOMES = [
  'found',
  'confirmation_required',
  'created',
  'updated',
  'already_there',
  'refused',
  'failed',
] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** A run as it is kept. */
export interface KeptRun {
  id: string;
  skill: string;
  /** Of the skill, when it ran. */
  version: number;
  conversationId?: string;
  calledBy: string;
  arguments: Record<string, unknown>;
  outcome: RunOutcome;
  reason?: string;
  records: number;
  at: Date;
  durationMs: number;
}

export interface RunFilter {
  skill?: string;
  outcome?: RunOutcome;
}

interface RunRow {
  id: string;
  skill: string;
  version: number;
  conversation_id: string | null;
  called_by: string;
  arguments: Record<string, unknown>;
  outcome: RunOutcome;
  reason: string | null;
  records: number;
  at: Date;
  duration_ms: number;
}

/** What an AI agent did. */
export class ReadRuns {
  constructor(
    private readonly database: Database,
    private readonly agents: AiAgentRepository,
  ) {}

  /** Newest first; `before` is the id that ended the page before. @throws AppError 2011 for an unknown AI agent. */
  async list(
    tenantId: string,
    page: { agentId: string; filter: RunFilter; before?: string; limit: number },
  ): Promise<KeptRun[]> {
    const { agentId, filter, before, limit } = page;
    return this.database.withTenant(tenantId, async (tx) => {
      await this.agents.get(tx, tenantId, agentId);
      // Only what is asked for stands in the condition: each filter has an index of its own, in this order.
      const values: unknown[] = [tenantId, agentId, limit];
      const conditions = [
        ['skill =', filter.skill],
        ['outcome =', filter.outcome],
        ['id <', before],
      ].flatMap(([condition, value]) => (value === undefined ? [] : `AND ${condition} $${values.push(value)}`));
      const rows = await tx.query<RunRow[]>(
        `SELECT id, skill, version, conversation_id, called_by, arguments, outcome, reason, records, at, duration_ms
         FROM skill_runs WHERE tenant_id = $1 AND agent_id = $2 ${conditions.join(' ')}
         ORDER BY id DESC LIMIT $3`,
        values,
      );
      return rows.map(toRun);
    });
  }
}

function toRun(row: RunRow): KeptRun {
  const { id, skill, version, outcome, records, at } = row;
  return {
    id,
    skill,
    version,
    conversationId: row.conversation_id ?? undefined,
    calledBy: row.called_by,
    arguments: row.arguments,
    outcome,
    reason: row.reason ?? undefined,
    records,
    at,
    durationMs: row.duration_ms,
  };
}
