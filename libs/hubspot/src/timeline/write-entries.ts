import { CrmDeferredError, type TimelineEntry, type WriteOutcome } from '@app/crm';
import { idOf } from '../client/read-json.js';
import type { HubSpotRefusal } from '../client/hubspot-answer.js';
import type { BatchCreator, BatchItem, BatchKnowledge, ItemOutcome } from '../records/batch-creator.js';
import { codesOf, explainRefusal, lackingRequired, textOfRefusal } from '../records/explain-refusal.js';
import type { HubSpotRecord } from '../records/hubspot-record.js';
import { BATCH_SIZE, type RecordReader } from '../records/record-reader.js';
import { BODY_PROPERTY, OBJECT_TYPE, toInput } from './entry-input.js';

/** HubSpot states no limit; its proxies refuse bodies of somewhere above this. A hundred full parts would be 6.5 MB. */
const REQUEST_BYTES = 4_000_000;

interface EntryItem extends BatchItem {
  entry: TimelineEntry;
}

type ContactGone = { outcome: 'contact_gone' };
type EntryOutcome = ContactGone | ItemOutcome;

/** Puts entries on timelines, notes and calls each in batches of their own. */
export class WriteEntries {
  constructor(
    private readonly creator: BatchCreator,
    private readonly records: RecordReader,
  ) {}

  /** @param owners ids by lower-case email. */
  async execute(
    tenantId: string,
    entries: readonly TimelineEntry[],
    owners: ReadonlyMap<string, string> = new Map(),
  ): Promise<WriteOutcome[]> {
    const [notes, calls] = await Promise.all([
      this.writeType(tenantId, entries, 'note', owners),
      this.writeType(tenantId, entries, 'call', owners),
    ]);
    return entries.map(({ type, reference }) => toWriteOutcome((type === 'note' ? notes : calls).get(reference)));
  }

  private async writeType(
    tenantId: string,
    entries: readonly TimelineEntry[],
    type: TimelineEntry['type'],
    owners: ReadonlyMap<string, string>,
  ): Promise<Map<string, EntryOutcome>> {
    const outcomes = new Map<string, EntryOutcome>();
    const knowledge = new EntryKnowledge(type, this.records);
    const ofType = entries.filter((entry) => entry.type === type);
    // What can be no record id is nobody's; sent, it would make HubSpot refuse the whole batch for its form.
    for (const { reference, contactId } of ofType) {
      if (idOf(contactId) === undefined) outcomes.set(reference, { outcome: 'contact_gone' });
    }
    const items = ofType
      .filter(({ reference }) => !outcomes.has(reference))
      .map((entry) => ({
        traceId: entry.reference,
        input: toInput(entry, owners.get(entry.ownerEmail?.toLowerCase() ?? '')),
        entry,
      }));
    for (const some of inRequests(items)) {
      for (const [reference, outcome] of await this.creator.create(tenantId, some, knowledge))
        outcomes.set(reference, outcome);
    }
    return outcomes;
  }
}

/** What HubSpot's answers about notes or calls mean. */
class EntryKnowledge implements BatchKnowledge<EntryItem, ContactGone> {
  readonly objectType;
  /** Refusals for contacts that are gone. */
  private refusals = 0;

  constructor(
    private readonly type: TimelineEntry['type'],
    private readonly records: RecordReader,
  ) {
    this.objectType = OBJECT_TYPE[type];
  }

  /** By the reference within the echoed body; where HubSpot doesn't echo it, the body is read. */
  async recognise(
    tenantId: string,
    records: readonly HubSpotRecord[],
    items: readonly EntryItem[],
  ): Promise<Map<string, string>> {
    const property = BODY_PROPERTY[this.type];
    const silent = records.filter(({ properties }) => properties[property] === undefined).map(({ id }) => id);
    const read = silent.length === 0 ? [] : await this.readQuietly(tenantId, silent, property);
    const found = new Map<string, string>();
    for (const { id, properties } of [...records, ...read]) {
      const body = properties[property] ?? '';
      const matching = items.filter(({ traceId }) => body.includes(traceId));
      const [item, ...others] = matching;
      if (item !== undefined && others.length === 0) found.set(item.traceId, id);
    }
    return found;
  }

