/** Live agent traffic (panel, search) goes before deliveries, deliveries before imports. */
export type TrafficClass = 'agent' | 'delivery' | 'import';

export interface BudgetRequest {
  /** `search`: 5 per second per portal, not counted as burst. `burst`: everything else. */
  kind: 'burst' | 'search';
  class: TrafficClass;
  /** Decides the burst limit until HubSpot's headers have said it: 110 in 10 s for OAuth, 100 for a static token. */
  connection: 'oauth' | 'token';
  /** Whoever asks has gone: turned away at once. */
  signal?: AbortSignal;
}

/** The call may go out now. */
export interface Granted {
  granted: true;
  /**
   * Called when the call is over, answered or not: HubSpot counts it when it arrives, which is some time before that, so
   * the place is held until then plus one window.
   */
  settle: () => void;
}

export interface TurnedAway {
  granted: false;
  retryAfterSeconds: number;
  /** The policy of a `block` that is in force; undefined when the places are merely taken. */
  blockedBy?: string;
}

export type BudgetGrant = Granted | TurnedAway;

/** A `policy` of ours beside HubSpot's: the portal is being moved (477). */
export const MIGRATING = 'MIGRATING';

export interface BudgetBlock {
  kind: 'burst' | 'search';
  /** `SECONDLY`, `TEN_SECONDLY_ROLLING`, `DAILY` and MIGRATING (which stop both kinds), or one that is new. */
  policy: string;
  /** Unknown: one window of the kind. */
  seconds?: number;
}

/** A portal's share of HubSpot's patience. Whoever sends asks first. */
export interface RateBudget {
  /** Waits for a place, each class at most its own time, then says when to come back. */
  acquire(portalId: string, request: BudgetRequest): Promise<BudgetGrant>;

  /** The burst limit as HubSpot's headers state it. */
  learn(portalId: string, quota: { max: number; windowMs: number }): Promise<void>;

  /** HubSpot answered 429 or 477: nothing of this kind goes out for a while. */
  block(portalId: string, block: BudgetBlock): Promise<void>;
}

/** Nest injection token. */
export const RATE_BUDGET = Symbol('RateBudget');
