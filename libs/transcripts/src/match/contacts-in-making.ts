import { createSettlesIn, type PhoneNumber, readPhoneNumber } from '@app/crm';
import type { Database } from '@app/platform';
import { ContactClaimRepository } from './contact-claim.repository.js';
import { ContactLinkRepository } from './contact-link.repository.js';
import { phoneKey } from './identity.js';

interface OtherRow {
  phone: string;
  is_unanswered: boolean;
  seconds: string;
}

/**
 * For those that make contacts beside deliveries, so that neither makes one that the other just made or is making, while
 * the CRM's search doesn't show it. In this order: claim, see what deliveries make, see what was just created, look in the
 * CRM, renew the claim, create, remember, release.
 */
export class ContactsInMaking {
  private readonly links: ContactLinkRepository;
  private readonly claims: ContactClaimRepository;

  constructor(
    private readonly database: Database,
    private readonly seconds: {
      /** The CRM may commit a create without an answer as late as that. */
      settle: number;
      /** As long as one call of the CRM can take. */
      call: number;
    },
  ) {
    this.links = new ContactLinkRepository(database);
    this.claims = new ContactClaimRepository(database);
  }

  async claim(tenantId: string, portalId: string, holder: string, phones: readonly PhoneNumber[]): Promise<void> {
    await this.claims.claim(tenantId, portalId, { holder, phones, forSeconds: this.claimSeconds() });
  }

  /** @returns false when the claim has run out: nothing may be sent. */
  async renew(tenantId: string, holder: string): Promise<boolean> {
    return this.claims.renew(tenantId, holder, { forSeconds: this.claimSeconds() });
  }

  /** @param isUnanswered the contact may still appear: others wait for as long as it may take to be seen. */
  async release(tenantId: string, holder: string, { isUnanswered }: { isUnanswered: boolean }): Promise<void> {
    const forSeconds = createSettlesIn(this.seconds.settle);
    if (isUnanswered) await this.claims.renew(tenantId, holder, { forSeconds, isUnanswered });
    else await this.claims.release(tenantId, holder);
  }

  /**
   * Who else has asked the CRM for a contact that may have this number, or is about to: a delivery, or another one that
   * claims it.
   */
  async findOther(
    tenantId: string,
    portalId: string,
    { holder, phone, defaultCountry }: { holder: string; phone: PhoneNumber; defaultCountry?: string },
  ): Promise<{ isUnanswered: boolean; settlesInSeconds: number } | undefined> {
    const rows = await this.database.readForTenant<OtherRow>(
      tenantId,
      `SELECT * FROM (
         SELECT c.customer ->> 'phone' AS phone, d.status = 'pending' AS is_unanswered,
           extract(epoch FROM least(greatest(d.due_at, d.create_sent_at + make_interval(secs => $3)),
             d.create_sent_at + make_interval(secs => $6)) - now()) AS seconds
         FROM deliveries d JOIN conversations c ON c.id = d.conversation_id
         WHERE d.tenant_id = tenant.id AND d.portal_id = $2
           -- Why it waits since then is none of the skill's business, and can take days: before it asks again, it marks anew.
           AND d.create_sent_at > now() - make_interval(secs => $6)
           AND d.status IN ('pending', 'delivering') AND c.customer ? 'phone'
         UNION ALL
         SELECT phone_key, is_unanswered, extract(epoch FROM ends_at - now()) FROM contact_claims
         WHERE tenant_id = tenant.id AND portal_id = $2 AND national = $4 AND holder <> $5 AND ends_at > now()
       ) other ORDER BY seconds DESC`,
      [portalId, createSettlesIn(this.seconds.settle), phone.national, holder, this.openSeconds()],
    );
    const other = rows.find((row) => maybeSame(phone, readPhoneNumber(row.phone, defaultCountry), defaultCountry));
    return (
      other && { isUnanswered: other.is_unanswered, settlesInSeconds: Math.max(1, Math.ceil(Number(other.seconds))) }
    );
  }

  /** @returns the id of a contact that was made so recently that searching may not show it, whoever made it. */
  async findJustCreated(
    tenantId: string,
    portalId: string,
    { phone, defaultCountry }: { phone: PhoneNumber; defaultCountry?: string },
  ): Promise<string | undefined> {
    const made = await this.links.findJustCreatedLike(tenantId, portalId, phone.national);
    return made.find(({ key }) => maybeSame(phone, readPhoneNumber(key), defaultCountry))?.contactId;
  }

  /** It outlasts whoever died with it by as long as the CRM may take to show what it was asked for. */
  private claimSeconds(): number {
    return this.seconds.call + createSettlesIn(this.seconds.settle);
  }

  /**
   * For as long after its mark a delivery's contact may still appear. The create left later than the mark, by what was sent
   * before it of the same batch, and settles from when it is known to have no answer: twice the time to settle covers both.
   */
  private openSeconds(): number {
    return this.seconds.call + 2 * createSettlesIn(this.seconds.settle);
  }

  /** Under a key of the contact's own: whom a customer was linked to before stays linked. */
  async remember(tenantId: string, portalId: string, id: string, phones: readonly PhoneNumber[]): Promise<void> {
    const links = phones.map((phone, index) => ({
      customerKey: index === 0 ? `contact:${id}` : `contact:${id}:${index}`,
      contactId: id,
      createdWithPhone: phoneKey(phone),
    }));
    await this.links.remember(tenantId, portalId, links);
  }
}

/** As whoever looks in the CRM compares: by national digits where nothing says which country a number is of. */
function maybeSame(one: PhoneNumber, other: PhoneNumber | undefined, defaultCountry: string | undefined): boolean {
  if (other === undefined) return false;
  if (one.e164 !== undefined && other.e164 !== undefined) return one.e164 === other.e164;
  const isCountryKnown = defaultCountry !== undefined && (one.e164 ?? other.e164) !== undefined;
  return one.national === other.national && !isCountryKnown;
}
