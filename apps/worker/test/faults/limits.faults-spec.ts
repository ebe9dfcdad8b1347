import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { type FaultServers, startFaultServers } from '@app/testing';
import { openHouse } from './house.js';
import { expectRightOutcomes } from './trial.js';

/** Far below HubSpot's 100, so that a small backlog keeps a portal at its limit for half a minute. */
const CALLS_PER_10S = 20;
const CONVERSATIONS = 600;
const KILLS = 5;

let servers: FaultServers;

beforeAll(async () => {
  servers = await startFaultServers();
}, 60_000);

afterAll(() => servers?.stop(), 30_000);

describe('a portal at its limit', () => {
  it.each([
    ['PostgreSQL', undefined],
    ['Redis', () => servers.redisUrl],
  ])(
    'is never called more often than it allows, though workers are killed and started, with the queue on %s',
    async (queue, redisUrl) => {
      const house = await openHouse({ databaseUrl: await servers.createDatabase(), redisUrl: redisUrl?.() });
      try {
        await expectRightOutcomes(house, { name: `limits, queue on ${queue}` }, async (trial) => {
          await trial.allow(CALLS_PER_10S);
          await trial.handOver(CONVERSATIONS, { long: 0 });
          for (let kill = 0; kill < KILLS; kill++) {
            await sleep(trial.random.between(1_000, 4_000));
            trial.note('all workers are killed');
            await house.killWorkers();
          }
        });
      } finally {
        await house.stop();
      }
    },
    300_000,
  );
});
