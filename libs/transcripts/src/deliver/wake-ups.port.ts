/**
 * Tells the workers that a tenant has something to deliver. Only a hint: a lost one costs seconds (the sweep), never a
 * delivery, so implementations never throw and never make the caller wait.
 */
export interface WakeUps {
  wake(tenantId: string): void;

  /** The same, though a wake-up of the tenant seems to be under way: the worker that took it may have died. */
  wakeAnew(tenantId: string): void;
}

/** Nest injection token. */
export const WAKE_UPS = Symbol('WakeUps');
