import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@app/platform';
import { WritebackHouse } from '../../testing/writeback-house.js';
import { MakeSummaries } from '../summarise/make-summaries.js';
import type { Summariser } from '../summarise/summariser.port.js';
import type { Delivery } from './delivery.js';

const PATIENCE_MS = 300;
const ADA = { email: 'ada@example.com' };

let house: WritebackHouse;

beforeAll(async () => {
  house = await WritebackHouse.open();
});

afterAll(() => house.close());

beforeEach(() => house.moveIn('summary'));

async function run(model: Summariser | undefined, stop?: AbortSignal): Promise<void> {
  const logger = createLogger({ level: 'silent', name: 'test' });
  const summaries = new MakeSummaries(house.database, logger, model, PATIENCE_MS);
  await house.worker({ summaries }).execute({ tenantId: house.tenantId }, stop);
}

/** Says something else every time it is asked, as models do. */
class Moody implements Summariser {
  asked = 0;
  readonly read: string[] = [];

  summarise({ messages }: Parameters<Summariser['summarise']>[0]): Promise<string> {
    this.asked += 1;
    this.read.push(messages.map(({ text }) => text).join());
    return Promise.resolve(`Summary number ${this.asked} <b>`);
  }
}

const broken: Summariser = { summarise: () => Promise.reject(new Error('It answered 500')) };
const silent: Summariser = { summarise: () => new Promise(() => undefined) };

const first = async (): Promise<Delivery | undefined> => (await house.all())[0];

describe('summaries by a model', () => {
  it('are written escaped, made of scrubbed text', async () => {
    const model = new Moody();
    await house.closed([ADA], { messages: [{ author: 'customer', text: 'My card is 4111 1111 1111 1111' }] });
    await run(model);
    expect(house.bodies()).toEqual([expect.stringContaining('Summary number 1 &lt;b&gt;')]);
    expect(model.read).toEqual(['My card is [card •••• 1111]']);
  });

  it('are the same on every attempt, whatever the model would say now, and without it too', async () => {
    const model = new Moody();
    await house.closed([ADA]);
    house.crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
    await run(model);
    expect(house.bodies()).toEqual([]);
    await house.makeDue();
    await run(undefined);
    expect(model.asked).toBe(1);
    expect(house.bodies()).toEqual([expect.stringContaining('Summary number 1')]);
  });

  it('that were begun with the conversation’s own sentences go on with them', async () => {
    const model = new Moody();
    await house.closed([ADA]);
    house.crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
    await run(undefined);
    await house.makeDue();
    await run(model);
    expect(model.asked).toBe(0);
    expect(house.bodies()).toEqual([expect.stringContaining('Message 0')]);
  });

  it.each([
    ['fails', broken],
    ['never answers', silent],
  ])(
    'are made of the conversation when the model %s: written, with a word about it, and so ever after',
    async (_, model) => {
      await house.closed([ADA]);
      house.crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
      await run(model);
      await house.makeDue();
      const moody = new Moody();
      await run(moody);
      expect(moody.asked).toBe(0);
      expect(house.bodies()).toEqual([expect.stringContaining('Message 0')]);
      expect((await first())?.status).toBe('written');
    },
  );

  it('say on the delivery that the model gave none', async () => {
    await house.closed([ADA]);
    await run(broken);
    expect(await first()).toMatchObject({ status: 'written', detail: expect.stringContaining('the model gave none') });
  });

  it('are not asked for where the caller gave one', async () => {
    const model = new Moody();
    await house.closed([ADA], { summary: 'Given by the caller' });
    await run(model);
    expect(model.asked).toBe(0);
    expect(house.bodies()).toEqual([expect.stringContaining('Given by the caller')]);
  });

  it('are asked for again by the next worker when this one is stopped meanwhile', async () => {
    await house.closed([ADA]);
    const stop = new AbortController();
    const asked: Summariser = {
      summarise: () => {
        stop.abort();
        return new Promise(() => undefined);
      },
    };
    await run(asked, stop.signal);
    expect(await first()).toMatchObject({ status: 'pending', attempts: [], detail: undefined });
    await run(new Moody());
    expect(house.bodies()).toEqual([expect.stringContaining('Summary number 1')]);
  });
});
