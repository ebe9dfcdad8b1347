import type { Database } from '@app/platform';

/** How long a contact we created may be missing from the search index; 30 s were seen, ten minutes are generous. */
export const INDEX_LAG_MINUTES = 10;

export interface ContactLink {
  customerKey: string;
  contactId: string;
  /** Its `phoneKey`; only for a contact that was just created with it. */
  createdWithPhone?: string;
}

/** The remembered pairs customer ↔ contact of a portal. */
export class ContactLinkRepository {
  constructor(private readonly database: Database) {}

  /** Remembers the contact of each customer, as long as the portal is still the tenant's; the latest word counts. */
  async remember(tenantId: string, portalId: string, links: readonly ContactLink[]): Promise<void> {
    const latest = latestOfEach(links);
    if (latest.length === 0) return;
    await this.database.withTenant(tenantId, async (tx) => {
      const held = await tx.query<unknown[]>(
        'SELECT FROM connections WHERE tenant_id = $1 AND portal_id = $2 FOR KEY SHARE',
        [tenantId, portalId],
      );
      if (held.length === 0) return;
      await tx.query(
        `INSERT INTO contact_links (tenant_id, portal_id, customer_key, contact_id, created_with_phone)
         SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::text[])
         ON CONFLICT (tenant_id, portal_id, customer_key) DO UPDATE SET
           contact_id = EXCLUDED.contact_id,
           created_with_phone = coalesce(EXCLUDED.created_with_phone, contact_links.created_with_phone),
           -- The index lag counts from the latest creation, also where an older link stood.
           created_at = CASE WHEN EXCLUDED.created_with_phone IS NULL THEN contact_links.created_at ELSE now() END`,
        [
          tenantId,
          portalId,
          latest.map(({ customerKey }) => customerKey),
          latest.map(({ contactId }) => contactId),
          latest.map(({ createdWithPhone }) => createdWithPhone ?? null),
        ],
      );
    });
  }

  /** By `phoneKey`: contacts we created with that number so recently that searching may not show them yet. */
  async findJustCreated(tenantId: string, portalId: string, phones: readonly string[]): Promise<Map<string, string>> {
    if (phones.length === 0) return new Map();
    const rows = await this.database.withTenant(tenantId, (tx) =>
      tx.query<{ phone: string; contact_id: string }[]>(
        `SELECT DISTINCT ON (created_with_phone) created_with_phone AS phone, contact_id FROM contact_links
         WHERE tenant_id = $1 AND portal_id = $2 AND created_with_phone = ANY ($3)
           AND created_at > now() - make_interval(mins => $4)
         ORDER BY created_with_phone, created_at`,
        [tenantId, portalId, phones, INDEX_LAG_MINUTES],
      ),
    );
    return new Map(rows.map(({ phone, contact_id }) => [phone, contact_id]));
  }

  /** The same for whatever number ends with these digits, the first made first. */
  async findJustCreatedLike(
    tenantId: string,
    portalId: string,
    digits: string,
  ): Promise<{ key: string; contactId: string }[]> {
    const rows = await this.database.readForTenant<{ key: string; contact_id: string }>(
      tenantId,
      `SELECT created_with_phone AS key, contact_id FROM contact_links
       -- By when it was made: of the digits at its end no index knows, and it is asked while somebody is on the line.
       WHERE tenant_id = tenant.id AND portal_id = $2 AND created_at > now() - make_interval(mins => $4)
         AND created_with_phone IS NOT NULL AND created_with_phone LIKE '%' || $3
       ORDER BY created_at`,
      [portalId, digits, INDEX_LAG_MINUTES],
    );
    return rows.map(({ key, contact_id }) => ({ key, contactId: contact_id }));
  }

  /** By customer key: the contact each of these customers is linked to. */
  async findContacts(
    tenantId: string,
    portalId: string,
    customerKeys: readonly string[],
  ): Promise<Map<string, string>> {
    if (customerKeys.length === 0) return new Map();
    const rows = await this.database.withTenant(tenantId, (tx) =>
      tx.query<{ customer_key: string; contact_id: string }[]>(
        `SELECT customer_key, contact_id FROM contact_links
         WHERE tenant_id = $1 AND portal_id = $2 AND customer_key = ANY ($3)`,
        [tenantId, portalId, customerKeys],
      ),
    );
    return new Map(rows.map(({ customer_key, contact_id }) => [customer_key, contact_id]));
  }

  /** Whose these contacts are: contact id → keys of the customers that are linked to it. */
  async findCustomers(
    tenantId: string,
    portalId: string,
    contactIds: readonly string[],
  ): Promise<Map<string, string[]>> {
    if (contactIds.length === 0) return new Map();
    const rows = await this.database.withTenant(tenantId, (tx) =>
      tx.query<{ contact_id: string; customer_keys: string[] }[]>(
        `SELECT contact_id, array_agg(customer_key) AS customer_keys FROM contact_links
         WHERE tenant_id = $1 AND portal_id = $2 AND contact_id = ANY ($3) GROUP BY contact_id`,
        [tenantId, portalId, contactIds],
      ),
    );
    return new Map(rows.map(({ contact_id, customer_keys }) => [contact_id, customer_keys]));
  }

  /** A merged contact: everyone linked to it follows to the survivor. */
  async follow(tenantId: string, portalId: string, from: string, to: string): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query('UPDATE contact_links SET contact_id = $4 WHERE tenant_id = $1 AND portal_id = $2 AND contact_id = $3', [
        tenantId,
        portalId,
        from,
        to,
      ]),
    );
  }

  /** Deleted contacts: their customers are matched anew next time. */
  async forget(tenantId: string, portalId: string, contactIds: readonly string[]): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query('DELETE FROM contact_links WHERE tenant_id = $1 AND portal_id = $2 AND contact_id = ANY ($3)', [
        tenantId,
        portalId,
        contactIds,
      ]),
    );
  }
}

/** The conversation that made a contact stands before those that follow it: what they don't say of its number still holds. */
function latestOfEach(links: readonly ContactLink[]): ContactLink[] {
  const latest = new Map<string, ContactLink>();
  for (const link of links) {
    const before = latest.get(link.customerKey);
    const inherited = before?.contactId === link.contactId ? before.createdWithPhone : undefined;
    latest.set(link.customerKey, { ...link, createdWithPhone: link.createdWithPhone ?? inherited });
  }
  return [...latest.values()];
}
