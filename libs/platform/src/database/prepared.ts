import type { PoolClient } from 'pg';
import { type EntityManager, QueryFailedError } from 'typeorm';

/** A statement that runs all the time. */
export interface PreparedStatement {
  /** Stands for this text in the whole program. */
  name: string;
  /** Names its columns: with `*` a connection that has it prepared refuses to run it once a migration added one. */
  text: string;
}

/**
 * Runs it as a prepared statement, which each connection parses once: for a statement with dozens of parameters that is
 * most of a millisecond each time. Only for those whose plan doesn't depend on the values: after five executions
 * PostgreSQL may keep one plan for all.
 * @throws QueryFailedError as any other statement does.
 */
export async function queryPrepared<T extends object>(
  tx: EntityManager,
  { name, text }: PreparedStatement,
  values: unknown[],
): Promise<T[]> {
  const client = (await tx.queryRunner?.connect()) as PoolClient | undefined;
  if (client === undefined) throw new TypeError('A prepared statement needs a unit of work');
  try {
    const { rows } = await client.query<T>({ name, text, values });
    return rows;
  } catch (error) {
    throw new QueryFailedError(text, values, error as Error);
  }
}
