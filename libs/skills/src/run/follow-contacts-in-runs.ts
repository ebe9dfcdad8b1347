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
    const merged = events.filter((event) => event.kind === 'merged');
    const erased = events.flatMap((event) => (event.kind === 'privacy_deleted' ? [event.contactId] : []));
    if (merged.length === 0 && erased.length === 0) return;
    await this.database.withTenant(tenantId, async (tx) => {
      // One by one: a survivor may have been merged itself.
      for (const event of merged) await follow(tx, tenantId, portalId, event);
      if (erased.length > 0) await erase(tx, tenantId, portalId, erased);
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
    `INSERT INTO skill_run_contacts (tenant_id, portal_id, contact_id, run_id)
     SELECT DISTINCT tenant_id, portal_id, $4, run_id FROM skill_run_contacts
     WHERE tenant_id = $1 AND portal_id = $2 AND contact_id = ANY ($3)
     ON CONFLICT DO NOTHING`,
    [tenantId, portalId, contactIds, survivorId],
  );
}

/** All at once: that the question before a yes was sent the same is a look at every run of the tenant. */
async function erase(
  tx: EntityManager,
  tenantId: string,
  portalId: string,
  contactIds: readonly string[],
): Promise<void> {
  const given = [tenantId, portalId, contactIds];
  await tx.query(
    `WITH theirs AS (
       SELECT r.id, r.conversation_id, r.skill, r.arguments FROM skill_run_contacts c JOIN skill_runs r ON r.id = c.run_id
       WHERE c.tenant_id = $1 AND c.portal_id = $2 AND c.contact_id = ANY ($3)
     ), conversations_with AS (
       SELECT conversation_id FROM theirs UNION
       SELECT conversation_id FROM verified_callers WHERE tenant_id = $1 AND portal_id = $2 AND contact_id = ANY ($3)
     )
     UPDATE skill_runs SET arguments = '{}'
     WHERE tenant_id = $1 AND portal_id = $2 AND (
       id IN (SELECT id FROM theirs)
       OR conversation_id IN (SELECT conversation_id FROM conversations_with)
       -- The question before a yes was sent the same, when there was no contact yet.
       OR (skill, arguments) IN (SELECT skill, arguments FROM theirs))`,
    given,
  );
  const theirs = 'WHERE tenant_id = $1 AND portal_id = $2 AND contact_id = ANY ($3)';
  await tx.query(`DELETE FROM skill_run_contacts ${theirs}`, given);
  await tx.query(`DELETE FROM verified_callers ${theirs}`, given);
}
