import { parseArgs } from 'node:util';
import { Database, readConfig } from '@app/platform';
import { EnsureTenant, newApiKey } from '@app/tenants';

/**
 * `npm run admin -- ensure-tenant --name Acme --admin-email a@acme.test`: makes a tenant with an admin and an API key, if
 * they are absent. The password and the key come from ADMIN_PASSWORD and ADMIN_API_KEY, so that they stand in no process
 * list; left out, they are made up and printed.
 */
const USAGE = 'Usage: npm run admin -- ensure-tenant --name <tenant> --admin-email <email>';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { name: { type: 'string' }, 'admin-email': { type: 'string' } },
});
const { name, 'admin-email': adminEmail } = values;
if (positionals[0] !== 'ensure-tenant' || name === undefined || adminEmail === undefined) {
  console.error(USAGE);
  process.exit(2);
}
const config = readConfig();
const database = await Database.connect({ url: config.databaseUrl, applicationName: 'threadline-admin', poolSize: 2 });
try {
  const adminPassword = process.env['ADMIN_PASSWORD'] ?? newApiKey().slice(-16);
  const apiKey = process.env['ADMIN_API_KEY'] ?? newApiKey();
  const tenantId = await new EnsureTenant(database).execute({ tenant: name, adminEmail, adminPassword, apiKey });
  console.log(`Tenant ${name} is there (${tenantId})`);
  if (process.env['ADMIN_PASSWORD'] === undefined) console.log(`Password for ${adminEmail}, if new: ${adminPassword}`);
  if (process.env['ADMIN_API_KEY'] === undefined) console.log(`A new API key: ${apiKey}`);
} finally {
  await database.close();
}
