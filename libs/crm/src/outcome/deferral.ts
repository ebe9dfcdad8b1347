/**
 * Why a CRM call could not be made or answered *now*. Nothing of it was committed.
 *
 * - `throttled`: the CRM's quota; come back after `retryAfterSeconds` when it is known.
 * - `unavailable`: 5xx, locks, resets before anything was sent, time-outs of reads.
 * - `connection`: the tenant's credentials or permissions; a person must act, so deliveries wait without counting tries.
 * - `stopping`: this process is about to end; another one goes on at once, as if this one had not begun.
 */
export interface Deferral {
  cause: 'throttled' | 'unavailable' | 'connection' | 'stopping';
  /** Plain words for the ledger; never a token, never a body. */
  detail: string;
  retryAfterSeconds?: number;
}

/** Thrown by reads of a port, where there is no item to hang an outcome on. */
export class CrmDeferredError extends Error {
  constructor(readonly deferral: Deferral) {
    super(deferral.detail);
    this.name = 'CrmDeferredError';
  }
}

/** The CRM's final no to this one record: trying the same again can't help. */
export interface Refusal {
  /** Stable slug, e.g. `missing_required_property`, `invalid_email`, `invalid_property_value`, `refused`. */
  reason: string;
  /** What the CRM said and what a person must do. */
  detail: string;
  /** Set when it may be a rule of the account that every record meets; which, only its repetition tells. */
  rule?: RefusalRule;
}

/** The rule by which a record was refused, as far as the answer shows it. */
export interface RefusalRule {
  /** The same for every record that the rule refuses: built of codes and property names, never of a record's values. */
  id: string;
  /** What the CRM said and what a person must do about the account. */
  words: string;
}

/** Written or not: what became of one entry or one contact in a bulk write. */
export type WriteOutcome =
  | { outcome: 'written'; id: string }
  | { outcome: 'refused'; refusal: Refusal }
  /** The contact it was meant for is not there (any more), perhaps merged: read the link again. */
  | { outcome: 'contact_gone' }
  /** No answer that can be trusted: it may be committed now, later, or never. Read back before writing again. */
  | { outcome: 'unknown'; detail: string }
  | { outcome: 'deferred'; deferral: Deferral };
