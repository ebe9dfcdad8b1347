import type { WritebackMode } from '@app/tenants';

export const DELIVERY_STATUSES = ['pending', 'delivering', 'written', 'skipped', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Why nothing was written, and nothing will be unless someone replays it. */
export const SKIP_REASONS = [
  'not_enabled',
  'before_enabled',
  'writeback_off',
  'nothing_to_match',
  'no_match',
  'already_logged',
  'disabled',
  'portal_changed',
  'contact_erased',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export type MatchedBy = 'crm_id' | 'email' | 'phone' | 'created';

/** A part that is known to be on the timeline. */
export interface DeliveredEntry {
  type: 'note' | 'call' | 'communication';
  id: string;
  part: number;
  parts: number;
  contactId: string;
}

export interface DeliveryAttempt {
  at: Date;
  outcome: string;
  detail: string;
  /** Of the request that set it going. */
  traceId?: string;
}

/** The fate of one closed conversation, for the ledger. */
export interface Delivery {
  id: string;
  conversationId: string;
  /** Whose conversation it is, as people say it: a name, else an email, else a number. Read with it, never stored. */
  customer?: string;
  /** The portal it is meant for; undefined when it was skipped for want of one. */
  portalId?: string;
  status: DeliveryStatus;
  reason?: string;
  detail?: string;
  mode: WritebackMode;
  matchedBy?: MatchedBy;
  /** How many contacts matched equally well; the oldest was taken. */
  tied?: number;
  contactId?: string;
  entries: DeliveredEntry[];
  scrubbed: { cards: number; nationalIds: number };
  attempts: DeliveryAttempt[];
  /** `X-Trace-Id` of the request that closed the conversation, or put this back in line last. */
  traceId?: string;
  /** When `pending`: the earliest moment of the next try. */
  nextAttemptAt?: Date;
  closedAt: Date;
  createdAt: Date;
  settledAt?: Date;
}
