import { rmSync } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { errorCode } from '../errors/error-code.ts';
import { endProcess } from '../processes/end.ts';
import { identify, isRunning, type ProcessIdentity } from '../processes/identity.ts';
import { type DataFolder, readJson, writeJson } from './data-folder.ts';
import { PlainFailure } from '../errors/plain-failure.ts';

interface LauncherRecord extends ProcessIdentity {
  /** Where the running one listens, for the message to a second. */
  port: number;
  programs: ({ name: string } & ProcessIdentity)[];
}

/** Programs notice within a moment that their launcher is gone, and take at most this long to end. */
const LEFTOVER_PATIENCE_MS = 6_000;

/** One launcher per data folder. It also remembers what it started, so that the next one can clear up after a kill -9. */
export class LauncherLock {
  private readonly path: string;
  private readonly record: LauncherRecord;
  private written = Promise.resolve();

  private constructor(path: string, record: LauncherRecord) {
    this.path = path;
    this.record = record;
  }

  /**
   * @returns the lock, and whether an earlier launcher had ended without letting go.
   * @throws PlainFailure when one is running in this folder.
   */
  static async take(folder: DataFolder, port: number): Promise<{ lock: LauncherLock; tookOver: boolean }> {
    const self = identify(process.pid) ?? { pid: process.pid, startedAt: Date.now() / 1000 - process.uptime() };
    const record: LauncherRecord = { ...self, port, programs: [] };
    const own = `${folder.launcher}.${process.pid}`;
    await writeJson(own, record);
    let tookOver = false;
    try {
      for (let attempt = 0; attempt < 3; attempt++) {
        // Unlike a write, a link is either made whole or refused, also when two start at once.
        if (await tryLink(own, folder.launcher)) return { lock: new LauncherLock(folder.launcher, record), tookOver };
        const other = await readJson<LauncherRecord>(folder.launcher).catch(() => undefined);
        if (other && isRunning(other)) throw new PlainFailure(alreadyRunning(other, folder));
        if (other) await endLeftovers(other);
        await rm(folder.launcher, { force: true });
        tookOver = true;
      }
      throw new PlainFailure(`${folder.launcher} keeps coming back: is another start under way in this folder?`);
    } finally {
      await rm(own, { force: true });
    }
  }

  async remember(name: string, pid: number): Promise<void> {
    const identity = identify(pid);
    this.record.programs = this.record.programs.filter((program) => program.name !== name);
    if (identity) this.record.programs.push({ name, ...identity });
    // One after the other: API and worker start at the same time.
    this.written = this.written.then(() => writeJson(this.path, this.record));
    await this.written;
  }

  release(): void {
    rmSync(this.path, { force: true });
  }
}

async function endLeftovers({ programs }: LauncherRecord): Promise<void> {
  await Promise.all(
    programs.map((program) =>
      endProcess(program, { signal: 'SIGTERM', timeoutMs: LEFTOVER_PATIENCE_MS, thenSignal: 'SIGKILL' }),
    ),
  );
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function alreadyRunning({ pid, port }: LauncherRecord, folder: DataFolder): string {
  return (
    `Threadline is running in this folder already (process ${pid}, http://localhost:${port}).\n` +
    `Stop that one first with Ctrl-C or \`kill ${pid}\`. A second one beside it needs a PORT and a THREADLINE_DATA_DIR ` +
    `of its own; ${folder.root} is taken.`
  );
}
