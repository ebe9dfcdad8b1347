import type { WritebackSettings } from '@app/tenants';
import type { Drain } from './drain-ledger.js';
import type { Turns } from './turns.js';

/** A drain under way, with what all its deliveries are handled by. */
export interface DrainRun {
  drain: Drain;
  settings: WritebackSettings;
  referenceKey: Uint8Array;
  /**
   * Looking for contacts and making them: one at a time within the drain, as the tenant's lock keeps other drains out. What
   * the one before found or made is remembered when the next one looks.
   */
  turns: Turns;
}
