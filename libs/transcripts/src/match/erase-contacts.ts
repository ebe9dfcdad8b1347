import type { Database } from '@app/platform';

/**
 * Forgets what we hold of contacts that were deleted for privacy. What counts as a copy of the CRM's data:
 *
 * - the links, with the numbers remembered for them;
 * - the details of customers that were given with the contact's id: they were read from the CRM (choosing a contact in the
 *   outbound search fills them in). The caller's own id of the person stays, since it says nothing to anybody else;
 * - deliveries still waiting for that contact: writing them would make the person anew, so they are skipped.
 *
 * What a customer wrote to the tenant, and details that came from the tenant's own systems, are the tenant's records and
 * not copies; they go with the retention time.
 */
export class EraseContacts {
  constructor(private readonly database: Database) {}

  async execute(tenantId: string, portalId: string, contactIds: readonly string[]): Promise<void> {
    const given = [tenantId, portalId, contactIds];
    await this.database.withTenant(tenantId, async (tx) => {
      // First, while the links still say who belongs to the contact.
      await tx.query(
        `WITH erased AS (
           UPDATE deliveries d SET status = 'skipped', reason = 'contact_erased', detail = $4, settled_at = now(),
             create_sent_at = NULL, entries_sent_at = NULL
           WHERE d.tenant_id = $1 AND d.portal_id = $2 AND d.status = 'pending' AND (
             d.contact_id = ANY ($3)
             OR d.customer_key IN (SELECT l.customer_key FROM contact_links l
                WHERE l.tenant_id = $1 AND l.portal_id = $2 AND l.contact_id = ANY ($3))
             OR d.conversation_id IN (SELECT c.id FROM conversations c
                WHERE c.tenant_id = $1 AND c.customer ->> 'crmContactId' = ANY ($3)))
           RETURNING d.id
         )
         INSERT INTO delivery_attempts (tenant_id, delivery_id, outcome, detail) SELECT $1, id, 'skipped', $4 FROM erased`,
        [...given, 'The contact was deleted for privacy in the CRM; writing this would make the person anew'],
      );
      await tx.query(
        // An id of another portal's contact may look the same: what was closed for another portal is left alone.
        `WITH erased AS (
           UPDATE conversations c SET
             customer = jsonb_strip_nulls(jsonb_build_object('externalId', c.customer -> 'externalId')),
             customer_key = CASE WHEN c.customer ? 'externalId' THEN c.customer_key ELSE 'conversation:' || c.id END
           WHERE c.tenant_id = $1 AND c.customer ->> 'crmContactId' = ANY ($3)
             AND NOT EXISTS (SELECT FROM deliveries d WHERE d.conversation_id = c.id AND d.portal_id <> $2)
           RETURNING c.id, c.customer_key
         )
         UPDATE deliveries d SET customer_key = erased.customer_key FROM erased
         WHERE d.tenant_id = $1 AND d.conversation_id = erased.id`,
        given,
      );
      await tx.query(
        'DELETE FROM contact_links WHERE tenant_id = $1 AND portal_id = $2 AND contact_id = ANY ($3)',
        given,
      );
    });
  }
}
