import {
  createLogger,
  Database,
  endWhenStopped,
  explainFailure,
  migrate,
  nestLogger,
  PrometheusMetrics,
  readConfig,
  serveMetrics,
} from '@app/platform';
import { NestFactory } from '@nestjs/core';
import { MIGRATIONS } from './migrations.js';
import { WorkerModule } from './worker.module.js';

/** Each portal that is served holds two connections: its lock, and its units of work. */
const POOL_SIZE = 20;

async function start(): Promise<void> {
  const config = readConfig();
  const logger = createLogger({ level: config.logLevel, name: 'worker' });
  await migrate(config.databaseUrl, MIGRATIONS);
  const database = await Database.connect({
    url: config.databaseUrl,
    applicationName: 'threadline-worker',
    poolSize: POOL_SIZE,
  });
  const metrics = new PrometheusMetrics();
  const app = await NestFactory.createApplicationContext(WorkerModule.with(config, database, logger, metrics), {
    logger: nestLogger(logger),
    abortOnError: false,
  });
  endWhenStopped(app, logger, config);
  const { workerPort, host } = config.metricsAddress;
  if (workerPort !== undefined) await serveMetrics(metrics, { host, port: workerPort }, logger);
  logger.info('worker ready');
}

start().catch((error: unknown) => {
  console.error(explainFailure(error));
  process.exit(1);
});
