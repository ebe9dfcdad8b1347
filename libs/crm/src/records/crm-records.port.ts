import type { Deferral, Refusal } from '../outcome/deferral.js';
import type { RecordFind } from './record-find.js';
import type { RecordTie, RecordValues } from './record-write.js';

/** A record as far as it was asked for; what is not set is not in it. */
export interface CrmRecord {
  id: string;
  values: RecordValues;
}

export type FoundRecords =
  /** `after`: of a find that pages, where the next page begins. */
  | { found: true; records: CrmRecord[]; after?: string }
  /** The CRM's final no to what was asked, e.g. for want of a scope. */
  | { found: false; refusal: Refusal };

export type TiedRecords = { found: true; ids: string[] } | Extract<FoundRecords, { found: false }>;

/** Of which portal the records are that a request names. Another one may be connected on the way: then it is deferred. */
export interface OfPortal {
  portalId?: string;
}

export interface FindOptions extends OfPortal {
  /** How stored numbers without a country are read. */
  defaultCountry?: string;
  /** Whoever asked has gone, or can't wait any longer. */
  signal?: AbortSignal;
}

/** What became of one write. */
export type RecordOutcome =
  | { outcome: 'written'; id: string }
  /** Another record has a value that only one may have; `id` where the CRM says whose. Nothing was written. */
  | { outcome: 'exists'; id?: string }
  | { outcome: 'refused'; refusal: Refusal }
  /** The record to be changed is not there (any more). */
  | { outcome: 'gone' }
  /** No answer that can be trusted: it may be committed now, later, or never. Look before writing again. */
  | { outcome: 'unknown'; detail: string }
  | { outcome: 'deferred'; deferral: Deferral };

export interface NewRecord {
  object: string;
  values: RecordValues;
  /** Made with the record: neither is there without the other. */
  ties: readonly RecordTie[];
}

/** Single records of any object, for someone who waits for the answer. A write is never repeated on an unknown outcome. */
export interface CrmRecords {
  /** @throws CrmDeferredError when the CRM can't answer now; it never answers "nobody" in its place. */
  find(tenantId: string, find: RecordFind, options?: FindOptions): Promise<FoundRecords>;

  create(tenantId: string, record: NewRecord, of?: OfPortal): Promise<RecordOutcome>;

  /** Ties come first, since a wrong one is refused before anything has changed. To do all of it again does no harm. */
  update(tenantId: string, record: NewRecord & { id: string }, of?: OfPortal): Promise<RecordOutcome>;

  /** The records of `to` that a record is tied to; none when it isn't there. @throws CrmDeferredError */
  tiedTo(
    tenantId: string,
    record: { object: string; id: string; to: string },
    options?: OfPortal & Pick<FindOptions, 'signal'>,
  ): Promise<TiedRecords>;
}

/** Nest injection token. */
export const CRM_RECORDS = Symbol('CrmRecords');
