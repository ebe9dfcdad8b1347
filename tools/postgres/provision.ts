import { Client } from 'pg';

/** What the product logs in as: owns its database and may create its own role, and is no superuser, so that row-level security holds. */
const ROLE = 'threadline';

/**
 * Makes the product's role and a database it owns, or leaves them as they are and sets the password again.
 * @returns the database's address for that role.
 */
export async function provisionDatabase(
  adminUrl: string,
  { database, password }: { database: string; password: string },
): Promise<string> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const role = client.escapeIdentifier(ROLE);
    const { rowCount: roles } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [ROLE]);
    if (roles === 0) await client.query(`CREATE ROLE ${role}`);
    // CREATEROLE, because the first migration makes the unprivileged role that the product's queries run as.
    await client.query(
      `ALTER ROLE ${role} LOGIN CREATEROLE NOSUPERUSER NOBYPASSRLS PASSWORD ${client.escapeLiteral(password)}`,
    );
    const { rowCount: databases } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (databases === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} OWNER ${role}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.username = ROLE;
  url.password = password;
  url.pathname = `/${database}`;
  return url.href;
}
