import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { type FaultServers, startFaultServers, waitFor } from '@app/testing';
import { openHouse, type HouseOptions } from './house.js';
import { expectRightOutcomes, type Trial } from './trial.js';

/** Beyond what a worker that is stopped waits for an answer, within its time-out of a call. */
const STOPPED_AFTER_MS = 2_700;

let servers: FaultServers;

beforeAll(async () => {
  servers = await startFaultServers();
}, 60_000);

afterAll(() => servers?.stop(), 30_000);

async function expectRightDespite(
  name: string,
  options: Omit<HouseOptions, 'databaseUrl'>,
  work: (trial: Trial, databaseUrl: string) => Promise<void>,
): Promise<void> {
  const databaseUrl = await servers.createDatabase();
  const house = await openHouse({ databaseUrl, ...options });
  try {
    await expectRightOutcomes(house, { name }, async (trial) => {
      await work(trial, databaseUrl);
    });
  } finally {
    await house.stop();
  }
}

describe('what Threadline stands on goes away:', () => {
  it.each([
    ['PostgreSQL', undefined],
    ['Redis', () => servers.redisUrl],
  ])(
    'PostgreSQL is restarted, with the queue on %s',
    async (queue, redisUrl) => {
      await expectRightDespite(
        `database, queue on ${queue}`,
        { redisUrl: redisUrl?.() },
        async (trial, databaseUrl) => {
          const ends = {
            'fast shutdown': () => servers.restart('postgres', 'SIGINT'),
            'immediate shutdown': () => servers.restart('postgres', 'SIGQUIT'),
            'kill -9 of a backend': () => servers.killBackend(databaseUrl),
          };
          for (let round = 0; round < 2; round++) {
            for (const [name, end] of Object.entries(ends)) {
              const handingOver = trial.handOver(30);
              await sleep(trial.random.between(0, 500));
              trial.note(`PostgreSQL: ${name}`);
              await Promise.all([end(), handingOver]);
              await sleep(trial.random.between(0, 500));
            }
          }
        },
      );
    },
    300_000,
  );

  it('Redis is flushed and restarted', async () => {
    await expectRightDespite('redis', { redisUrl: servers.redisUrl }, async (trial) => {
      for (let round = 0; round < 6; round++) {
        const handingOver = trial.handOver(30);
        await sleep(trial.random.between(0, 400));
        trial.note(round % 2 === 0 ? 'Redis is flushed' : 'Redis is killed');
        await Promise.all([round % 2 === 0 ? servers.flushRedis() : servers.restart('redis', 'SIGKILL'), handingOver]);
      }
    });
  }, 300_000);

  it.each([
    ['PostgreSQL', undefined, ['batch/read', 'notes/batch/create']],
    ['Redis', () => servers.redisUrl, ['search', 'contacts/batch/create']],
  ] as [string, (() => string) | undefined, string[]][])(
    'all workers are stopped, as for a new version, while calls are on their way, with the queue on %s',
    async (queue, redisUrl, paths) => {
      await expectRightDespite(`deployment, queue on ${queue}`, { redisUrl: redisUrl?.() }, async (trial) => {
        for (const path of paths) {
          const when = trial.random.pick(['before', 'after'] as const);
          // Longer than a stopped worker waits for the answer, or shorter.
          const ms = trial.random.pick([700, STOPPED_AFTER_MS]);
          const id = await trial.misbehave({ path: `*/${path}`, times: 2, actions: [{ kind: 'delay', ms, when }] });
          await trial.handOver(30);
          await waitFor(async () => (await trial.hits(id)) > 0, { timeoutMs: 30_000, what: 'a call to be on its way' });
          trial.note(`stops all workers, ${path} held ${when} it takes effect`);
          await trial.house.stopWorkers();
          await trial.endFaults();
        }
      });
    },
    300_000,
  );

  it('the API is killed between commit and wake-up, and at any other moment', async () => {
    await expectRightDespite('api', { redisUrl: servers.redisUrl, workers: 2 }, async (trial) => {
      for (let round = 0; round < 8; round++) {
        if (round % 2 === 0) {
          // What was committed is acknowledged, and its wake-up can't leave.
          const release = servers.holdRedis();
          try {
            await trial.handOver(20);
            trial.note('the API is killed while Redis holds still');
            await trial.house.killApi();
          } finally {
            release();
          }
        } else {
          const handingOver = trial.handOver(20);
          await sleep(trial.random.between(0, 60));
          trial.note('the API is killed');
          await Promise.all([trial.house.killApi(), handingOver]);
        }
      }
    });
  }, 300_000);
});