  async blame(
    tenantId: string,
    refusal: HubSpotRefusal,
    items: readonly EntryItem[],
  ): Promise<Map<string, EntryOutcome>> {
    if (isContactGone(refusal)) {
      this.refusals += 1;
      const gone = contactsNamedIn(refusal);
      // HubSpot may name one of many, or none: a read of all costs less than a refusal for each, or than halving.
      const isSaid = items.some(({ entry }) => gone.has(entry.contactId));
      if (items.length > 1 && (!isSaid || this.refusals === 2))
        for (const id of await this.findGone(tenantId, items)) gone.add(id);
      const blamed = items.length === 1 ? items : items.filter(({ entry }) => gone.has(entry.contactId));
      return new Map(blamed.map(({ traceId }) => [traceId, { outcome: 'contact_gone' }]));
    }
    return new Map(lackingRequired(refusal, items).map(({ traceId }) => [traceId, { outcome: 'refused', refusal }]));
  }

  /** None when HubSpot can't say now: what else was written must not be forgotten for that. */
  private async findGone(tenantId: string, items: readonly EntryItem[]): Promise<string[]> {
    const ids = [...new Set(items.map(({ entry }) => entry.contactId))];
    try {
      const there = await this.records.readAll(tenantId, { objectType: 'contacts', properties: ['email'] }, ids);
      const found = new Set(there.map(({ id }) => id));
      return ids.filter((id) => !found.has(id));
    } catch (error) {
      if (error instanceof CrmDeferredError) return [];
      throw error;
    }
  }

  /** The entries are written: if HubSpot can't say now which is which, they are unknown, and read back later. */
  private async readQuietly(tenantId: string, ids: readonly string[], property: string): Promise<HubSpotRecord[]> {
    try {
      return await this.records.readAll(tenantId, { objectType: this.objectType, properties: [property] }, ids);
    } catch (error) {
      if (error instanceof CrmDeferredError) return [];
      throw error;
    }
  }
}

/** At most 100 records and 4 MB of JSON each. */
function* inRequests(items: readonly EntryItem[]): Generator<EntryItem[]> {
  let request: EntryItem[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item.input)) + item.traceId.length + 30;
    if (request.length === BATCH_SIZE || (request.length > 0 && bytes + size > REQUEST_BYTES)) {
      yield request;
      request = [];
      bytes = 0;
    }
    request.push(item);
    bytes += size;
  }
  if (request.length > 0) yield request;
}

function toWriteOutcome(outcome: EntryOutcome | undefined): WriteOutcome {
  if (outcome === undefined) return { outcome: 'unknown', detail: 'HubSpot did not say what became of the entry' };
  if (outcome.outcome !== 'refused') return outcome;
  return isContactGone(outcome.refusal)
    ? { outcome: 'contact_gone' }
    : { outcome: 'refused', refusal: explainRefusal(outcome.refusal) };
}

/** "One or more associations are invalid" and its kin, as opposed to a permission or a wrong direction. */
function isContactGone(refusal: HubSpotRefusal): boolean {
  if (refusal.status !== 400 && refusal.status !== 404) return false;
  if (codesOf(refusal).some((code) => code === 'INVALID_OBJECT_IDS' || code === 'OBJECT_NOT_FOUND')) return true;
  return /associations? (is|are) invalid|(contact|object)[^.]*(not found|does(n't| not) exist)/i.test(
    textOfRefusal(refusal),
  );
}

/** Ids that HubSpot lists as the invalid ones: context values, or `CONTACT=123` in the text. */
function contactsNamedIn(refusal: HubSpotRefusal): Set<string> {
  const listed = [refusal, ...refusal.errors].flatMap(({ context }) => Object.values(context).flat());
  const worded = [...textOfRefusal(refusal).matchAll(/\bCONTACT=(\d+)/gi)].map(([, id]) => id);
  return new Set([...listed, ...worded].flatMap((id) => idOf(id) ?? []));
}
