export interface WaitOptions {
  /** Default 20 s: long enough for a loaded machine, since a fact that is true ends the wait at once. */
  timeoutMs?: number;
  /** Default 25 ms. */
  intervalMs?: number;
  /** Named in the error, as in "waited 20 s for the note to be written". */
  what?: string;
  /** Ends the wait early, with an error. */
  signal?: AbortSignal;
}

/**
 * Asks until the fact is there: anything but undefined, null or false. An error thrown by `fact` counts as "not yet" and
 * is quoted when time runs out. Tests wait for facts with this, and never sleep.
 * @returns what `fact` returned.
 */
export async function waitFor<T>(
  fact: () => T | Promise<T>,
  { timeoutMs = 20_000, intervalMs = 25, what = 'a fact', signal }: WaitOptions = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + timeoutMs;
  let last: unknown;
  do {
    signal?.throwIfAborted();
    try {
      const value = await within(fact, deadline - performance.now());
      if (value !== undefined && value !== null && value !== false) return value as NonNullable<Exclude<T, false>>;
      last = value;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  } while (performance.now() < deadline);
  // Not asked with instanceof: Node's errors come from outside the realm Jest runs a test in.
  const message = last && typeof last === 'object' && 'message' in last ? String(last.message) : JSON.stringify(last);
  throw new Error(`waited ${timeoutMs / 1000} s for ${what}; last: ${message}`, { cause: last });
}

/** A question that is never answered must not outlast the wait. */
async function within<T>(fact: () => T | Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the question was not answered')), Math.max(1, timeoutMs));
  });
  try {
    return await Promise.race([Promise.resolve(fact()), late]);
  } finally {
    clearTimeout(timer);
  }
}
