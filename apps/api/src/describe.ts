import { createLogger, type Database, readConfig } from '@app/platform';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { ApiModule } from './api.module.js';
import { describeApi } from './docs/openapi.js';

/**
 * Prints the OpenAPI document. Nest's preview mode reads the routes without making anything, so neither a database nor a
 * queue is needed; the configuration only has to be well-formed.
 */
const config = readConfig({
  DATABASE_URL: 'postgres://nobody@localhost/nothing',
  ENCRYPTION_KEYS: `none:${Buffer.alloc(32).toString('base64')}`,
  SESSION_SECRET: '-'.repeat(32),
});
const logger = createLogger({ level: 'silent', name: 'describe' });
const module = ApiModule.with(config, {} as Database, logger);
const app = await NestFactory.create(module, new FastifyAdapter(), {
  preview: true,
  logger: false,
  abortOnError: false,
});
process.stdout.write(`${JSON.stringify(describeApi(app), null, 2)}\n`);
