import { describe, expect, it } from '@jest/globals';
import { ShortLived } from './short-lived.js';

function make({ lifeMs = 1_000, most = 10 } = {}) {
  const clock = { time: 0, now: () => new Date(clock.time) };
  const asked: string[] = [];
  const cache = new ShortLived<string>(clock, { lifeMs: () => lifeMs, most });
  const get = (key: string, value = key): Promise<string> =>
    cache.get(key, async () => {
      asked.push(key);
      return Promise.resolve(value);
    });
  return { clock, asked, cache, get };
}

describe('ShortLived', () => {
  it('asks once while a value lives, and again after that', async () => {
    const { clock, asked, get } = make();
    expect(await get('a', 'one')).toBe('one');
    clock.time = 999;
    expect(await get('a', 'two')).toBe('one');
    clock.time = 1_000;
    expect(await get('a', 'three')).toBe('three');
    expect(asked).toEqual(['a', 'a']);
  });

  it('asks once for all who ask at the same time', async () => {
    const { asked, get } = make();
    expect(await Promise.all([get('a'), get('a'), get('b')])).toEqual(['a', 'a', 'b']);
    expect(asked).toEqual(['a', 'b']);
  });

  it('remembers no failure', async () => {
    const { cache, get } = make();
    await expect(cache.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await get('a', 'there')).toBe('there');
  });

  it('never uses again what was forgotten while it was under way', async () => {
    const { cache, get } = make();
    const { promise, resolve: answer } = Promise.withResolvers<string>();
    const first = cache.get('a', () => promise);
    cache.forget((key) => key === 'a');
    answer('old');
    expect(await first).toBe('old');
    expect(await get('a', 'new')).toBe('new');
  });

  it('lets go of the longest unused', async () => {
    const { asked, get } = make({ most: 2 });
    await get('a');
    await get('b');
    await get('a');
    await get('c');
    await get('a');
    await get('b');
    expect(asked).toEqual(['a', 'b', 'c', 'b']);
  });
});
