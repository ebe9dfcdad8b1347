import type { ContactEvent, ContactEvents } from '@app/crm';
import type { Database } from '@app/platform';
import type { EntityManager } from 'typeorm';

/**
 * Keeps what is known of skills' runs true to what the CRM says happened to contacts: who was verified as a contact that is
 * merged is its survivor; of one that was deleted for privacy go
 *
 * - what was sent to the runs that showed, changed, made or tied it, that asked for the yes to one of these, or that belong
 *   to a conversation with it. That there was a run stays: when, which skill, and what came of it;
 * - that a caller was verified as it.
 */
export class FollowContactsInRuns implements ContactEvents {
  constructor(private readonly database: Database) {}

  async handle(tenantId: string, portalId: string, events: readonly ContactEvent[]): Promise<void> {
    const concerned = events.filter(({ kind }) => kind === 'merged' || kind === 'privacy_deleted');
    if (concerned.length === 0) return;
    await this.database.withTenant(tenantId, async (tx) => {
      for (const event of concerned) {
        if (event.kind === 'merged') await follow(tx, tenantId, portalId, event);
        else if (event.kind === 'privacy_deleted') await erase(tx, tenantId, portalId, event.contactId);
      }
    });
  }
}

async function follow(
  tx: EntityManager,
  tenantId: string,
  portalId: string,
  { contactIds, survivorId }: Extract<ContactEvent, { kind: 'merged' }>,
): Promise<void> {
  await tx.query(
    'UPDATE verified_callers SET contact_id = $4 WHERE tenant_id = $1 AND portal_id = $2 AND contact_id = ANY ($3)',
    [tenantId, portalId, contactIds, survivorId],
  );
  await tx.query(
    `UPDATE skill_runs SET contact_ids = array_append(contact_ids, $4)
     WHERE tenant_id = $1 AND portal_id = $2 AND contact_ids && $3::text[] AND NOT contact_ids @> ARRAY[$4::text]`,
    [tenantId, portalId, contactIds, survivorId],
  );
}

async function erase(tx: EntityManager, tenantId: string, portalId: string, contactId: string): Promise<void> {
  const given = [tenantId, portalId, contactId];
  await tx.query(
    `WITH theirs AS (
       SELECT conversation_id, skill, arguments FROM skill_runs
       WHERE tenant_id = $1 AND portal_id = $2 AND contact_ids @> ARRAY[$3::text]
     ), conversations_with AS (
       SELECT conversation_id FROM theirs UNION
       SELECT conversation_id FROM verified_callers WHERE tenant_id = $1 AND portal_id = $2 AND contact_id = $3
     )
     UPDATE skill_runs SET arguments = '{}', contact_ids = array_remove(contact_ids, $3)
     WHERE tenant_id = $1 AND portal_id = $2 AND (
       contact_ids @> ARRAY[$3::text]
       OR conversation_id IN (SELECT conversation_id FROM conversations_with)
       -- The question before a yes was sent the same, when there was no contact yet.
       OR (skill, arguments) IN (SELECT skill, arguments FROM theirs))`,
    given,
  );
  await tx.query('DELETE FROM verified_callers WHERE tenant_id = $1 AND portal_id = $2 AND contact_id = $3', given);
}
