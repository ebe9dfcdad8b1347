import { describe, expect, it } from '@jest/globals';
import { SearchQueue } from './search-queue.js';

const NEVER = new AbortController().signal;

/** Work that is begun by the queue and ended by the test. */
function makeWork(queue: SearchQueue, tenantId = 'a') {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, signal = NEVER): Promise<string> =>
    queue.run(tenantId, signal, async () => {
      begun.push(name);
      const { promise, resolve } = Promise.withResolvers<void>();
      ends.set(name, resolve);
      await promise;
      return name;
    });
  return { begun, ask, end: (name: string) => ends.get(name)?.() };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('SearchQueue', () => {
  it('lets three go and the others wait, in their order', async () => {
    const { begun, ask, end } = makeWork(new SearchQueue());
    const asked = ['1', '2', '3', '4', '5'].map((name) => ask(name));
    await settle();
    expect(begun).toEqual(['1', '2', '3']);
    end('2');
    await settle();
    expect(begun).toEqual(['1', '2', '3', '4']);
    for (const name of ['1', '3', '4']) end(name);
    await settle();
    end('5');
    expect(await Promise.all(asked)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('forgets whoever leaves before their turn', async () => {
    const { begun, ask, end } = makeWork(new SearchQueue());
    const first = ['1', '2', '3'].map((name) => ask(name));
    const leaving = new AbortController();
    const gone = ask('gone', leaving.signal);
    const last = ask('last');
    leaving.abort();
    await expect(gone).rejects.toThrow('taken back');
    end('1');
    await settle();
    expect(begun).toEqual(['1', '2', '3', 'last']);
    for (const name of ['2', '3', 'last']) end(name);
    await Promise.all([...first, last]);
  });

  it('goes on after failures, and keeps tenants apart', async () => {
    const queue = new SearchQueue();
    const fail = (): Promise<string> => queue.run('a', NEVER, () => Promise.reject(new Error('no')));
    const failures = await Promise.allSettled(Array.from({ length: 10 }, fail));
    expect(failures.every(({ status }) => status === 'rejected')).toBe(true);
    const busy = makeWork(queue, 'a');
    const asked = ['1', '2', '3', '4'].map((name) => busy.ask(name));
    const other = makeWork(queue, 'b');
    const their = other.ask('theirs');
    await settle();
    expect([busy.begun, other.begun]).toEqual([['1', '2', '3'], ['theirs']]);
    other.end('theirs');
    for (const name of ['1', '2', '3']) busy.end(name);
    await settle();
    busy.end('4');
    await Promise.all([...asked, their]);
  });
});
