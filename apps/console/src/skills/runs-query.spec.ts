import { expect, it } from '@jest/globals';
import { runsQuery } from './skills.js';

it.each([
  [0, true],
  [1, true],
  [2, false],
])('watches the log while %i pages of it were read: %s', (pages, isWatched) => {
  const { refetchInterval } = runsQuery('agent', {});
  if (typeof refetchInterval !== 'function') throw new Error('it goes by no state');
  const data = pages === 0 ? undefined : { pages: Array.from({ length: pages }, () => ({ data: [] })), pageParams: [] };
  const every = refetchInterval({ state: { data } } as unknown as Parameters<typeof refetchInterval>[0]);
  expect(typeof every === 'number').toBe(isWatched);
});
