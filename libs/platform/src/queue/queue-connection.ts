import type { BullRootModuleOptions } from '@nestjs/bullmq';
import { createPostgresBackend, setDefaultBackendFactory } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from '../logging/logger.js';
import { queueTrouble } from './queue-trouble.js';

export interface QueueBackendOptions {
  databaseUrl: string;
  redisUrl?: string;
  /** Producers fail fast so that a request never hangs on the queue; workers wait for it to come back. */
  role: 'producer' | 'worker';
  logger: Logger;
}

/**
 * Chooses where BullMQ keeps its jobs, for the whole process: Redis when there is one, else PostgreSQL (schema `bullmq`,
 * made on first use). Queues carry wake-ups only, so either may be emptied at any time.
 */
export function queueConnection(options: QueueBackendOptions): BullRootModuleOptions {
  if (options.redisUrl !== undefined) {
    const redis = new Redis(options.redisUrl, {
      maxRetriesPerRequest: options.role === 'worker' ? null : 1,
      enableOfflineQueue: options.role === 'worker',
      connectTimeout: 5_000,
      retryStrategy: (attempt: number) => Math.min(attempt * 200, 5_000),
    });
    redis.on('error', queueTrouble(options.logger));
    return { connection: redis };
  }
  setDefaultBackendFactory(createPostgresBackend);
  return {
    // With the PostgreSQL factory set, a node-postgres configuration is what is read.
    connection: {
      connectionString: options.databaseUrl,
      schema: 'bullmq',
      migrate: true,
      max: options.role === 'worker' ? 4 : 2,
      connectionTimeoutMillis: 5_000,
    },
  };
}
