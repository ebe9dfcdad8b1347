import { CrmDeferredError, type ContactDraft, type CreateOutcome, type CrmContact } from '@app/crm';
import { newId } from '@app/platform';
import type { HubSpotRefusal } from '../client/hubspot-answer.js';
import type { BatchCreator, BatchItem, BatchKnowledge, ItemOutcome } from '../records/batch-creator.js';
import { codesOf, explainRefusal, lackingRequired, textOfRefusal } from '../records/explain-refusal.js';
import type { HubSpotRecord } from '../records/hubspot-record.js';
import { BATCH_SIZE } from '../records/record-reader.js';
import type { ContactReader } from './contact-reader.js';

interface DraftItem extends BatchItem {
  draft: ContactDraft;
  email?: string;
}

type Existing = { outcome: 'exists'; id: string };
type DraftOutcome = Existing | ItemOutcome;

/** New contacts in bulk. Email is what makes a contact unique in HubSpot, so a 409 is an answer: that contact is the one. */
export class CreateContacts implements BatchKnowledge<DraftItem, Existing> {
  readonly objectType = 'contacts';

  constructor(
    private readonly creator: BatchCreator,
    private readonly reader: ContactReader,
  ) {}

  async execute(tenantId: string, drafts: readonly ContactDraft[]): Promise<CreateOutcome[]> {
    const items = drafts.map(toItem);
    const first = firstOfEachEmail(items);
    const outcomes = new Map<string, DraftOutcome>();
    const unique = items.filter((item) => first.get(item) === item);
    for (let start = 0; start < unique.length; start += BATCH_SIZE) {
      const some = unique.slice(start, start + BATCH_SIZE);
      for (const [traceId, outcome] of await this.creator.create(tenantId, some, this)) outcomes.set(traceId, outcome);
    }
    await this.resolveConflicts(tenantId, unique, outcomes);
    return items.map((item) => {
      const sent = first.get(item) ?? item;
      const outcome = toCreateOutcome(outcomes.get(sent.traceId));
      return sent !== item && outcome.outcome === 'created' ? { outcome: 'exists', id: outcome.id } : outcome;
    });
  }

  /** Items of a 207 that were refused as duplicates; HubSpot may not say of whom. At most one call for all of them. */
  private async resolveConflicts(
    tenantId: string,
    items: readonly DraftItem[],
    outcomes: Map<string, DraftOutcome>,
  ): Promise<void> {
    const unnamed: DraftItem[] = [];
    let conflict: HubSpotRefusal | undefined;
    for (const item of items) {
      const outcome = outcomes.get(item.traceId);
      if (outcome?.outcome !== 'refused' || outcome.refusal.status !== 409) continue;
      const id = existingId(outcome.refusal);
      if (id !== undefined) outcomes.set(item.traceId, { outcome: 'exists', id });
      else {
        unnamed.push(item);
        conflict = outcome.refusal;
      }
    }
    if (conflict === undefined) return;
    for (const [traceId, found] of await this.findExisting(tenantId, conflict, unnamed)) outcomes.set(traceId, found);
  }

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

  /**
   * HubSpot names one id of perhaps many duplicates. A bulk read by email finds all whose primary email it is; the named
   * contact shows its secondary ones. Two calls for the batch instead of two for each duplicate.
   */
  private async findExisting(
    tenantId: string,
    refusal: HubSpotRefusal,
    items: readonly DraftItem[],
  ): Promise<Map<string, DraftOutcome>> {
    const settled = new Map<string, DraftOutcome>();
    const named = existingId(refusal);
    const [only] = items;
    if (named !== undefined && items.length === 1 && only !== undefined) {
      return settled.set(only.traceId, { outcome: 'exists', id: named });
    }
    try {
      const emails = items.flatMap(({ email }) => email ?? []);
      const holders = new Map(await this.reader.byEmails(tenantId, emails));
      const alreadyFound = [...holders.values()].some(({ id }) => id === named);
      if (named !== undefined && !alreadyFound) {
        for (const contact of (await this.reader.byIds(tenantId, [named])).values()) addHolder(holders, contact);
      }
      for (const { traceId, email } of items) {
        const holder = email === undefined ? undefined : holders.get(email);
        if (holder !== undefined) settled.set(traceId, { outcome: 'exists', id: holder.id });
      }
    } catch (error) {
      if (!(error instanceof CrmDeferredError)) throw error;
      for (const { traceId } of items) settled.set(traceId, { outcome: 'deferred', deferral: error.deferral });
    }
    return settled;
  }
}

function addHolder(holders: Map<string, CrmContact>, contact: CrmContact): void {
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
