import type { ChildProcess } from 'node:child_process';
import { errorCode } from '../errors/error-code.ts';
import { isRunning, type ProcessIdentity } from './identity.ts';

const POLL_MS = 50;

/** Signals a child and waits for its end; past `timeoutMs` the second signal follows. Resolves when it is gone. */
export async function endChild(
  child: ChildProcess,
  { signal, timeoutMs, thenSignal }: { signal: NodeJS.Signals; timeoutMs: number; thenSignal: NodeJS.Signals },
): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  child.kill(signal);
  const timer = setTimeout(() => child.kill(thenSignal), Math.max(0, timeoutMs));
  await ended;
  clearTimeout(timer);
}

/** The same for a process that is not this one's child. */
export async function endProcess(
  process_: ProcessIdentity,
  { signal, timeoutMs, thenSignal }: { signal: NodeJS.Signals; timeoutMs: number; thenSignal: NodeJS.Signals },
): Promise<void> {
  for (const [next, waitMs] of [
    [signal, timeoutMs],
    [thenSignal, 5_000],
  ] as const) {
    if (!isRunning(process_)) return;
    try {
      process.kill(process_.pid, next);
    } catch (error) {
      if (errorCode(error) === 'ESRCH') return;
      throw error;
    }
    const deadline = Date.now() + waitMs;
    while (isRunning(process_) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
