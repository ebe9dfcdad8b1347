import type { PhoneNumber } from '@app/crm';
import type { Database } from '@app/platform';
import { INDEX_LAG_MINUTES } from './contact-link.repository.js';
import { phoneKey } from './identity.js';

/** A number that somebody else has just made a contact of, or is about to. */
export type MadeBeside = { phone: PhoneNumber } & (
  | { contactId: string }
  /** Until then they may still make it. */
  | { claimedForSeconds: number; isUnanswered: boolean }
);

interface BesideRow {
  phone_key: string;
  national: string;
  contact_id: string | null;
  seconds: number;
  is_unanswered: boolean;
}

/**
 * Who makes contacts beside deliveries claims their numbers first and looks then what deliveries are making; deliveries mark
 * theirs first and look then what is claimed. So of two who make the same contact at once at least one sees the other.
 */
export class ContactClaimRepository {
  constructor(private readonly database: Database) {}

  async claim(
    tenantId: string,
    portalId: string,
    { holder, phones, forSeconds }: { holder: string; phones: readonly PhoneNumber[]; forSeconds: number },
  ): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query(
        `INSERT INTO contact_claims (tenant_id, portal_id, holder, phone_key, national, ends_at)
         SELECT DISTINCT ON (p.key) $1::uuid, $2, $3::uuid, p.key, p.national, now() + make_interval(secs => $6)
         FROM unnest($4::text[], $5::text[]) AS p (key, national)`,
        [tenantId, portalId, holder, phones.map(phoneKey), phones.map(({ national }) => national), forSeconds],
      ),
    );
  }

  /** @returns false when it has run out meanwhile: somebody else may be making the contact. */
  async renew(
    tenantId: string,
    holder: string,
    { forSeconds, isUnanswered = false }: { forSeconds: number; isUnanswered?: boolean },
  ): Promise<boolean> {
    const [, count] = await this.database.withTenant(tenantId, (tx) =>
      tx.query<[unknown, number]>(
        `UPDATE contact_claims SET ends_at = now() + make_interval(secs => $3), is_unanswered = $4
         WHERE tenant_id = $1 AND holder = $2 AND ends_at > now()`,
        [tenantId, holder, forSeconds, isUnanswered],
      ),
    );
    return count > 0;
  }

  async release(tenantId: string, holder: string): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query('DELETE FROM contact_claims WHERE tenant_id = $1 AND holder = $2', [tenantId, holder]),
    );
  }

  /** Of these numbers those that others claim, or have made contacts of so recently that searching may not show them. */
  async findBeside(tenantId: string, portalId: string, phones: readonly PhoneNumber[]): Promise<MadeBeside[]> {
    if (phones.length === 0) return [];
    const nationals = phones.map(({ national }) => national);
    const rows = await this.database.readForTenant<BesideRow>(
      tenantId,
      `SELECT * FROM (
         SELECT phone_key, national, NULL AS contact_id, greatest(1, ceil(extract(epoch FROM ends_at - now())))::int AS seconds,
           is_unanswered, NULL AS created_at
         FROM contact_claims
         WHERE tenant_id = tenant.id AND portal_id = $2 AND national = ANY ($3) AND ends_at > now()
         UNION ALL
         SELECT created_with_phone, NULL, contact_id, 0, false, created_at FROM contact_links
         WHERE tenant_id = tenant.id AND portal_id = $2 AND created_with_phone = ANY ($4)
           AND created_at > now() - make_interval(mins => $5)
       ) beside ORDER BY created_at NULLS LAST, seconds DESC`,
      // One that was made by national digits alone is the same person's to whoever searches, too.
      [portalId, nationals, [...phones.map(phoneKey), ...nationals], INDEX_LAG_MINUTES],
    );
    return rows.map((row) => {
      const phone = phoneOf(row);
      if (row.contact_id !== null) return { phone, contactId: row.contact_id };
      return { phone, claimedForSeconds: row.seconds, isUnanswered: row.is_unanswered };
    });
  }
}

/** Back from its key. */
function phoneOf({ phone_key: key, national }: { phone_key: string; national: string | null }): PhoneNumber {
  return key.startsWith('+') ? { e164: key, national: national ?? '' } : { national: national ?? key };
}
