import { CrmDeferredError, type CrmDesk, type ShownContact } from '@app/crm';
import { AppError, type Clock, type Database, isId, ShortLived } from '@app/platform';
import type { TenantEvent } from '@app/tenants';
import type { Customer } from '../conversations/conversation.js';
import type { MatchedBy } from '../deliver/delivery.js';
import type { ContactLinkRepository } from '../match/contact-link.repository.js';
import type { Matcher } from '../match/matcher.js';
import { type ContactPanel, inTime, notConnected } from './contact-panel.js';

/** Webhooks drop what changed; without them a panel is a minute old at most, and someone new is found soon. */
const MATCHED_LIFE_MS = 60_000;
const NO_MATCH_LIFE_MS = 10_000;
const PANELS = 10_000;

interface Sight {
  customer: Customer;
  customer_key: string;
  status: string | null;
  problem: { detail: string } | null;
  portal_id: string | null;
  linked_contact_id: string | null;
  panel_properties: string[] | null;
  default_country: string | null;
  ignored_numbers: string[] | null;
}

type Answer = Extract<ContactPanel, { state: 'matched' | 'no_match' }>;

/** The contact of a conversation, for the agent beside it: matched as a delivery would be, and never created. */
export class ShowContact {
  private readonly panels: ShortLived<Answer>;

  constructor(
    private readonly database: Database,
    private readonly links: ContactLinkRepository,
    private readonly matcher: Matcher,
    private readonly desk: CrmDesk,
    clock: Clock,
  ) {
    this.panels = new ShortLived(clock, { lifeMs: lifeOf, most: PANELS });
  }

  /** Answers within two seconds; what the CRM says later is remembered. @throws AppError 2002 */
  async execute(tenantId: string, conversationId: string): Promise<ContactPanel> {
    const sight = isId(conversationId) ? await this.look(tenantId, conversationId) : undefined;
    if (sight === undefined) throw new AppError(2002, 'No conversation has this id');
    const unable = notConnected(sight.status ?? undefined, sight.problem?.detail);
    if (unable !== undefined) return unable;
    const { customer, customer_key, portal_id, linked_contact_id, panel_properties, default_country, ignored_numbers } =
      sight;
    // Everything that the answer depends on: who changes a setting sees the next answer change.
    const asked = [portal_id, customer_key, customer, linked_contact_id, panel_properties, default_country];
    const key = `${tenantId}:${JSON.stringify([...asked, ignored_numbers])}`;
    return inTime(this.panels.get(key, () => this.find(tenantId, conversationId, sight)));
  }

  /** What is remembered may be stale now. */
  hear({ tenantId, kind, items }: TenantEvent): void {
    if (kind === 'connection.changed') {
      this.desk.forget(tenantId);
      this.panels.forget((key) => key.startsWith(`${tenantId}:`));
    }
    if (kind !== 'contact.changed') return;
    const changed = new Set(items.map(({ contactId }) => contactId));
    this.panels.forget((key, panel) => {
      if (!key.startsWith(`${tenantId}:`)) return false;
      // Too many to be named, still under way, or perhaps the one that nobody was found for.
      if (changed.size === 0 || panel?.state !== 'matched') return true;
      return changed.has(panel.contact.id);
    });
  }

  /** Something may have been missed. */
  forgetAll(): void {
    this.desk.forget();
    this.panels.forget(() => true);
  }

  /** One round trip: asked whenever an agent looks at a conversation. */
  private async look(tenantId: string, conversationId: string): Promise<Sight | undefined> {
    const [sight] = await this.database.readForTenant<Sight>(
      tenantId,
      `SELECT v.customer_key, c.status, c.problem, c.portal_id, l.contact_id AS linked_contact_id,
         CASE WHEN v.crm_portal_id = c.portal_id THEN v.customer ELSE v.customer - 'crmContactId' END AS customer,
         o.panel_properties, w.default_country, w.ignored_numbers
       FROM conversations v
       LEFT JOIN connections c ON c.tenant_id = v.tenant_id
       LEFT JOIN contact_links l
         ON l.tenant_id = v.tenant_id AND l.portal_id = c.portal_id AND l.customer_key = v.customer_key
       LEFT JOIN options o ON o.tenant_id = v.tenant_id
       LEFT JOIN writeback_settings w ON w.tenant_id = v.tenant_id
       WHERE v.tenant_id = tenant.id AND v.id = $2`,
      [conversationId],
    );
    return sight;
  }

  private async find(tenantId: string, conversationId: string, sight: Sight): Promise<Answer> {
    const { customer, customer_key: customerKey, portal_id: portalId } = sight;
    const read = (id: string): Promise<ShownContact | undefined> =>
      this.desk.findContact(tenantId, id, sight.panel_properties ?? []);
    const linked = customer.crmContactId ?? sight.linked_contact_id ?? undefined;
    const known = linked === undefined ? undefined : await read(linked);
    if (known !== undefined) return matched(known, 'crm_id', 1);
    const results = await this.matcher.match(
      tenantId,
      [{ deliveryId: conversationId, customerKey, customer }],
      {
        onNoMatch: 'skip',
        defaultCountry: sight.default_country ?? undefined,
        ignoredNumbers: sight.ignored_numbers ?? [],
      },
      {
        findJustCreated: (phones) => this.links.findJustCreated(tenantId, portalId ?? '', phones),
        ...CREATES_NOTHING,
      },
    );
    const result = results.get(conversationId);
    if (result?.outcome === 'deferred') throw new CrmDeferredError(result.deferral);
    const contact = result?.outcome === 'matched' ? await read(result.contactId) : undefined;
    if (contact !== undefined && result?.outcome === 'matched') return matched(contact, result.matchedBy, result.tied);
    return { state: 'no_match', detail: result?.outcome === 'skipped' ? result.detail : NOBODY };
  }
}

function lifeOf({ state }: Answer): number {
  return state === 'matched' ? MATCHED_LIFE_MS : NO_MATCH_LIFE_MS;
}

const NOBODY = 'No contact has this email or phone number';

/** Matching with the policy `skip` asks for none of these. */
const CREATES_NOTHING = {
  markCreating: () => Promise.reject(new Error('The panel never creates a contact')),
  findMadeBeside: () => Promise.resolve([]),
  findUnsettledCreates: () => Promise.resolve([]),
  findLinked: () => Promise.resolve(new Map<string, string[]>()),
};

function matched(contact: ShownContact, matchedBy: MatchedBy, tied: number): Answer {
  return { state: 'matched', matchedBy, tied, contact };
}
