import { DataSource, type MigrationInterface } from 'typeorm';

export type MigrationClass = new () => MigrationInterface;

/** Any number will do, as long as nothing else in the database locks on it. */
const MIGRATION_LOCK = 7_316_110_001;

/**
 * Brings the schema up to date. Safe to call from every process at once: they queue on an advisory lock and all but the
 * first find nothing to do.
 * @returns names of the migrations that ran.
 */
export async function migrate(databaseUrl: string, migrations: readonly MigrationClass[]): Promise<string[]> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    migrations: [...migrations],
    migrationsTableName: 'schema_migrations',
    connectTimeoutMS: 10_000,
    extra: { max: 2 },
  });
  await dataSource.initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    return ran.map(({ name }) => name);
  } finally {
    await lock.release();
    await dataSource.destroy();
  }
}
