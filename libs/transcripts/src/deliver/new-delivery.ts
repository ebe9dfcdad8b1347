import { plainArray, textArray, timeArray } from '../conversations/array-literal.js';
import type { DeliveryDecision } from './decide-delivery.js';

/** A delivery about to be written together with its closed conversation. */
export interface NewDelivery {
  id: string;
  conversationId: string;
  customerKey: string;
  closedAt: Date;
  /** UTF-16 units of the transcript, or a little more. */
  size: number;
  decision: DeliveryDecision;
  /** Of the request that closes the conversation. */
  traceId?: string;
}

export const DELIVERY_COLUMNS =
  'id, conversation_id, customer_key, closed_at, size, status, reason, portal_id, mode, trace_id';

export const DELIVERY_TYPES = 'uuid uuid text timestamptz bigint text text text text text'.split(' ');

export function deliveryArrays(deliveries: readonly NewDelivery[]): string[] {
  return [
    plainArray(deliveries.map(({ id }) => id)),
    plainArray(deliveries.map(({ conversationId }) => conversationId)),
    textArray(deliveries.map(({ customerKey }) => customerKey)),
    timeArray(deliveries.map(({ closedAt }) => closedAt)),
    plainArray(deliveries.map(({ size }) => size)),
    plainArray(deliveries.map(({ decision }) => decision.status)),
    plainArray(deliveries.map(({ decision }) => (decision.status === 'skipped' ? decision.reason : null))),
    textArray(deliveries.map(({ decision }) => decision.portalId ?? null)),
    plainArray(deliveries.map(({ decision }) => decision.mode)),
    textArray(deliveries.map(({ traceId }) => traceId ?? null)),
  ];
}
