import { describe, expect, it } from '@jest/globals';
import { inParallel, slicesOf } from './in-parallel.js';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('inParallel', () => {
  it('answers in order, with no more at once than allowed', async () => {
    let running = 0;
    let most = 0;
    const results = await inParallel([5, 1, 4, 2, 3], 2, async (item) => {
      most = Math.max(most, (running += 1));
      for (let wait = 0; wait < item; wait += 1) await soon();
      running -= 1;
      return item * 10;
    });
    expect(results).toEqual([50, 10, 40, 20, 30]);
    expect(most).toBe(2);
  });

  it('begins nothing after a failure, and throws when what was under way has ended', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      if (item === 2) throw new Error('no');
      await soon();
      ended.push(item);
    };
    await expect(inParallel([1, 2, 3, 4], 2, work)).rejects.toThrow('no');
    expect([begun, ended]).toEqual([[1, 2], [1]]);
  });

  it('asks for nothing when there is nothing', async () => {
    expect(await inParallel([], 4, async () => 1)).toEqual([]);
    expect(slicesOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  });
});
