/** Most that HubSpot takes of an OAuth app in a portal: burst calls in any 10 s, and records in a batch. */
const BURST_CALLS = 110;
const BURST_WINDOW_MS = 10_000;
const BATCH = 100;
/** What carries a hundred notes: contacts read by email, contacts created, notes created. Searches have a limit of their own. */
const BURST_CALLS_PER_BATCH = 3;

/** Conversations a second that three burst-counted calls per hundred allow: about 366. */
export const ARITHMETIC_LIMIT = ((BURST_CALLS / BURST_WINDOW_MS) * 1_000 * BATCH) / BURST_CALLS_PER_BATCH;

/** @returns the value below which the share of all values lies (nearest rank); NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * The soonest that so many burst calls can all have been sent: a whole allowance at once, and the next one 10 s later. A
 * backlog that needs no more than the first allowance has no such bound.
 */
export function soonestMs(burstCalls: number, allowance = BURST_CALLS): number {
  return Math.floor(Math.max(0, burstCalls - 1) / allowance) * BURST_WINDOW_MS;
}

/**
 * Conversations a second over whole windows of 10 s, without the first one, whose allowance was unspent at the start, and
 * without the last one, in which the backlog ran out.
 * @param writtenAt ms since the first call, of each conversation.
 */
export function steadyRate(writtenAt: readonly number[]): number | undefined {
  const last = writtenAt.reduce((latest, at) => Math.max(latest, at), 0);
  const windows = Math.floor(last / BURST_WINDOW_MS) - 1;
  if (windows < 1) return undefined;
  const end = BURST_WINDOW_MS * (windows + 1);
  const written = writtenAt.filter((at) => at >= BURST_WINDOW_MS && at < end).length;
  return written / ((windows * BURST_WINDOW_MS) / 1_000);
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
