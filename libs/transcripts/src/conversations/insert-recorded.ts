import { queryPrepared } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { DELIVERY_COLUMNS, DELIVERY_TYPES, deliveryArrays } from '../deliver/new-delivery.js';
import {
  CONVERSATION_COLUMNS,
  CONVERSATION_TYPES,
  conversationArrays,
  MESSAGE_COLUMNS,
  MESSAGE_TYPES,
  messageArrays,
  type Recording,
  unnestFrom,
} from './inserted-rows.js';

const FIRST_OF_MESSAGES = 2 + CONVERSATION_TYPES.length;
const FIRST_OF_DELIVERIES = FIRST_OF_MESSAGES + MESSAGE_TYPES.length;

/**
 * One statement for all three tables, since each round trip is a wait of everyone in the group; what belongs to a
 * conversation that is known is left out. Foreign keys are checked when the whole statement is done.
 */
const INSERT = {
  name: 'insert_recorded',
  text: `
  WITH fresh AS (
    INSERT INTO conversations (tenant_id, ${CONVERSATION_COLUMNS})
    SELECT $1, * FROM ${unnestFrom(2, CONVERSATION_TYPES)}
    ON CONFLICT (tenant_id, external_id) DO NOTHING
    RETURNING id
  ), said AS (
    INSERT INTO messages (tenant_id, ${MESSAGE_COLUMNS})
    SELECT $1, * FROM ${unnestFrom(FIRST_OF_MESSAGES, MESSAGE_TYPES)} AS message (${MESSAGE_COLUMNS})
    WHERE conversation_id IN (SELECT id FROM fresh)
  ), closed AS (
    INSERT INTO deliveries (tenant_id, ${DELIVERY_COLUMNS}, settled_at)
    SELECT $1, *, CASE WHEN status = 'skipped' THEN now() END
    FROM ${unnestFrom(FIRST_OF_DELIVERIES, DELIVERY_TYPES)} AS delivery (${DELIVERY_COLUMNS})
    WHERE conversation_id IN (SELECT id FROM fresh)
  )
  SELECT id FROM fresh`,
};

/** @returns the ids that were new; one that met a known `external_id` is not among them, and nothing of it was written. */
export async function insertRecorded(
  tx: EntityManager,
  tenantId: string,
  recordings: readonly Recording[],
): Promise<Set<string>> {
  if (recordings.length === 0) return new Set();
  // In one order, whatever the caller's: two calls with the same ids the other way round would wait for each other.
  const ordered = recordings.toSorted((a, b) => compare(a.row.external_id ?? '', b.row.external_id ?? ''));
  const inserted = await queryPrepared<{ id: string }>(tx, INSERT, [
    tenantId,
    ...conversationArrays(ordered.map(({ row }) => row)),
    ...messageArrays(ordered.flatMap(({ messages }) => messages)),
    ...deliveryArrays(ordered.flatMap(({ delivery }) => delivery ?? [])),
  ]);
  return new Set(inserted.map(({ id }) => id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
