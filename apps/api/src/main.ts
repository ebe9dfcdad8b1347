import {
  createLogger,
  Database,
  endWhenStopped,
  explainFailure,
  migrate,
  PrometheusMetrics,
  readConfig,
  serveMetrics,
} from '@app/platform';
import { EnsureTenant } from '@app/tenants';
import { ApiModule } from './api.module.js';
import { serveConsole } from './console/serve-console.js';
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
  const metrics = new PrometheusMetrics();
  const app = await createHttpApp(ApiModule.with(config, database, logger, metrics), logger, { ...config, metrics });
  serveDocs(app);
  await serveConsole(app, config);
  endWhenStopped(app, logger, config);
  const { apiPort, host } = config.metricsAddress;
  if (apiPort !== undefined) await serveMetrics(metrics, { host, port: apiPort }, logger);
  await app.listen(config.port, config.host);
  logger.info({ url: await app.getUrl() }, 'api ready');
}

start().catch((error: unknown) => {
  console.error(explainFailure(error));
  process.exit(1);
});
