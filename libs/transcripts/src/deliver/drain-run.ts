import { CrmDeferredError } from '@app/crm';
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
  /** This process is about to end: nothing new is begun. */
  stop?: AbortSignal;
}

/** @throws CrmDeferredError when there is nothing to begin any more: what was claimed is given back. */
export function goesOn({ stop }: DrainRun): void {
  if (stop?.aborted) throw new CrmDeferredError({ cause: 'stopping', detail: 'This process is being stopped' });
}
