import { APP_ROLE } from './app-role.js';

/**
 * SQL that closes a table (with a `tenant_id` column) to every tenant but the one of the unit of work. Without
 * `app.tenant_id` set, no row is visible and none can be written: forgetting it fails closed.
 */
export function isolateTenants(table: string, privileges = 'SELECT, INSERT, UPDATE, DELETE'): string {
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    CREATE POLICY tenant_isolation ON ${table}
      USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
      WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
    GRANT ${privileges} ON ${table} TO ${APP_ROLE};
  `;
}

/**
 * SQL that makes `signature` callable by the application although it reads across tenants: for the few look-ups that
 * come before a tenant is known. `search_path` is pinned so that a caller can't slip tables of its own in.
 */
export function allowAcrossTenants(signature: string): string {
  return `
    ALTER FUNCTION ${signature} SECURITY DEFINER SET search_path = public, pg_temp;
    REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION ${signature} TO ${APP_ROLE};
  `;
}
