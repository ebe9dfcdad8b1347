import { describe, expect, it } from '@jest/globals';
import type { Connection } from '@app/tenants';
import { exampleSnapshot } from '../../testing/index.js';
import type { Discovery } from './discover-schema.js';
import { FreshSchema } from './fresh-schema.js';

const CONNECTED_AT = new Date('2026-11-21T10:00:00Z');
const connection: Connection = { status: 'connected', portalId: '4711', connectedAt: CONNECTED_AT };

const readAt = (seconds: number) =>
  exampleSnapshot({ version: seconds + 100, discoveredAt: new Date(CONNECTED_AT.getTime() + seconds * 1_000) });

/** @returns what is taken, by its seconds, and how often the CRM was asked. */
async function taken(known: number | undefined, discovered: readonly number[]): Promise<[number, number]> {
  let asked = 0;
  const execute = (): Promise<Discovery> =>
    Promise.resolve({ state: 'discovered', snapshot: readAt(discovered[asked++] ?? Number.NaN), isNew: true });
  const current = () => Promise.resolve(known === undefined ? undefined : readAt(known));
  const fresh = new FreshSchema({ find: () => Promise.resolve(connection) }, { current }, { execute });
  return [(await fresh.get('t')).version - 100, asked];
}

describe('FreshSchema', () => {
  it('takes what was read since HubSpot was connected, and reads what was not', async () => {
    expect(await taken(0, [])).toEqual([0, 0]);
    expect(await taken(-1, [2])).toEqual([2, 1]);
    expect(await taken(undefined, [2])).toEqual([2, 1]);
  });

  it('doesn’t take a discovery that was just over for its own', async () => {
    expect(await taken(-2, [-1, 2])).toEqual([2, 2]);
  });
});
