import type { CrmDirectory, CrmTimeline, TimelineEntry } from '../src/index.js';

/** A contact that is already there. */
export interface ContactSeed {
  /** The primary one first. */
  emails?: string[];
  phone?: string;
  mobile?: string;
  firstName?: string;
  lastName?: string;
  /** Default: now. */
  createdAt?: Date;
}

/** What befalls the next call that reaches the CRM. */
export type CrmFault =
  /** The quota is used up; nothing happens. */
  | 'throttled'
  /** The connection is lost before the CRM did anything, which the caller can't know. */
  | 'lost_before'
  /** The connection is lost after the CRM did what was asked. */
  | 'lost_after';

/**
 * One tenant's CRM, empty at first, in the hands of a contract suite: the fake, or the real adapter against a simulator.
 * Time in it may run ahead of the machine's.
 */
export interface CrmHarness {
  tenantId: string;
  directory: CrmDirectory;
  timeline: CrmTimeline;
  now(): Promise<Date>;
  /** @returns ids in the same order. */
  addContacts(seeds: readonly ContactSeed[]): Promise<string[]>;
  /** @returns the id of the survivor, which may be a new one. */
  mergeContacts(survivorId: string, otherId: string): Promise<string>;
  removeContact(id: string): Promise<void>;
  /** From now on, what is written stays invisible to search until `letIndexCatchUp`. */
  holdIndex(): Promise<void>;
  letIndexCatchUp(): Promise<void>;
  /** `throttled` hits every call until `recover`, the others the next call only. */
  befall(fault: CrmFault): Promise<void>;
  recover(): Promise<void>;
  /** From now on, the CRM refuses new contacts, or new entries, for a rule of its own that no draft or entry meets. */
  requireMore(of: 'contacts' | 'entries'): Promise<void>;
  /** A user of the CRM, as it writes them. Their email may differ from what is written elsewhere in case alone. */
  someOwner(): Promise<{ id: string; email: string }>;
  /** Whom an entry belongs to. */
  ownerOf(type: TimelineEntry['type'], entryId: string): Promise<string | undefined>;
  countContacts(): Promise<number>;
  countEntries(): Promise<number>;
  close(): Promise<void>;
}

export type MakeHarness = () => Promise<CrmHarness>;
