import { explainFailure, migrate } from '@app/platform';
import { MIGRATIONS } from './migrations.js';

/** `npm run migrate`: brings the schema of DATABASE_URL up to date and says what it did. */
const { DATABASE_URL: databaseUrl } = process.env;
if (databaseUrl === undefined || databaseUrl === '') {
  console.error('DATABASE_URL is required');
  process.exit(1);
}
try {
  const ran = await migrate(databaseUrl, MIGRATIONS);
  console.log(ran.length === 0 ? 'The schema is up to date' : `Migrated: ${ran.join(', ')}`);
} catch (error) {
  console.error(explainFailure(error));
  process.exitCode = 1;
}
