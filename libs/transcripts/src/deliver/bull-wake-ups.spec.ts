import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { createLogger } from '@app/platform';
import { describe, expect, it } from '@jest/globals';
import type { Queue } from 'bullmq';
import { BullWakeUps } from './bull-wake-ups.adapter.js';

/** A queue whose answers come when the test says so. */
class SlowQueue extends EventEmitter {
  readonly added: { tenantId: string; end: (error?: Error) => void }[] = [];

  add(_name: string, { tenantId }: { tenantId: string }): Promise<void> {
    return new Promise((resolve, reject) => {
      this.added.push({ tenantId, end: (error) => (error === undefined ? resolve() : reject(error)) });
    });
  }
}

function makeWakeUps(pause = (): Promise<void> => Promise.resolve()): {
  queue: SlowQueue;
  wakeUps: BullWakeUps;
  tenants: () => string[];
} {
  const queue = new SlowQueue();
  const wakeUps = new BullWakeUps(queue as unknown as Queue, createLogger({ level: 'silent', name: 'test' }), pause);
  return { queue, wakeUps, tenants: () => queue.added.map(({ tenantId }) => tenantId) };
}

describe('BullWakeUps', () => {
  it('queues one more, and no more, for all that were asked for while one was being queued', async () => {
    const { queue, wakeUps, tenants } = makeWakeUps();
    for (let asked = 0; asked < 5; asked++) wakeUps.wake('a');
    wakeUps.wake('b');
    expect(tenants()).toEqual(['a', 'b']);
    queue.added[0]?.end();
    await turn();
    expect(tenants()).toEqual(['a', 'b', 'a']);
    queue.added[2]?.end();
    await turn();
    expect(tenants()).toEqual(['a', 'b', 'a']);
    wakeUps.wake('a');
    expect(tenants()).toEqual(['a', 'b', 'a', 'a']);
  });

  it('gathers what is asked for in the pause after one, and wakes at once when the pause is over', async () => {
    const pauses: (() => void)[] = [];
    const { queue, wakeUps, tenants } = makeWakeUps(() => new Promise<void>((resolve) => pauses.push(resolve)));
    wakeUps.wake('a');
    expect(tenants()).toEqual(['a']);
    queue.added[0]?.end();
    await turn();
    for (let asked = 0; asked < 5; asked++) wakeUps.wake('a');
    await turn();
    expect(tenants()).toEqual(['a']);
    pauses[0]?.();
    await turn();
    expect(tenants()).toEqual(['a', 'a']);
    queue.added[1]?.end();
    await turn();
    pauses[1]?.();
    await turn();
    expect(tenants()).toEqual(['a', 'a']);
    wakeUps.wake('a');
    expect(tenants()).toEqual(['a', 'a', 'a']);
  });

  it('goes on after a queue that refused', async () => {
    const { queue, wakeUps, tenants } = makeWakeUps();
    wakeUps.wake('a');
    wakeUps.wake('a');
    queue.added[0]?.end(new Error('away'));
    await turn();
    expect(tenants()).toEqual(['a', 'a']);
    queue.added[1]?.end(new Error('away'));
    await turn();
    wakeUps.wake('a');
    expect(tenants()).toEqual(['a', 'a', 'a']);
  });
});
