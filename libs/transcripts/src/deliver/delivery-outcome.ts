import type { RefusalRule } from '@app/crm';
import type { WritebackMode } from '@app/tenants';
import type { Channel, Customer } from '../conversations/conversation.js';
import type { MatchedBy, SkipReason } from './delivery.js';

/** A delivery this drain holds, with all that deciding about it needs. */
export interface ClaimedDelivery {
  id: string;
  conversationId: string;
  customerKey: string;
  customer: Customer;
  mode: WritebackMode;
  channel: Channel;
  closedAt: Date;
  /** UTF-16 units of the transcript, or a little more. */
  size: number;
  /** Counting this one. */
  tries: number;
  /** A contact create left for it and was never answered. */
  createSentAt?: Date;
  /** Entries left for it and were never answered. */
  entriesSentAt?: Date;
  contactId?: string;
  matchedBy?: MatchedBy;
  tied?: number;
  /** Of the request that set it going. */
  traceId?: string;
  /** Made by an earlier attempt: every further one says the same. */
  summary?: string;
  /** The remembered contact of its customer. */
  linkedContactId?: string;
  /** Parts known to be on the timeline, each with the number of parts it says there are. */
  writtenParts: ReadonlyMap<number, number>;
}

/** A delivery with the contact it goes to. */
export interface MatchedDelivery {
  claim: ClaimedDelivery;
  contactId: string;
  matchedBy: MatchedBy;
  tied: number;
  note?: string;
}

/** A part that was written, or found to have been. */
export interface WrittenPart {
  type: 'note' | 'call';
  part: number;
  parts: number;
  entryId: string;
}

/** What one attempt came to. `parts` are those that became known in it. */
export type DeliveryOutcome = { deliveryId: string; parts?: WrittenPart[]; contactId?: string; detail: string } & (
  | { status: 'written' }
  | { status: 'skipped'; reason: SkipReason }
  | { status: 'failed'; reason: string; rule?: RefusalRule }
  | {
      status: 'pending';
      /**
       * - `deferred`: certainly nothing was written by this attempt;
       * - `unknown`: a request left and was not answered;
       * - `waiting`: the connection is what is wrong, so it doesn't count as a try;
       * - `given_back`: this process is about to end: as if it had not been claimed.
       */
      attempt: 'deferred' | 'unknown' | 'waiting' | 'given_back';
      delaySeconds: number;
      /** Something may have been created, now or before: not again before the settle time has passed since. */
      keepMarks: boolean;
    }
);
