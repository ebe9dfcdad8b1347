import { CrmDeferredError, type ContactDraft, type CreateOutcome, type CrmContact, type Deferral } from '@app/crm';
import { newId } from '@app/platform';
import type { TrafficClass } from '../budget/rate-budget.js';
import type { HubSpotRefusal } from '../client/hubspot-answer.js';
import type { BatchCreator, BatchItem, BatchKnowledge, ItemOutcome } from '../records/batch-creator.js';
import { codesOf, explainRefusal, lackingRequired, textOfRefusal } from '../records/explain-refusal.js';
import type { HubSpotRecord } from '../records/hubspot-record.js';
import { BATCH_SIZE } from '../records/record-reader.js';
import type { ContactReader } from './contact-reader.js';
import type { ContactSearch } from './contact-search.js';

interface DraftItem extends BatchItem {
  draft: ContactDraft;
  email?: string;
}

type Existing = { outcome: 'exists'; id: string };
type DraftOutcome = Existing | ItemOutcome;

/** Beyond so many answers "exists already" to one batch, what is left waits until the search index shows who they are. */
const MOST_CONFLICTS = 8;
/** How long that takes at the most. */
const INDEX_LAG_SECONDS = 30;

/** New contacts in bulk. Email is what makes a contact unique in HubSpot, so a 409 is an answer: that contact is the one. */
export class CreateContacts {
  constructor(
    private readonly creator: BatchCreator,
    private readonly reader: ContactReader,
    private readonly searches: ContactSearch,
    private readonly traffic: TrafficClass,
  ) {}

  async execute(tenantId: string, drafts: readonly ContactDraft[]): Promise<CreateOutcome[]> {
    const items = drafts.map(toItem);
    const first = firstOfEachEmail(items);
    const outcomes = new Map<string, DraftOutcome>();
    const unique = items.filter((item) => first.get(item) === item);
    for (let start = 0; start < unique.length; start += BATCH_SIZE) {
      const some = unique.slice(start, start + BATCH_SIZE);
      const knowledge = new DraftKnowledge(this.reader, this.searches, this.traffic);
      const settled = await this.creator.create(tenantId, some, knowledge);
      for (const [traceId, outcome] of await knowledge.nameExisting(tenantId, some, settled))
        outcomes.set(traceId, outcome);
    }
    return items.map((item) => {
      const sent = first.get(item) ?? item;
      const outcome = toCreateOutcome(outcomes.get(sent.traceId));
      return sent !== item && outcome.outcome === 'created' ? { outcome: 'exists', id: outcome.id } : outcome;
    });
  }
}

/** What HubSpot's answers to one batch of drafts mean. */
class DraftKnowledge implements BatchKnowledge<DraftItem, Existing> {
  readonly objectType = 'contacts';
  private conflicts = 0;

  constructor(
    private readonly reader: ContactReader,
    private readonly searches: ContactSearch,
    private readonly traffic: TrafficClass,
  ) {}

  /** Without the trace id only an email names a contact for certain: two people may share all else. */
  async recognise(
    _: string,
    records: readonly HubSpotRecord[],
    items: readonly DraftItem[],
  ): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const { id, properties } of records) {
      const item = items.find(({ email }) => email !== undefined && email === properties['email']?.toLowerCase());
      if (item !== undefined) found.set(item.traceId, id);
    }
    return found;
  }

  async blame(
    tenantId: string,
    refusal: HubSpotRefusal,
    items: readonly DraftItem[],
  ): Promise<Map<string, DraftOutcome>> {
    if (refusal.status === 409) return this.findExisting(tenantId, refusal, items);
    const culprits = [...withRefusedEmail(refusal, items), ...lackingRequired(refusal, items)];
    return new Map(culprits.map(({ traceId }) => [traceId, { outcome: 'refused', refusal }]));
  }

  /** Items of a 207 that were refused as duplicates; HubSpot may not say of whom. */
  async nameExisting(
    tenantId: string,
    items: readonly DraftItem[],
    outcomes: ReadonlyMap<string, DraftOutcome>,
  ): Promise<Map<string, DraftOutcome>> {
    const named = new Map(outcomes);
    const unnamed: DraftItem[] = [];
    for (const item of items) {
      const outcome = outcomes.get(item.traceId);
      if (outcome?.outcome !== 'refused' || outcome.refusal.status !== 409) continue;
      const id = existingId(outcome.refusal);
      if (id === undefined) unnamed.push(item);
      else named.set(item.traceId, { outcome: 'exists', id });
    }
    const found = await this.settleBy(unnamed, async (holders, emails) => {
      addAll(holders, await this.reader.byEmails(tenantId, emails));
      await this.addSecondary(tenantId, holders, emails);
    });
    for (const item of unnamed) {
      // HubSpot says that somebody has the address, so it is no failure that the index doesn't show yet who.
      const outcome = found.get(item.traceId) ?? (item.email === undefined ? undefined : NOT_SHOWN);
      if (outcome !== undefined) named.set(item.traceId, outcome);
    }
    return named;
  }

  /**
   * HubSpot names one id of perhaps many duplicates, so the others are looked for in bulk: first by primary email, then, as
   * there are still some, by secondary email. The named contact shows its addresses itself, which the index may not yet.
   */
  private async findExisting(
    tenantId: string,
    refusal: HubSpotRefusal,
    items: readonly DraftItem[],
  ): Promise<Map<string, DraftOutcome>> {
    const named = existingId(refusal);
    const [only] = items;
    if (named !== undefined && items.length === 1 && only !== undefined) {
      return new Map([[only.traceId, { outcome: 'exists', id: named }]]);
    }
    this.conflicts += 1;
    if (this.conflicts > MOST_CONFLICTS) return deferAll(items, NOT_SHOWN_YET);
    return this.settleBy(items, async (holders, emails) => {
      if (this.conflicts === 1) addAll(holders, await this.reader.byEmails(tenantId, emails));
      if (this.conflicts === 2) await this.addSecondary(tenantId, holders, emails);
      const alreadyFound = [...holders.values()].some(({ id }) => id === named);
      if (named === undefined || alreadyFound) return;
      for (const contact of (await this.reader.byIds(tenantId, [named])).values()) addHolder(holders, contact);
    });
  }

  private async addSecondary(tenantId: string, holders: Holders, emails: readonly string[]): Promise<void> {
    const missing = emails.filter((email) => !holders.has(email));
    const found = await this.searches.bySecondaryEmails(tenantId, this.traffic, missing);
    // An address is one contact's; of more than one (while the index follows a merge) none is certain.
    for (const [email, [holder, ...others]] of found)
      if (holder !== undefined && others.length === 0) holders.set(email, holder);
  }

  /** Nothing of these was committed: whatever can't be looked up now waits. */
  private async settleBy(
    items: readonly DraftItem[],
    look: (holders: Holders, emails: readonly string[]) => Promise<void>,
  ): Promise<Map<string, DraftOutcome>> {
    const emails = items.flatMap(({ email }) => email ?? []);
    if (emails.length === 0) return new Map();
    const holders: Holders = new Map();
    try {
      await look(holders, emails);
    } catch (error) {
      if (!(error instanceof CrmDeferredError)) throw error;
      return deferAll(items, error.deferral);
    }
    return new Map(
      items.flatMap(({ traceId, email }): [string, DraftOutcome][] => {
        const holder = email === undefined ? undefined : holders.get(email);
        return holder === undefined ? [] : [[traceId, { outcome: 'exists', id: holder.id }]];
      }),
    );
  }
}

