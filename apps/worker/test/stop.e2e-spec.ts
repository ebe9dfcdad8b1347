import { afterEach, describe, expect, it } from '@jest/globals';
import { type FaultRule, waitFor } from '@app/testing';
import { readTranscript } from '@app/transcripts/testing';
import { type House, openHouse } from './house.js';
import { readPortal } from './read-portal.js';

const CONVERSATIONS = 40;
/**
 * What a worker has to end here. By design it takes two seconds for a call that is on its way; a busy machine takes longer
 * for everything.
 */
const STOP_WITHIN_SECONDS = 10;
/** Longer than that, so that whoever waits for the answer is found out; shorter than a call's time-out. */
const HELD_MS = 16_000;
const ENV = { STOP_WITHIN_SECONDS: String(STOP_WITHIN_SECONDS) };
/** Nowhere near what forty new people take. */
const CALLS_PER_10S = 2;

let house: House | undefined;

afterEach(async () => {
  await house?.stop();
  house = undefined;
});

async function closeConversations({ tenant }: House): Promise<void> {
  const conversations = Array.from({ length: CONVERSATIONS }, (_, index) => ({
    channel: 'chat',
    direction: 'inbound',
    customer: index % 2 === 0 ? { email: `c${index}@example.com` } : { phone: `+49151${10_000_000 + index}` },
    messages: [{ author: 'customer', text: `This is ${index}` }],
    closedAt: new Date().toISOString(),
  }));
  const { status } = await tenant.post('/conversations/batch', { conversations });
  expect(status).toBeLessThan(300);
}

/** As an operator does it. The worker says so when it could not let go in time. */
async function expectCleanStop({ worker }: House): Promise<void> {
  const program = worker();
  await program.stop({ timeoutMs: 30_000 });
  expect(program.lines().filter((line) => line.includes('stopping took too long'))).toEqual([]);
  expect(program.logs().filter(({ level }) => Number(level) >= 50)).toEqual([]);
}

/** The next worker writes all of them, each once. */
async function expectAllWritten(opened: House): Promise<void> {
  await opened.restartWorker();
  await opened.settled({ timeoutMs: 90_000 });
  expect(await opened.tenant.stats()).toMatchObject({ written: CONVERSATIONS, skipped: {}, failed: {} });
  const { notes, contacts } = await readPortal(opened);
  const said = notes.flatMap(({ body }) => readTranscript([body]).match(/This is \d+/g) ?? []);
  expect(said.toSorted()).toEqual(Array.from({ length: CONVERSATIONS }, (_, index) => `This is ${index}`).toSorted());
  expect(contacts).toHaveLength(CONVERSATIONS);
}

describe('a worker that is stopped', () => {
  it.each([
    ['PostgreSQL', false],
    ['Redis', true],
  ])(
    'does not wait for a place in the portal’s quota; what it had claimed is as if it had not (queue on %s)',
    async (_, redis) => {
      house = await openHouse({ redis, portal: { limits: { staticPer10s: CALLS_PER_10S } }, env: ENV });
      const { simulator, hubId, tenant } = house;
      await simulator.control.resetLimits();
      await simulator.control.resetStats(hubId);
      await closeConversations(house);
      await waitFor(async () => (await simulator.control.stats(hubId)).burstCalls >= CALLS_PER_10S - 1, {
        timeoutMs: 60_000,
        what: 'the quota to be used up',
      });
      await expectCleanStop(house);
      await simulator.control.changePortal(hubId, { limits: { staticPer10s: 100 } });
      const attempts = (await tenant.deliveries()).flatMap((delivery) => delivery.attempts);
      expect(attempts.filter(({ detail }) => detail.includes('stopped'))).toEqual([]);
      await expectAllWritten(house);
    },
    180_000,
  );

  const unanswered: [string, Omit<FaultRule, 'actions'>, 'before' | 'after'][] = [
    ['a look-up', { path: '*/contacts/batch/read' }, 'before'],
    ['a search', { route: 'search' }, 'before'],
    ['a create of contacts that was carried out', { path: '*/contacts/batch/create' }, 'after'],
    ['a write that was carried out', { path: '*/notes/batch/create' }, 'after'],
  ];
  it.each(unanswered)(
    'does not wait long for the answer to %s',
    async (_, rule, when) => {
      house = await openHouse({ env: ENV });
      const { control } = house.simulator;
      const { id } = await control.addFault({ ...rule, times: 1, actions: [{ kind: 'delay', ms: HELD_MS, when }] });
      await closeConversations(house);
      const isHit = async (): Promise<boolean> =>
        (await control.faults()).some((each) => each.id === id && each.hit > 0);
      await waitFor(isHit, { timeoutMs: 60_000, what: 'the call to be on its way' });
      await expectCleanStop(house);
      await expectAllWritten(house);
    },
    180_000,
  );
});
