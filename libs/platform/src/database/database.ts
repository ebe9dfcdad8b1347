import { DataSource, type EntityManager } from 'typeorm';
import { isId } from '../ids/new-id.js';
import { APP_ROLE } from './app-role.js';
import { type PreparedStatement, queryPrepared } from './prepared.js';
import { giveUpOnSilence } from './silence.js';
import { watchSession } from './watch-session.js';

export interface DatabaseOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  /** Connections of this process. Default 10. */
  poolSize?: number;
}

/**
 * A machine that vanishes closes no connection. Linux would notice after two hours, and the server would hold its locks
 * until then; so the server asks after 15 s of silence and gives up after another 15.
 */
const NOTICE_DEAD_PEERS = '-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

const STATEMENT_TIMEOUT_MS = 30_000;

/** Rows of a query, as the driver gives them: bigint and numeric as strings, timestamptz as Date. */
export type Rows<T> = T[];

/**
 * The product's door to PostgreSQL. Every unit of work is one transaction that belongs to one tenant; what has no tenant
 * yet goes through named SECURITY DEFINER functions (`acrossTenants`).
 */
export class Database {
  private constructor(private readonly dataSource: DataSource) {}

  /**
   * @throws when the server can't be reached within 10 s, the application's role is missing (not migrated), or something in
   * between (a pooler) dropped the choice of it: row-level security would not hold for another role.
   */
  static async connect(options: DatabaseOptions): Promise<Database> {
    const dataSource = new DataSource({
      type: 'postgres',
      url: options.url,
      applicationName: options.applicationName,
      synchronize: false,
      connectTimeoutMS: 10_000,
      extra: {
        max: options.poolSize ?? 10,
        options: `-c role=${APP_ROLE} ${NOTICE_DEAD_PEERS}`,
        keepAlive: true,
        keepAliveInitialDelayMillis: 10_000,
        // A statement that takes this long is a fault; better a clear error than a pool that drains away.
        statement_timeout: STATEMENT_TIMEOUT_MS,
        stream: () => giveUpOnSilence(STATEMENT_TIMEOUT_MS + 10_000),
        idle_in_transaction_session_timeout: 60_000,
      },
    });
    await dataSource.initialize();
    await refuseOtherRoles(dataSource);
    return new Database(dataSource);
  }

  /**
   * Runs `work` in one transaction that sees and writes this tenant's rows only. Commits when it resolves, rolls back
   * when it throws.
   */
  async withTenant<T>(tenantId: string, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    if (!isId(tenantId)) throw new TypeError('A unit of work needs the id of its tenant');
    const session = this.dataSource.createQueryRunner();
    try {
      // Both in one round trip, which takes a statement without parameters: an id has no character to escape.
      await session.query(`BEGIN; SELECT set_config('app.tenant_id', '${tenantId}', true)`);
      const result = await work(session.manager);
      await session.query('COMMIT');
      return result;
    } catch (error) {
      // Where the connection is lost, so is the transaction.
      await session.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await session.release();
    }
  }

  /**
   * One SELECT for a tenant in one round trip, where a unit of work takes four: for what is asked all the time. Row-level
   * security holds as everywhere. The statement names the tenant as `tenant.id`: so PostgreSQL can't run it before the
   * sub-query that sets `app.tenant_id`, nor (by `OFFSET 0`) merge the two.
   * @param parameters `$2` and so on; `$1` is taken.
   */
  async readForTenant<T>(tenantId: string, select: string, parameters: readonly unknown[] = []): Promise<Rows<T>> {
    if (!isId(tenantId)) throw new TypeError('A unit of work needs the id of its tenant');
    return this.dataSource.query<Rows<T>>(
      `SELECT answer.* FROM (SELECT set_config('app.tenant_id', $1, true)::uuid AS id OFFSET 0) tenant
       CROSS JOIN LATERAL (${select} OFFSET 0) answer`,
      [tenantId, ...parameters],
    );
  }

  /** Calls one of the named SECURITY DEFINER functions: for what comes before a tenant is known, and nothing else. */
  async acrossTenants<T>(sql: string, parameters: unknown[] = []): Promise<Rows<T>> {
    return this.dataSource.query<Rows<T>>(sql, parameters);
  }

  /** The same for one that is called with every request. */
  async preparedAcrossTenants<T extends object>(statement: PreparedStatement, parameters: unknown[]): Promise<Rows<T>> {
    const session = this.dataSource.createQueryRunner();
    try {
      return await queryPrepared<T>(session.manager, statement, parameters);
    } finally {
      await session.release();
    }
  }

  /**
   * Runs `work` while holding a lock that no other process holds, or not at all. The lock belongs to a connection of its
   * own and goes with it, so a killed process leaves nothing behind. A connection can be lost while the process lives on:
   * `held` says so as soon as it is noticed, but `work` must not rely on the lock alone.
   */
  async withLock<T>(
    name: string,
    work: (held: AbortSignal) => Promise<T>,
  ): Promise<{ acquired: false } | { acquired: true; result: T }> {
    const session = this.dataSource.createQueryRunner();
    try {
      const [row] = await session.manager.query<Rows<{ acquired: boolean }>>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS acquired',
        [name],
      );
      if (row?.acquired !== true) return { acquired: false };
      const watch = watchSession(session);
      try {
        return { acquired: true, result: await work(watch.held) };
      } finally {
        watch.stop();
        // A connection that broke meanwhile has lost the lock already.
        if (!watch.held.aborted)
          await session.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch(() => undefined);
      }
    } finally {
      await session.release();
    }
  }

  /** Whether the database answers; for health checks. Rejects when it doesn't. */
  async ping(): Promise<void> {
    await this.dataSource.query('SELECT 1');
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

async function refuseOtherRoles(dataSource: DataSource): Promise<void> {
  const [role] = await dataSource.query<{ name: string; unbound: boolean }[]>(
    'SELECT rolname AS name, rolsuper OR rolbypassrls AS unbound FROM pg_roles WHERE rolname = current_user',
  );
  if (role?.name === APP_ROLE && !role.unbound) return;
  await dataSource.destroy();
  throw new Error(
    `The connection runs as ${role?.name ?? 'nobody'}, not as ${APP_ROLE}: row-level security would not hold. A pooler must pass the start-up parameter "options" on.`,
  );
}
