import { CrmDeferredError, type StoredEntry, type TimelineEntry } from '@app/crm';
import type { TrafficClass } from '../budget/rate-budget.js';
import type { ApiPaths } from '../client/api-paths.js';
import type { HubSpotClient } from '../client/hubspot-client.js';
import { fieldsOf, idOf, listOf, textOf } from '../client/read-json.js';
import type { ContactReader } from '../contacts/contact-reader.js';
import { readBatchAnswer } from '../records/batch-answer.js';
import { slicesOf } from '../records/in-parallel.js';
import { BATCH_SIZE, bodyOf, oddAnswer, type RecordReader } from '../records/record-reader.js';
import { BODY_PROPERTY, OBJECT_TYPE } from './entry-input.js';

/** HubSpot's limit on inputs of an associations batch read. */
const ASSOCIATION_INPUTS = 1_000;
/** How far HubSpot's clock and ours may be apart. Reading too much is harmless, missing an entry writes it twice. */
const CLOCK_SKEW_MS = 5 * 60_000;
const TYPES: readonly TimelineEntry['type'][] = ['note', 'call'];

/** Contact id → ids of its notes or calls. */
type Associated = Map<string, Set<string>>;

/** What is on timelines now, as committed. */
export class ReadBack {
  constructor(
    private readonly client: HubSpotClient,
    private readonly paths: ApiPaths,
    private readonly contacts: ContactReader,
    private readonly records: RecordReader,
    private readonly traffic: TrafficClass,
  ) {}

  /**
   * Two association reads (notes, calls) per 1,000 contacts and page, one read per 100 entries found (beyond a hundred
   * first without bodies, then those that are young enough). A contact that shows none may have been merged: one call per 100 of those tells, and the survivor's entries count as its own.
   */
  async execute(tenantId: string, contactIds: readonly string[], since: Date): Promise<StoredEntry[]> {
    const asked = [...new Set(contactIds)].filter((id) => idOf(id) !== undefined);
    const oldest = since.getTime() - CLOCK_SKEW_MS;
    const direct = await this.associated(tenantId, asked);
    const bare = asked.filter((id) => TYPES.every((type) => (direct[type].get(id)?.size ?? 0) === 0));
    const survivors = await this.findSurvivors(tenantId, bare);
    const moved = await this.associated(tenantId, [...new Set(survivors.values())]);
    const stored: StoredEntry[] = [];
    for (const type of TYPES) {
      const idsOf = (contactId: string): ReadonlySet<string> | undefined =>
        survivors.has(contactId) ? moved[type].get(survivors.get(contactId) ?? '') : direct[type].get(contactId);
      const wanted = new Set(asked.flatMap((contactId) => [...(idsOf(contactId) ?? [])]));
      const bodies = await this.readBodies(tenantId, type, [...wanted], oldest);
      for (const contactId of asked) {
        for (const id of idsOf(contactId) ?? []) {
          const body = bodies.get(id);
          if (body !== undefined) stored.push({ id, type, contactId, body });
        }
      }
    }
    return stored;
  }

  private async findSurvivors(tenantId: string, bare: readonly string[]): Promise<Map<string, string>> {
    const found = bare.length === 0 ? new Map<string, { id: string }>() : await this.contacts.byIds(tenantId, bare);
    return new Map([...found].filter(([asked, { id }]) => asked !== id).map(([asked, { id }]) => [asked, id]));
  }

  private async associated(
    tenantId: string,
    contactIds: readonly string[],
  ): Promise<Record<TimelineEntry['type'], Associated>> {
    const [note, call] = await Promise.all(TYPES.map((type) => this.associatedOf(tenantId, type, contactIds)));
    return { note: note ?? new Map(), call: call ?? new Map() };
  }

