import { type Clock, type Database, type Logger, newId } from '@app/platform';

/** One run of a skill, whatever came of it. */
export interface SkillRun {
  agentId: string;
  skill: string;
  version: number;
  conversationId?: string;
  /** Name of the key or program that called. */
  calledBy: string;
  arguments: Readonly<Record<string, unknown>>;
  /** Of a `SkillAnswer`, or `refused`, or `failed` where trying again may help. */
  outcome: string;
  reason?: string;
  /** Shown or written. */
  records: number;
  begunAt: Date;
  /** Where its contacts are. Undefined: it didn't come as far as that. */
  portalId?: string;
  /** Shown, changed or tied. */
  contactIds?: readonly string[];
}

/** Takes card and identity numbers out of a text. */
export type Scrub = (text: string) => string;

const LONGEST_TEXT = 500;
const MOST_ARGUMENTS = 50;

/** What AI agents did. Arguments are kept without what nobody may keep. */
export class RunLog {
  constructor(
    private readonly database: Pick<Database, 'withTenant'>,
    private readonly clock: Clock,
    private readonly scrub: Scrub,
    private readonly logger: Logger,
  ) {}

  /**
   * Never rejects: what was written is written, and whoever asked must not be told otherwise.
   * @returns its id; undefined where it could not be written down.
   */
  async record(tenantId: string, run: SkillRun): Promise<string | undefined> {
    const id = newId();
    try {
      await this.keep(tenantId, id, run);
      return id;
    } catch (error) {
      const { agentId, skill, outcome } = run;
      this.logger.error({ err: error, tenantId, agentId, skill, outcome }, 'a run of a skill was not written down');
      return undefined;
    }
  }

  /** What a run turned out to concern after it was written down. Never rejects either. */
  async addContacts(
    tenantId: string,
    runId: string,
    { portalId, contactIds }: Pick<SkillRun, 'portalId' | 'contactIds'>,
  ): Promise<void> {
    try {
      await this.database.withTenant(tenantId, (tx) =>
        tx.query(
          `INSERT INTO skill_run_contacts (tenant_id, portal_id, contact_id, run_id)
           SELECT DISTINCT tenant_id, $3, contact_id, id FROM skill_runs, unnest($4::text[]) AS contact_id
           WHERE tenant_id = $1 AND id = $2
           ON CONFLICT DO NOTHING`,
          [tenantId, runId, portalId, contactIds],
        ),
      );
    } catch (error) {
      this.logger.error({ err: error, tenantId, runId }, 'the contacts of a run were not written down');
    }
  }

  private async keep(tenantId: string, id: string, run: SkillRun): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query(
        `WITH run AS (
           INSERT INTO skill_runs (id, tenant_id, agent_id, skill, version, conversation_id, called_by, arguments, outcome,
             reason, records, at, duration_ms, portal_id)
           SELECT $1, $2, a.id, $4, $5, (SELECT id FROM conversations WHERE tenant_id = $2 AND id = $6), $7, $8, $9, $10, $11, $12,
             $13, $14
           FROM ai_agents a WHERE a.tenant_id = $2 AND a.id = $3
           RETURNING id, tenant_id, portal_id
         )
         INSERT INTO skill_run_contacts (tenant_id, portal_id, contact_id, run_id)
         SELECT DISTINCT run.tenant_id, run.portal_id, contact_id, run.id FROM run, unnest($15::text[]) AS contact_id
         WHERE run.portal_id IS NOT NULL`,
        [
          id,
          tenantId,
          run.agentId,
          run.skill,
          run.version,
          run.conversationId,
          run.calledBy,
          JSON.stringify(this.keepable(run.arguments)),
          run.outcome,
          run.reason,
          run.records,
          run.begunAt,
          this.clock.now().getTime() - run.begunAt.getTime(),
          run.portalId,
          run.contactIds ?? [],
        ],
      ),
    );
  }

  private keepable(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const some = Object.entries(given).slice(0, MOST_ARGUMENTS);
    return Object.fromEntries(some.map(([name, value]) => [keepableText(this.scrub(name)), this.value(name, value)]));
  }

  private value(name: string, value: unknown): unknown {
    if (typeof value === 'boolean' || value === null) return value;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const scrubbed = this.scrubBeside(name, text);
    return typeof value === 'number' && scrubbed === text ? value : keepableText(scrubbed);
  }

  /** Nine digits are a number of an identity beside a word that says so, and here that word is the name: `ssn`, `tax_id`. */
  private scrubBeside(name: string, text: string): string {
    const label = `${name.replaceAll('_', ' ')}: `;
    const beside = this.scrub(label + text);
    return this.scrub(beside.startsWith(label) ? beside.slice(label.length) : text);
  }
}

/** PostgreSQL keeps neither halves of characters nor the character zero. */
function keepableText(text: string): string {
  return text.slice(0, LONGEST_TEXT).toWellFormed().replaceAll('\0', ' ');
}
