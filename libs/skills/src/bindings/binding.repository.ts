import { AppError, isId } from '@app/platform';
import { type EntityManager, QueryFailedError } from 'typeorm';
import type { InputSchema } from '../compile/input-schema.js';
import type { BindingDefinition } from '../grammar/binding.js';
import type { BindingProblem } from '../grammar/binding-problem.js';
import type { Binding, BindingOrigin, BindingVersion } from './binding.js';

interface BindingRow {
  id: string;
  agent_id: string;
  tool_name: string;
  origin: BindingOrigin;
  version: number;
  definition: BindingDefinition;
  input_schema: InputSchema;
  enabled: boolean;
  problems: BindingProblem[] | null;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS =
  'id, agent_id, tool_name, origin, version, definition, input_schema, enabled, problems, created_at, updated_at';

/** Definitions of one binding that are kept. */
const KEPT_VERSIONS = 50;

/** Of one AI agent. */
interface Page {
  agentId: string;
  before?: string;
  limit: number;
}

/** What a new schema makes of a binding. What is left out stays; another definition is another version. */
export interface Recheck {
  id: string;
  problems: BindingProblem[];
  inputSchema?: InputSchema;
  definition?: BindingDefinition;
}

export class BindingRepository {
  /** Newest first; `before` is the id that ended the page before. */
  async list(tx: EntityManager, tenantId: string, { agentId, before, limit }: Page): Promise<Binding[]> {
    const rows = await tx.query<BindingRow[]>(
      `SELECT ${COLUMNS} FROM bindings
       WHERE tenant_id = $1 AND agent_id = $2 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
      [tenantId, agentId, before, limit],
    );
    return rows.map(toBinding);
  }

  /** Enabled, with nothing that the portal lacks; by name. */
  async listRunnable(tx: EntityManager, tenantId: string, agentId: string): Promise<Binding[]> {
    const rows = await tx.query<BindingRow[]>(
      `SELECT ${COLUMNS} FROM bindings
       WHERE tenant_id = $1 AND agent_id = $2 AND enabled AND problems IS NULL ORDER BY tool_name`,
      [tenantId, agentId],
    );
    return rows.map(toBinding);
  }

  async listAll(tx: EntityManager, tenantId: string): Promise<Binding[]> {
    const rows = await tx.query<BindingRow[]>(`SELECT ${COLUMNS} FROM bindings WHERE tenant_id = $1 ORDER BY id`, [
      tenantId,
    ]);
    return rows.map(toBinding);
  }

  /** All of one AI agent's, whatever their origin. */
  async toolNames(tx: EntityManager, tenantId: string, agentId: string): Promise<Set<string>> {
    const rows = await tx.query<Pick<BindingRow, 'tool_name'>[]>(
      'SELECT tool_name FROM bindings WHERE tenant_id = $1 AND agent_id = $2',
      [tenantId, agentId],
    );
    return new Set(rows.map((row) => row.tool_name));
  }

  /** Of those that operators made for one AI agent. */
  async count(tx: EntityManager, tenantId: string, agentId: string): Promise<number> {
    const [row] = await tx.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM bindings WHERE tenant_id = $1 AND agent_id = $2 AND origin = 'binding'`,
      [tenantId, agentId],
    );
    return row?.count ?? 0;
  }

  /** @throws AppError 2011 */
  async get(tx: EntityManager, tenantId: string, at: { agentId: string; id: string }): Promise<Binding> {
    return this.find(tx, tenantId, { ...at, lock: '' });
  }

  async findByName(
    tx: EntityManager,
    tenantId: string,
    { agentId, toolName }: { agentId: string; toolName: string },
  ): Promise<Binding | undefined> {
    const [row] = await tx.query<BindingRow[]>(
      `SELECT ${COLUMNS} FROM bindings WHERE tenant_id = $1 AND agent_id = $2 AND tool_name = $3`,
      [tenantId, agentId, toolName],
    );
    return row && toBinding(row);
  }

  /** The same, and nobody changes it before the unit of work ends. */
  async lock(tx: EntityManager, tenantId: string, at: { agentId: string; id: string }): Promise<Binding> {
    return this.find(tx, tenantId, { ...at, lock: 'FOR UPDATE' });
  }

