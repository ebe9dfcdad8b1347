import { afterEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { hasEnded } from './end.ts';
import { identify, isRunning } from './identity.ts';

let holder: ChildProcess | undefined;

afterEach(() => {
  holder?.kill('SIGKILL');
});

/** A process that keeps `sleep` on a leash and says its number. */
async function holdSleep(): Promise<number> {
  const leash = JSON.stringify(new URL('leash.ts', import.meta.url).href);
  const script = `
    import { spawn } from 'node:child_process';
    import { leash } from ${leash};
    const sleep = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    leash(sleep.pid, ['TERM', 'KILL']);
    console.log(sleep.pid);
    setInterval(() => {}, 1000);`;
  holder = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(holder.stdout ?? holder, 'data')) as [Buffer];
  return Number(line.toString());
}

describe('leash', () => {
  it('ends the process when its holder is killed', async () => {
    const sleep = identify(await holdSleep());
    if (!sleep || !holder) throw new Error('sleep did not start');
    expect(isRunning(sleep)).toBe(true);
    holder.kill('SIGKILL');
    for (let waited = 0; isRunning(sleep) && waited < 5_000; waited += 20) await delay(20);
    expect(isRunning(sleep)).toBe(false);
  });
});

describe('identify', () => {
  it('knows this process, and when it started', () => {
    const self = identify(process.pid);
    expect(self?.startedAt).toBeCloseTo(Date.now() / 1000 - process.uptime(), -1);
  });

  it('tells a process from a later one with its number', () => {
    const self = identify(process.pid);
    expect(isRunning({ pid: process.pid, startedAt: (self?.startedAt ?? 0) - 60 })).toBe(false);
  });

  it('does not take a process that has ended for a running one', async () => {
    const child = spawn('true', { stdio: 'ignore' });
    const { pid = 0 } = child;
    await once(child, 'exit');
    expect(hasEnded(child)).toBe(true);
    expect(identify(pid)).toBeUndefined();
    expect(identify(0)).toBeUndefined();
  });
});
