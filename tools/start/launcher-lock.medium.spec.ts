import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify } from '../processes/identity.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { LauncherLock } from './launcher-lock.ts';

let folder: DataFolder;

beforeEach(async () => {
  folder = await openDataFolder(await mkdtemp(join(tmpdir(), 'launcher-lock-')));
});

afterEach(async () => {
  await rm(folder.root, { recursive: true });
});

describe('LauncherLock', () => {
  it('is taken once, and again after it was released', async () => {
    const { lock, tookOver } = await LauncherLock.take(folder, 3000);
    expect(tookOver).toBe(false);
    await expect(LauncherLock.take(folder, 3000)).rejects.toThrow(
      `Threadline is running in this folder already (process ${process.pid}, http://localhost:3000)`,
    );
    lock.release();
    expect(existsSync(folder.launcher)).toBe(false);
    expect((await LauncherLock.take(folder, 3000)).tookOver).toBe(false);
  });

  it('goes to exactly one of several that start at once', async () => {
    const attempts = await Promise.allSettled([1, 2, 3, 4].map((port) => LauncherLock.take(folder, port)));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.each([
    ['of a process that is gone', JSON.stringify({ pid: 4_194_000, startedAt: 1, port: 3000, programs: [] })],
    [
      'of a number that belongs to another process now',
      JSON.stringify({ pid: process.pid, startedAt: 1, port: 1, programs: [] }),
    ],
    ['that is damaged', '{"pid":'],
  ])('is taken over from a record %s', async (_what, record) => {
    await writeFile(folder.launcher, record);
    const { tookOver } = await LauncherLock.take(folder, 3000);
    expect(tookOver).toBe(true);
    expect(JSON.parse(await readFile(folder.launcher, 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it('ends what the one before it left running', async () => {
    const leftover = spawn('sleep', ['60'], { stdio: 'ignore' });
    const ended = once(leftover, 'exit');
    const programs = [{ name: 'api', ...identify(leftover.pid ?? 0) }];
    await writeFile(folder.launcher, JSON.stringify({ pid: 4_194_000, startedAt: 1, port: 3000, programs }));
    await LauncherLock.take(folder, 3000);
    expect(await ended).toEqual([null, 'SIGTERM']);
  });

  it('remembers programs that start at the same time', async () => {
    const { lock } = await LauncherLock.take(folder, 3000);
    await Promise.all([lock.remember('api', process.pid), lock.remember('worker', process.ppid)]);
    const { programs } = JSON.parse(await readFile(folder.launcher, 'utf8')) as { programs: { name: string }[] };
    expect(programs.map(({ name }) => name).toSorted()).toEqual(['api', 'worker']);
  });
});
