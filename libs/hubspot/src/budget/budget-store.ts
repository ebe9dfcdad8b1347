import type { TrafficClass } from './rate-budget.js';

/** Each of a portal's two limits has its own places. */
export type CallKind = 'burst' | 'search';

export const CALL_KINDS: readonly CallKind[] = ['burst', 'search'];

/** Most urgent first. */
export const TRAFFIC_CLASSES: readonly TrafficClass[] = ['agent', 'delivery', 'import'];

export type PerClass = Record<TrafficClass, number>;

/** At most `max` calls in any `windowMs`. */
export interface Quota {
  max: number;
  windowMs: number;
}

/**
 * Share of a limit, in percent, that deliveries leave to agents (6 of 110 calls, 1 of 5 searches): a panel opened in the
 * middle of a backlog is served at once. More need not be kept free: agents who wait go before deliveries anyway.
 */
export const AGENT_PERCENT = 5;

/** Imports leave half of a limit to everybody else. */
export const IMPORT_PERCENT = 50;

/**
 * What a window has to be longer than HubSpot's own: its ends are both counted (1 ms), and clocks that NTP is slewing run
 * up to 500 ppm wrong.
 */
export function guardMs(windowMs: number): number {
  return 1 + Math.ceil(windowMs / 1000);
}

/** What a process tells the store of one limit, and asks of it, in one go. Each part may be repeated without harm. */
export interface Exchange {
  /** Who asks: one limit of one portal in one process. */
  lane: string;
  /** The limit while HubSpot's headers have not said it. */
  fallback: Quota;
  /** Places wanted. Those granted are named `<ticket>.1`, `<ticket>.2`, …, agents' first. */
  ticket: string;
  wants: PerClass;
  /** A place whose call is not over lapses after so long; then its holder is dead. */
  holdMs: number;
  /** Places whose calls are still not over: held anew, also in a store that has lost them. */
  held: string[];
  /** Places whose calls are over: they count for one window more. */
  settled: string[];
  /** Places that were never used, and may never have been granted: they are free. */
  released: string[];
}

export interface Standing {
  granted: PerClass;
  /** For those not served: nothing can be free for this class before so many ms have passed. */
  freeInMs: PerClass;
  /** The policy of a block in force. */
  policy?: string;
  /** Another one than last time: the store has lost what was counted before. */
  epoch: string;
}

/** Where the places of all processes are counted, by the store's own clock. Rejects when it can't be reached. */
export interface BudgetStore {
  exchange(portalId: string, kind: CallKind, exchange: Exchange): Promise<Standing>;

  /** The burst limit as HubSpot’s headers state it, and the window that was counted by while nothing was known. */
  learn(portalId: string, quota: Quota, windowSoFarMs: number): Promise<void>;

  /** Nothing of this kind is granted for so long. Of several blocks the one that ends last counts. */
  block(portalId: string, kind: CallKind, block: { policy: string; ms: number }): Promise<void>;

  close(): Promise<void>;
}
