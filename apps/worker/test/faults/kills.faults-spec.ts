import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { type FaultServers, startFaultServers } from '@app/testing';
import type { FaultAction, FaultRule } from '@app/testing';
import { type House, openHouse } from './house.js';
import { expectRightOutcomes, type Trial } from './trial.js';

const ROUNDS = Number(process.env['FAULTS_ROUNDS'] ?? 50);
const PER_ROUND = 20;

/** How long a round waits for the call it wants to kill in: one that reads back comes only when something settles. */
const PATIENCE_MS = 1_500;
const HELD_MS = 400;

type Moment =
  'at once' | 'any time' | { hold: string; rule: Omit<FaultRule, 'hubId' | 'actions'>; when: 'before' | 'after' };

const CONTACTS = { path: '*/contacts/batch/create' };
const NOTES = { path: '*/notes/batch/create' };
const CALLS = { path: '*/calls/batch/create' };
const MOMENTS: readonly Moment[] = [
  'at once',
  'any time',
  'any time',
  { hold: 'matching by email', rule: { path: '*/contacts/batch/read' }, when: 'before' },
  { hold: 'searching', rule: { route: 'search' }, when: 'before' },
  { hold: 'contacts on the way', rule: CONTACTS, when: 'before' },
  { hold: 'contacts made, answer on the way', rule: CONTACTS, when: 'after' },
  { hold: 'notes on the way', rule: NOTES, when: 'before' },
  { hold: 'notes written, answer on the way', rule: NOTES, when: 'after' },
  { hold: 'calls written, answer on the way', rule: CALLS, when: 'after' },
  { hold: 'reading back', rule: { route: 'associations.batchRead' }, when: 'after' },
];

let servers: FaultServers;
let house: House | undefined;

beforeAll(async () => {
  servers = await startFaultServers();
}, 60_000);

afterAll(() => servers?.stop());

describe('kill -9 of workers', () => {
  it.each([
    ['PostgreSQL', undefined],
    ['Redis', () => servers.redisUrl],
  ])(
    `${ROUNDS} times between them, with the queue on %s`,
    async (queue, redisUrl) => {
      house = await openHouse({ databaseUrl: await servers.createDatabase(), redisUrl: redisUrl?.() });
      try {
        await expectRightOutcomes(house, { name: `workers killed, queue on ${queue}` }, async (trial) => {
          for (let round = 0; round < Math.ceil(ROUNDS / 2); round++) await killInOneMoment(trial);
        });
      } finally {
        await house.stop();
      }
    },
    400_000,
  );
});

/** Hands over some conversations, waits for the moment that was drawn, and kills one worker or all of them. */
async function killInOneMoment(trial: Trial): Promise<void> {
  const { random, house } = trial;
  const moment = random.pick(MOMENTS);
  const all = random.chance(0.6);
  const delayMs = random.between(0, 600);
  const victim = random.between(0, house.workerCount - 1);
  const actions: FaultAction[] = typeof moment === 'object' ? [{ kind: 'delay', ms: HELD_MS, when: moment.when }] : [];
  const held = typeof moment === 'object' ? await trial.misbehave({ ...moment.rule, times: 1, actions }) : undefined;
  await trial.handOver(PER_ROUND);
  if (held !== undefined) await waitForHit(trial, held);
  else if (moment === 'any time') await sleep(delayMs);
  const name = typeof moment === 'object' ? moment.hold : moment;
  trial.note(`kills ${all ? 'all workers' : `worker ${victim}`}, ${name}`);
  await (all ? house.killWorkers() : house.killWorker(victim));
  await trial.endFaults();
}

async function waitForHit(trial: Trial, id: string): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(10)) {
    if ((await trial.hits(id)) > 0) return;
  }
}