/** Contacts by an email of theirs. */
type Holders = Map<string, CrmContact>;

const NOT_SHOWN_YET: Deferral = {
  cause: 'unavailable',
  detail: 'HubSpot has contacts with these email addresses, and its search does not show them yet',
  retryAfterSeconds: INDEX_LAG_SECONDS,
};

const NOT_SHOWN: DraftOutcome = { outcome: 'deferred', deferral: NOT_SHOWN_YET };

function deferAll(items: readonly DraftItem[], deferral: Deferral): Map<string, DraftOutcome> {
  return new Map(items.map(({ traceId }) => [traceId, { outcome: 'deferred', deferral }]));
}

function addAll(holders: Holders, found: ReadonlyMap<string, CrmContact>): void {
  for (const [email, contact] of found) holders.set(email, contact);
}

function addHolder(holders: Holders, contact: CrmContact): void {
  for (const email of contact.emails) if (!holders.has(email)) holders.set(email, contact);
}

function toItem(draft: ContactDraft): DraftItem {
  const email = draft.email?.trim().toLowerCase();
  const values = { email, phone: draft.phone, firstname: draft.firstName, lastname: draft.lastName };
  const properties = Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
  return { traceId: newId(), input: { properties, associations: [] }, draft, email: email === '' ? undefined : email };
}

/** For each draft the one that is sent in its place: two inputs with one email would fail the whole batch. */
function firstOfEachEmail(items: readonly DraftItem[]): Map<DraftItem, DraftItem> {
  const byEmail = new Map<string, DraftItem>();
  return new Map(
    items.map((item) => {
      if (item.email === undefined) return [item, item];
      const first = byEmail.get(item.email) ?? item;
      byEmail.set(item.email, first);
      return [item, first];
    }),
  );
}

function toCreateOutcome(outcome: DraftOutcome | undefined): CreateOutcome {
  if (outcome === undefined) return { outcome: 'unknown', detail: 'HubSpot did not say what became of the contact' };
  if (outcome.outcome === 'written') return { outcome: 'created', id: outcome.id };
  if (outcome.outcome !== 'refused') return outcome;
  const refusal = explainRefusal(outcome.refusal);
  return refusal.reason === 'invalid_email'
    ? { outcome: 'refused', refusal, field: 'email' }
    : { outcome: 'refused', refusal };
}

/** `Contact already exists. Existing ID: 123` */
function existingId(refusal: HubSpotRefusal): string | undefined {
  return /Existing ID:\s*(\d+)/i.exec(textOfRefusal(refusal))?.[1];
}

/** `Email address ada@ is invalid`: the drafts with an address that HubSpot quotes. */
function withRefusedEmail(refusal: HubSpotRefusal, items: readonly DraftItem[]): DraftItem[] {
  if (!codesOf(refusal).includes('INVALID_EMAIL')) return [];
  const said = textOfRefusal(refusal).toLowerCase();
  return items.filter(({ email }) => email !== undefined && said.includes(`email address ${email} is invalid`));
}
