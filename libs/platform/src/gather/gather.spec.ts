import { describe, expect, it } from '@jest/globals';
import { Gather } from './gather.js';

/** Runs that end when the test says so. */
function startGather({ lanes = 1, company = 1, most = 3, mayTryAlone = (): boolean => false } = {}) {
  const runs: { key: string; items: readonly number[]; end: (error?: Error) => void }[] = [];
  const gather = new Gather<number, string>(
    (key, items) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error): void =>
          error === undefined ? resolve(items.map((item) => `${key}${item}`)) : reject(error);
        runs.push({ key, items, end });
      }),
    { lanes, company, fits: (taken) => taken.length < most, mayTryAlone },
  );
  const groups = (): (readonly number[])[] => runs.map(({ items }) => items);
  return { gather, runs, groups };
}

describe('Gather', () => {
  it('lets the first go at once and alone, and the rest together when it is back', async () => {
    const { gather, runs, groups } = startGather();
    const answers = [1, 2, 3, 4, 5].map((item) => gather.add('a', item));
    expect(groups()).toEqual([[1]]);
    runs[0]?.end();
    expect(await answers[0]).toBe('a1');
    await Promise.resolve();
    expect(groups()).toEqual([[1], [2, 3, 4]]);
    runs[1]?.end();
    expect(await Promise.all(answers.slice(1, 4))).toEqual(['a2', 'a3', 'a4']);
    await Promise.resolve();
    runs[2]?.end();
    expect(await answers[4]).toBe('a5');
    expect(groups()).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('never mixes keys, and keeps to its lanes', () => {
    const { gather, runs } = startGather({ lanes: 2 });
    for (const item of [1, 2, 3]) void gather.add('a', item);
    void gather.add('b', 4);
    expect(runs.map(({ key, items }) => [key, ...items])).toEqual([
      ['a', 1],
      ['a', 2],
      ['b', 4],
    ]);
  });

  it('takes a further lane only with company, and goes without when nothing is under way', async () => {
    const { gather, runs, groups } = startGather({ lanes: 2, company: 3 });
    const first = gather.add('a', 1);
    for (const item of [2, 3]) void gather.add('a', item);
    expect(groups()).toEqual([[1]]);
    void gather.add('a', 4);
    expect(groups()).toEqual([[1], [2, 3, 4]]);
    void gather.add('a', 5);
    runs[0]?.end();
    await first;
    await Promise.resolve();
    expect(groups()).toEqual([[1], [2, 3, 4]]);
    runs[1]?.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(groups()).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('fails all of a group when nobody can tell what became of it', async () => {
    const { gather, runs, groups } = startGather();
    const answers = [1, 2, 3].map((item) => gather.add('a', item));
    const settled = Promise.allSettled(answers);
    runs[0]?.end();
    await answers[0];
    await Promise.resolve();
    runs[1]?.end(new Error('connection lost'));
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(groups()).toEqual([[1], [2, 3]]);
  });

  it('tries each by itself when one of them undid the work of all', async () => {
    const asked: (readonly number[])[] = [];
    const gather = new Gather<number, number>(
      async (_key, items) => {
        asked.push(items);
        await Promise.resolve();
        if (items.includes(3)) throw new Error('bad item');
        return items;
      },
      { lanes: 1, fits: () => true, mayTryAlone: () => true },
    );
    const settled = await Promise.allSettled([1, 2, 3, 4].map((item) => gather.add('a', item)));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(asked).toEqual([[1], [2, 3, 4], [2], [3], [4]]);
  });
});
