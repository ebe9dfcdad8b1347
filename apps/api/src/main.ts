import { ConfigurationError, createLogger, Database, migrate, readConfig } from '@app/platform';
import { EnsureTenant } from '@app/tenants';
import { ApiModule } from './api.module.js';
import { serveDocs } from './docs/openapi.js';
import { createHttpApp } from './http/http-app.js';
import { MIGRATIONS } from './migrations.js';

async function start(): Promise<void> {
  const config = readConfig();
  const logger = createLogger({ level: config.logLevel, name: 'api' });
  const ran = await migrate(config.databaseUrl, MIGRATIONS);
  if (ran.length > 0) logger.info({ migrations: ran }, 'migrated');
  const database = await Database.connect({ url: config.databaseUrl, applicationName: 'threadline-api' });
  if (config.bootstrap !== undefined) await new EnsureTenant(database).execute(config.bootstrap);
  const app = await createHttpApp(ApiModule.with(config, database, logger), logger, config);
  serveDocs(app);
  app.enableShutdownHooks();
  await app.listen(config.port, '0.0.0.0');
  logger.info({ url: await app.getUrl() }, 'api ready');
}

start().catch((error: unknown) => {
  // An operator reads these: what is wrong in one screen, without a stack where there is nothing to debug.
  const known = error instanceof ConfigurationError || (error as { code?: string }).code === 'EADDRINUSE';
  console.error(known && error instanceof Error ? error.message : error);
  process.exit(1);
});
