import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, it } from '@jest/globals';
import { type FaultServers, startFaultServers } from '@app/testing';
import type { FaultAction, FaultRule } from '@app/testing';
import { type House, openHouse, TIMEOUT_SECONDS } from './house.js';
import { expectRightOutcomes, type Trial } from './trial.js';

const CREATES = { route: 'objects.batchCreate' };
const ROUNDS = 8;
const PER_ROUND = 25;

/** HubSpot's lateness: how long after our time-out a write may still take effect. */
const LATE_MS = { least: 500, most: 4_000 };

let opening: Promise<{ servers: FaultServers; house: House }> | undefined;

/** Shared by all, each with a portal of its own: one portal's trouble must not be another's. */
function open(): Promise<{ servers: FaultServers; house: House }> {
  opening ??= startFaultServers().then(async (servers) => {
    return { servers, house: await openHouse({ databaseUrl: await servers.createDatabase() }) };
  });
  return opening;
}

afterAll(async () => {
  const opened = await opening?.catch(() => undefined);
  await opened?.house.stop();
  await opened?.servers.stop();
}, 30_000);

/** What HubSpot does to the next call or two of one kind, drawn anew in every round. */
type Misbehaviour = (trial: Trial) => { rule: Omit<FaultRule, 'hubId' | 'actions'>; actions: FaultAction[] };

const sometimes = { skip: 0, times: 2 };

const MISBEHAVIOURS: Readonly<Record<string, Misbehaviour>> = {
  'connections cut before HubSpot commits': () => ({
    rule: { ...CREATES, ...sometimes },
    actions: [{ kind: 'reset', when: 'before' }],
  }),
  'connections cut after HubSpot commits': () => ({
    rule: { ...CREATES, ...sometimes },
    actions: [{ kind: 'reset', when: 'after' }],
  }),
  '5xx after HubSpot commits': ({ random }) => ({
    rule: { ...CREATES, ...sometimes },
    actions: [{ kind: 'status', status: random.pick([500, 502, 503, 504, 524]), when: 'after' }],
  }),
  'answers past the time-out whose write commits late': ({ random }) => ({
    rule: { ...CREATES, ...sometimes },
    actions: [
      { kind: 'delay', ms: TIMEOUT_SECONDS * 1000 + random.between(LATE_MS.least, LATE_MS.most), when: 'before' },
    ],
  }),
  'answers cut off in the middle': ({ random }) => ({
    rule: { ...CREATES, ...sometimes },
    actions: [{ kind: 'truncate', keepShare: random.next() }],
  }),
  'reads that fail in every way': ({ random }) => ({
    rule: { route: random.pick(['search', 'objects.batchRead', 'associations.batchRead']), times: 3 },
    actions: [
      random.pick<FaultAction>([
        { kind: 'reset', when: 'after' },
        { kind: 'status', status: 500 },
        { kind: 'truncate' },
        { kind: 'delay', ms: (TIMEOUT_SECONDS + 1) * 1000 },
      ]),
    ],
  }),
  '207s that leave one input undone': ({ random }) => ({
    rule: { ...CREATES, times: 2 },
    actions: [
      {
        kind: 'batch_item',
        index: random.between(0, 4),
        ...random.pick([{}, { category: 'VALIDATION_ERROR', message: 'The portal says no to this one' }]),
      },
    ],
  }),
  'a storm of 429s': ({ random }) => ({
    rule: { probability: 0.4, times: 6, seed: random.between(1, 1_000) },
    actions: [
      {
        kind: 'status',
        status: 429,
        ...random.pick([
          { policy: 'SECONDLY' as const },
          { policy: 'SECONDLY' as const, retryAfterSeconds: 2 },
          { policy: 'TEN_SECONDLY_ROLLING' as const, retryAfterSeconds: 1 },
          { policy: 'TEN_SECONDLY_ROLLING' as const },
        ]),
      },
    ],
  }),
  'records locked and a portal on the move': ({ random }) => ({
    rule: { ...CREATES, times: 1 },
    actions: [{ kind: 'status', ...random.pick([{ status: 423 }, { status: 477, retryAfterSeconds: 2 }]) }],
  }),
};

describe('HubSpot answers badly:', () => {
  it.concurrent.each(Object.entries(MISBEHAVIOURS))(
    '%s',
    async (name, misbehave) => {
      const { house } = await open();
      await expectRightOutcomes(house, { name }, async (trial) => {
        for (let round = 0; round < ROUNDS; round++) {
          const { rule, actions } = misbehave(trial);
          await trial.misbehave({ ...rule, actions });
          await trial.handOver(PER_ROUND);
          await sleep(trial.random.between(200, 1_500));
        }
      });
    },
    300_000,
  );
});
