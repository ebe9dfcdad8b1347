import type { WriteOutcome } from '../outcome/deferral.js';
import type { TimelineEntry } from './timeline-entry.js';

/** An entry as the CRM holds it: its HTML may have been sanitised and re-serialised. */
export interface StoredEntry {
  id: string;
  type: TimelineEntry['type'];
  contactId: string;
  body: string;
}

export interface CrmTimeline {
  /**
   * Writes entries, one outcome per entry, in order. One bad entry never sinks the others. Never repeats a request whose
   * outcome is unknown: that is the caller's decision, after reading back.
   */
  write(tenantId: string, entries: readonly TimelineEntry[]): Promise<WriteOutcome[]>;

  /**
   * Everything of `types` on the timelines of these contacts, newest at most `since` old, read through associations
   * (committed data, no index lag). Throws CrmDeferredError when the CRM can't answer now.
   */
  readBack(tenantId: string, contactIds: readonly string[], since: Date): Promise<StoredEntry[]>;

  /** How a person opens entries in the CRM. Costs no call. */
  entryUrls(tenantId: string): Promise<EntryUrl>;
}

/**
 * The address of an entry on a contact's timeline, in the account it was written to: by default the one that is connected now,
 * and undefined where there is none.
 */
export type EntryUrl = (
  contactId: string,
  entry: { type: string; id: string; portalId?: string },
) => string | undefined;

/** Nest injection token. */
export const CRM_TIMELINE = Symbol('CrmTimeline');
