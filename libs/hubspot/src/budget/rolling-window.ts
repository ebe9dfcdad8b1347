import type { TrafficClass } from './rate-budget.js';

/**
 * Share of a limit that deliveries leave to agents (9 of 110 calls, 1 of 5 searches): a panel opened in the middle of a
 * backlog is served at once. It also covers the few calls of an API process that counts for itself.
 */
const AGENT_SHARE = 0.08;
const IMPORT_SHARE = 0.5;

/** At most `max` calls in any `windowMs`, counted on HubSpot's side of the wire. Pure bookkeeping; times in ms. */
export class RollingWindow {
  private inFlight = 0;
  /** When calls were over, ascending; only those that still count. */
  private over: number[] = [];
  private blockedUntil = 0;
  private policy: string | undefined;

  constructor(
    private max: number,
    private windowMs: number,
  ) {}

  get length(): number {
    return this.windowMs;
  }

  limit(max: number, windowMs: number): void {
    this.max = max;
    this.windowMs = windowMs;
  }

  /** The longest block counts. */
  blockUntil(moment: number, policy: string): void {
    if (moment < this.blockedUntil) return;
    this.blockedUntil = moment;
    this.policy = policy;
  }

  blockedBy(now: number): string | undefined {
    return now < this.blockedUntil ? this.policy : undefined;
  }

  take(now: number, traffic: TrafficClass): boolean {
    this.forget(now);
    if (now < this.blockedUntil || this.inFlight + this.over.length >= this.allowance(traffic)) return false;
    this.inFlight++;
    return true;
  }

  settle(now: number): void {
    this.inFlight--;
    this.over.push(now);
  }

  /** When a place may be free by the passing of time alone; undefined: only after a call in flight is over. */
  nextFreeAt(now: number, traffic: TrafficClass): number | undefined {
    this.forget(now);
    const surplus = this.inFlight + this.over.length - this.allowance(traffic);
    if (surplus < 0) return Math.max(now, this.blockedUntil);
    const last = this.over[surplus];
    return last === undefined ? undefined : Math.max(last + this.windowMs + 1, this.blockedUntil);
  }

  /** When at the earliest anything may go out. */
  openAt(): number {
    return this.blockedUntil;
  }

  private allowance(traffic: TrafficClass): number {
    if (traffic === 'agent') return this.max;
    if (traffic === 'import') return Math.max(1, Math.floor(this.max * IMPORT_SHARE));
    return Math.max(1, this.max - Math.ceil(this.max * AGENT_SHARE));
  }

  private forget(now: number): void {
    const kept = this.over.findIndex((moment) => now - moment <= this.windowMs);
    this.over = kept < 0 ? [] : kept === 0 ? this.over : this.over.slice(kept);
  }
}