  private async associatedOf(
    tenantId: string,
    type: TimelineEntry['type'],
    contactIds: readonly string[],
  ): Promise<Associated> {
    const found: Associated = new Map();
    let inputs: { id: string; after?: string }[] = contactIds.map((id) => ({ id }));
    const seen = new Set<string>();
    while (inputs.length > 0) {
      const rest = inputs.slice(ASSOCIATION_INPUTS);
      const next = await this.readPage(tenantId, type, inputs.slice(0, ASSOCIATION_INPUTS), found);
      // A cursor that comes back would page for ever.
      if (next.some(({ id, after }) => seen.has(`${id} ${after}`))) throw oddAnswer();
      for (const { id, after } of next) seen.add(`${id} ${after}`);
      inputs = [...rest, ...next];
    }
    return found;
  }

  /** @returns the inputs of the pages that follow. */
  private async readPage(
    tenantId: string,
    type: TimelineEntry['type'],
    inputs: readonly { id: string; after?: string }[],
    found: Associated,
  ): Promise<{ id: string; after: string }[]> {
    const answer = await this.client.request({
      tenantId,
      class: this.traffic,
      kind: 'burst',
      method: 'POST',
      path: this.paths.of('associations', 'contacts', OBJECT_TYPE[type], 'batch', 'read'),
      body: { inputs },
      write: false,
    });
    const body = bodyOf(answer);
    const results = fieldsOf(body)['results'];
    // "No note is associated with contact 1" comes as an OBJECT_NOT_FOUND error; anything else is not "none".
    const failed = readBatchAnswer(body).errors.some(({ status }) => status !== 404);
    if (failed) throw new CrmDeferredError({ cause: 'unavailable', detail: 'HubSpot could not read all timelines' });
    if (!Array.isArray(results)) throw oddAnswer();
    return listOf(results).flatMap((result) => {
      const { from, to, paging } = fieldsOf(result);
      const contactId = idOf(fieldsOf(from)['id']);
      if (contactId === undefined || !Array.isArray(to)) throw oddAnswer();
      const ids = found.get(contactId) ?? new Set();
      found.set(contactId, ids);
      for (const target of to) {
        const id = idOf(fieldsOf(target)['toObjectId']) ?? idOf(fieldsOf(target)['id']);
        if (id === undefined) throw oddAnswer();
        ids.add(id);
      }
      const after = textOf(fieldsOf(fieldsOf(paging)['next'])['after']);
      return after === undefined ? [] : [{ id: contactId, after }];
    });
  }

  /** Bodies by id of what was created at or after `oldest` (ms, HubSpot's clock), or at a time HubSpot doesn't tell. */
  private async readBodies(
    tenantId: string,
    type: TimelineEntry['type'],
    ids: readonly string[],
    oldest: number,
  ): Promise<Map<string, string>> {
    const property = BODY_PROPERTY[type];
    const what = { objectType: OBJECT_TYPE[type], properties: [property, 'hs_createdate'] };
    const bodies = new Map<string, string>();
    const young = ids.length > BATCH_SIZE ? await this.youngOf(tenantId, type, ids, oldest) : ids;
    for (const some of slicesOf(young, BATCH_SIZE)) {
      const records = await this.records.readAll(tenantId, what, some);
      for (const { id, properties, createdAt } of records) {
        if (createdAt === undefined || createdAt.getTime() >= oldest) bodies.set(id, properties[property] ?? '');
      }
    }
    return bodies;
  }

  /** A contact may have thousands of notes of 65 kB each: which of them are young enough is asked without their bodies. */
  private async youngOf(
    tenantId: string,
    type: TimelineEntry['type'],
    ids: readonly string[],
    oldest: number,
  ): Promise<string[]> {
    const what = { objectType: OBJECT_TYPE[type], properties: ['hs_createdate'] };
    const records = await this.records.readAll(tenantId, what, ids);
    return records
      .filter(({ createdAt }) => createdAt === undefined || createdAt.getTime() >= oldest)
      .map(({ id }) => id);
  }
}