  /**
   * One at a time of those who save bindings and those who check them against a new schema: otherwise one that is saved
   * while the schema changes could be checked against the old one, and be overlooked when the others are against the new.
   * And of those who delete some: two that lock many rows in different orders would end each other.
   */
  async takeTurn(tx: EntityManager, tenantId: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('bindings ' || $1, 0))`, [tenantId]);
  }

  /** @throws when the AI agent has a tool of this name: see `isToolNameTaken`. */
  async insert(tx: EntityManager, tenantId: string, binding: Omit<Binding, 'updatedAt'>): Promise<void> {
    await tx.query(
      `INSERT INTO bindings (id, tenant_id, agent_id, tool_name, origin, version, definition, input_schema, enabled,
         problems, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, $10, $10)`,
      [
        binding.id,
        tenantId,
        binding.agentId,
        binding.toolName,
        binding.origin,
        binding.version,
        JSON.stringify(binding.definition),
        JSON.stringify(binding.inputSchema),
        binding.enabled,
        binding.createdAt,
      ],
    );
    await this.keepVersions(tx, tenantId, [binding.id]);
  }

  /** @throws when the AI agent has another tool of this name. */
  async update(tx: EntityManager, tenantId: string, binding: Binding): Promise<void> {
    await tx.query(
      `UPDATE bindings SET tool_name = $3, version = $4, definition = $5, input_schema = $6, enabled = $7,
         problems = $8, updated_at = $9
       WHERE tenant_id = $1 AND id = $2`,
      [
        tenantId,
        binding.id,
        binding.toolName,
        binding.version,
        JSON.stringify(binding.definition),
        JSON.stringify(binding.inputSchema),
        binding.enabled,
        problemsColumn(binding.problems),
        binding.updatedAt,
      ],
    );
    await this.keepVersions(tx, tenantId, [binding.id]);
  }

  /** In one statement for all: a portal may have hundreds. @param at when those that are defined anew were. */
  async markAll(tx: EntityManager, tenantId: string, rechecks: readonly Recheck[], at: Date): Promise<void> {
    if (rechecks.length === 0) return;
    await tx.query(
      `UPDATE bindings b SET problems = checked.problems,
         input_schema = coalesce(checked.input_schema, b.input_schema),
         definition = coalesce(checked.definition, b.definition),
         version = b.version + (checked.definition IS NOT NULL)::int,
         updated_at = CASE WHEN checked.definition IS NULL THEN b.updated_at ELSE $6 END
       FROM unnest($2::uuid[], $3::jsonb[], $4::jsonb[], $5::jsonb[]) AS checked (id, problems, input_schema, definition)
       WHERE b.tenant_id = $1 AND b.id = checked.id`,
      [
        tenantId,
        rechecks.map(({ id }) => id),
        rechecks.map(({ problems }) => problemsColumn(problems)),
        rechecks.map(({ inputSchema }) => (inputSchema === undefined ? null : JSON.stringify(inputSchema))),
        rechecks.map(({ definition }) => (definition === undefined ? null : JSON.stringify(definition))),
        at,
      ],
    );
    const redefined = rechecks.filter(({ definition }) => definition !== undefined);
    if (redefined.length > 0)
      await this.keepVersions(
        tx,
        tenantId,
        redefined.map(({ id }) => id),
      );
  }

  async remove(tx: EntityManager, tenantId: string, id: string): Promise<void> {
    await tx.query('DELETE FROM bindings WHERE tenant_id = $1 AND id = $2', [tenantId, id]);
  }

  /** Newest first. */
  async versions(tx: EntityManager, tenantId: string, id: string): Promise<BindingVersion[]> {
    const rows = await tx.query<{ version: number; definition: BindingDefinition; created_at: Date }[]>(
      `SELECT version, definition, created_at FROM binding_versions
       WHERE tenant_id = $1 AND binding_id = $2 ORDER BY version DESC`,
      [tenantId, id],
    );
    return rows.map(({ version, definition, created_at: createdAt }) => ({ version, definition, createdAt }));
  }

  private async keepVersions(tx: EntityManager, tenantId: string, ids: readonly string[]): Promise<void> {
    await tx.query(
      `INSERT INTO binding_versions (tenant_id, binding_id, version, definition, created_at)
       SELECT tenant_id, id, version, definition, updated_at FROM bindings WHERE tenant_id = $1 AND id = ANY ($2)
       ON CONFLICT (binding_id, version) DO NOTHING`,
      [tenantId, ids],
    );
    await tx.query(
      `DELETE FROM binding_versions v USING bindings b
       WHERE v.tenant_id = $1 AND v.binding_id = ANY ($2) AND b.id = v.binding_id AND v.version <= b.version - $3`,
      [tenantId, ids, KEPT_VERSIONS],
    );
  }

  private async find(
    tx: EntityManager,
    tenantId: string,
    { agentId, id, lock }: { agentId: string; id: string; lock: string },
  ): Promise<Binding> {
    const [row] =
      isId(id) && isId(agentId)
        ? await tx.query<BindingRow[]>(
            `SELECT ${COLUMNS} FROM bindings WHERE tenant_id = $1 AND agent_id = $2 AND id = $3 ${lock}`,
            [tenantId, agentId, id],
          )
        : [];
    if (row === undefined) throw new AppError(2011, 'No binding of this AI agent has this id');
    return toBinding(row);
  }
}

/** The database alone can judge when two come at once. */
export function isToolNameTaken(error: unknown): boolean {
  return error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '23505';
}

function problemsColumn(problems: readonly BindingProblem[]): string | null {
  return problems.length === 0 ? null : JSON.stringify(problems);
}

function toBinding(row: BindingRow): Binding {
  return {
    id: row.id,
    agentId: row.agent_id,
    toolName: row.tool_name,
    origin: row.origin,
    version: row.version,
    definition: row.definition,
    inputSchema: row.input_schema,
    enabled: row.enabled,
    problems: row.problems ?? [],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
