import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { type FaultServers, startFaultServers } from '@app/testing';
import { openHouse, TIMEOUT_SECONDS } from './house.js';
import { expectRightOutcomes, type Trial } from './trial.js';

const ROUNDS = 12;
const PER_ROUND = 25;

/** Beside what one fault alone takes, a throttled call waits its second or two before it leaves. */
const SETTLE_SECONDS = 25;

let servers: FaultServers;

beforeAll(async () => {
  servers = await startFaultServers();
}, 60_000);

afterAll(() => servers?.stop(), 30_000);

type Fault = (trial: Trial, databaseUrl: string) => Promise<unknown>;

const CREATES = { route: 'objects.batchCreate', times: 1 };

const FAULTS: Readonly<Record<string, Fault>> = {
  'a worker is killed': ({ house, random }) => house.killWorker(random.between(0, house.workerCount - 1)),
  'all workers are killed': ({ house }) => house.killWorkers(),
  'all workers are stopped': ({ house }) => house.stopWorkers(),
  'the API is killed': ({ house }) => house.killApi(),
  'PostgreSQL is restarted': ({ random }) => servers.restart('postgres', random.pick(['SIGINT', 'SIGQUIT'])),
  'a backend is killed': (_, databaseUrl) => servers.killBackend(databaseUrl),
  'Redis is flushed': () => servers.flushRedis(),
  'Redis is killed': () => servers.restart('redis', 'SIGKILL'),
  'tokens expire': ({ house, tenant }) =>
    house.simulator.control.call('POST', `/portals/${tenant.hubId}/expire-access-tokens`),
  'a connection is cut': (trial) =>
    trial.misbehave({ ...CREATES, actions: [{ kind: 'reset', when: trial.random.pick(['before', 'after']) }] }),
  'an answer is lost': (trial) =>
    trial.misbehave({ ...CREATES, actions: [{ kind: 'status', status: 502, when: 'after' }] }),
  'a write commits late': (trial) => {
    const ms = TIMEOUT_SECONDS * 1000 + trial.random.between(500, 3_000);
    return trial.misbehave({ ...CREATES, actions: [{ kind: 'delay', ms, when: 'before' }] });
  },
  'one input is left undone': (trial) => trial.misbehave({ ...CREATES, actions: [{ kind: 'batch_item', index: 1 }] }),
  'a call is throttled': (trial) => {
    const action = { kind: 'status', status: 429, policy: 'SECONDLY', retryAfterSeconds: 1 } as const;
    return trial.misbehave({ times: 2, actions: [action] });
  },
};

describe('several faults at once', () => {
  it.each([
    ['PostgreSQL', undefined],
    ['Redis', () => servers.redisUrl],
  ])(
    'drawn at random, with the queue on %s',
    async (queue, redisUrl) => {
      const databaseUrl = await servers.createDatabase();
      const house = await openHouse({ databaseUrl, redisUrl: redisUrl?.(), settleSeconds: SETTLE_SECONDS });
      try {
        await expectRightOutcomes(house, { name: `mix, queue on ${queue}`, oauth: true }, async (trial) => {
          for (let round = 0; round < ROUNDS; round++) {
            const names = Array.from({ length: trial.random.between(1, 3) }, () =>
              trial.random.pick(Object.keys(FAULTS)),
            );
            const handingOver = trial.handOver(PER_ROUND);
            const striking = strike(trial, names, databaseUrl);
            await Promise.all([handingOver, striking]);
          }
        });
      } finally {
        await house.stop();
      }
    },
    400_000,
  );
});

async function strike(trial: Trial, names: readonly string[], databaseUrl: string): Promise<void> {
  for (const name of names) {
    await sleep(trial.random.between(0, 700));
    trial.note(name);
    await FAULTS[name]?.(trial, databaseUrl);
  }
}
