import type { Deferral } from '@app/crm';
import type { Customer } from '../conversations/conversation.js';
import type { MatchedBy, SkipReason } from '../deliver/delivery.js';

/** One delivery that looks for its contact. */
export interface MatchRequest {
  deliveryId: string;
  customerKey: string;
  customer: Customer;
  /** From a remembered link or given by the caller: written to without a check. */
  linkedContactId?: string;
  /** An earlier attempt asked the CRM to create the contact and never heard back. */
  createSentAt?: Date;
}

export type MatchResult =
  | { outcome: 'matched'; contactId: string; matchedBy: MatchedBy; tied: number; note?: string }
  | { outcome: 'skipped'; reason: SkipReason; detail: string }
  | { outcome: 'failed'; reason: string; detail: string }
  /** A contact may or may not have been created just now. */
  | { outcome: 'unknown'; detail: string }
  /** The CRM would not say or do something now. */
  | { outcome: 'deferred'; deferral: Deferral }
  /** What became of someone else's contact has to be known first. */
  | { outcome: 'waits'; deferral: Deferral }
  /** Another drain took the delivery over. */
  | { outcome: 'lost' };
