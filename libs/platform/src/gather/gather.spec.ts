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

/** What is added by then leaves before it resolves. */
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('Gather', () => {
  it('lets go together what one turn of the event loop brings, and what comes later when that is back', async () => {
    const { gather, runs, groups } = startGather();
    const answers = [1, 2, 3, 4, 5].map((item) => gather.add('a', item));
    expect(groups()).toEqual([]);
    await turn();
    expect(groups()).toEqual([[1, 2, 3]]);
    const late = gather.add('a', 6);
    runs[0]?.end();
    expect(await Promise.all(answers.slice(0, 3))).toEqual(['a1', 'a2', 'a3']);
    await turn();
    expect(groups()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    runs[1]?.end();
    expect(await Promise.all([...answers.slice(3), late])).toEqual(['a4', 'a5', 'a6']);
  });

  it('lets one alone go alone, without waiting for company', async () => {
    const { gather, runs, groups } = startGather({ company: 3 });
    const answer = gather.add('a', 1);
    await turn();
    expect(groups()).toEqual([[1]]);
    runs[0]?.end();
    expect(await answer).toBe('a1');
  });

  it('never mixes keys, and keeps to its lanes', async () => {
    const { gather, runs } = startGather({ lanes: 2, most: 1 });
    for (const item of [1, 2, 3]) void gather.add('a', item);
    void gather.add('b', 4);
    await turn();
    expect(runs.map(({ key, items }) => [key, ...items])).toEqual([
      ['a', 1],
      ['a', 2],
      ['b', 4],
    ]);
  });

  it('takes a further lane only with company, and goes without when nothing is under way', async () => {
    const { gather, runs, groups } = startGather({ lanes: 2, company: 3 });
    const first = gather.add('a', 1);
    await turn();
    for (const item of [2, 3]) void gather.add('a', item);
    await turn();
    expect(groups()).toEqual([[1]]);
    void gather.add('a', 4);
    await turn();
    expect(groups()).toEqual([[1], [2, 3, 4]]);
    void gather.add('a', 5);
    runs[0]?.end();
    await first;
    await turn();
    expect(groups()).toEqual([[1], [2, 3, 4]]);
    runs[1]?.end();
    await turn();
    await turn();
    expect(groups()).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('fails all of a group when nobody can tell what became of it', async () => {
    const { gather, runs, groups } = startGather();
    const first = gather.add('a', 1);
    await turn();
    const answers = [first, gather.add('a', 2), gather.add('a', 3)];
    const settled = Promise.allSettled(answers);
    runs[0]?.end();
    await first;
    await turn();
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
    expect(asked).toEqual([[1, 2, 3, 4], [1], [2], [3], [4]]);
  });
});
