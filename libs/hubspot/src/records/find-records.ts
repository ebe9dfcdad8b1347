import {
  type CrmRecord,
  CrmDeferredError,
  type FindOptions,
  type FindStep,
  type FoundRecords,
  type RecordFind,
  type Refusal,
} from '@app/crm';
import type { ApiPaths } from '../client/api-paths.js';
import type { HubSpotAnswer } from '../client/hubspot-answer.js';
import type { HubSpotClient, HubSpotRequest } from '../client/hubspot-client.js';
import { fieldsOf, listOf, textOf } from '../client/read-json.js';
import { readBatchAnswer } from './batch-answer.js';
import { type HubSpotRecord, readRecord } from './hubspot-record.js';
import { joinFound } from './join-found.js';
import { inParallel } from './in-parallel.js';
import { readOrRefusal } from './read-or-refusal.js';
import { oddAnswer } from './record-reader.js';
import { hasEmail } from './same-emails.js';
import { hasPhones } from './same-phones.js';
import { searchBodyOf } from './search-body.js';

/** Ids that the bulk read didn't find are asked for one by one, which follows a merge: so many, and no more. */
const FEW = 8;

type Search = Extract<FindStep, { by: 'search' }>;

interface Step {
  records: CrmRecord[];
  after?: string;
}

/** HubSpot refused for good what was asked. Between the steps of one find. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.reason);
  }
}

/** Finds records for someone who waits: one call per step, the steps side by side. */
export class FindRecords {
  constructor(
    private readonly client: Pick<HubSpotClient, 'request'>,
    private readonly paths: ApiPaths,
  ) {}

  /** @throws CrmDeferredError */
  async execute(tenantId: string, find: RecordFind, options: FindOptions = {}): Promise<FoundRecords> {
    try {
      return { found: true, ...(await new OneFind(this.client, this.paths, tenantId, find, options).run()) };
    } catch (error) {
      if (error instanceof Refused) return { found: false, refusal: error.refusal };
      throw error;
    }
  }
}

class OneFind {
  constructor(
    private readonly client: Pick<HubSpotClient, 'request'>,
    private readonly paths: ApiPaths,
    private readonly tenantId: string,
    private readonly find: RecordFind,
    private readonly options: FindOptions,
  ) {}

  async run(): Promise<Step> {
    const { steps, paging } = this.find;
    const first = await this.take(steps.filter((step) => !isLastResort(step)));
    const none = first.every(({ records }) => records.length === 0);
    const groups = none ? await this.take(steps.filter(isLastResort)) : first;
    const records = joinFound(
      groups.map((group) => group.records),
      this.find,
    );
    const after = paging ? first[0]?.after : undefined;
    return after === undefined ? { records } : { records, after };
  }

  private take(steps: readonly FindStep[]): Promise<Step[]> {
    return inParallel(steps, steps.length, (step) => this.one(step));
  }

  private async one(step: FindStep): Promise<Step> {
    if (step.by === 'search') return this.search(step);
    const records = step.by === 'id' ? await this.byIds(step.ids) : await this.byUnique(step.field, step.values);
    return { records: records.map(toCrmRecord) };
  }

  private async search({ search, samePhones = [], sameEmails }: Search): Promise<Step> {
    const answer = await this.ask({
      kind: 'search',
      method: 'POST',
      path: this.paths.of('objects', search.object, 'search'),
      body: searchBodyOf(search),
    });
    const { results, paging } = fieldsOf(bodyOf(answer));
    if (!Array.isArray(results)) throw oddAnswer();
    const records = recordsIn(results).map(toCrmRecord);
    const after = textOf(fieldsOf(fieldsOf(paging)['next'])['after']);
    const kept = records.filter(
      (record) => hasPhones(record, samePhones, this.options.defaultCountry) && hasEmail(record, sameEmails),
    );
    return after === undefined ? { records: kept } : { records: kept, after };
  }

  private async byIds(ids: readonly string[]): Promise<HubSpotRecord[]> {
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) return this.readOne(only);
    const found = await this.readBatch(ids);
    const missing = ids.filter((id) => !found.some((record) => record.id === id));
    if (missing.length > FEW) return found;
    const followed = await inParallel(missing, FEW, (id) => this.readOne(id));
    return [...found, ...followed.flat()];
  }

  private byUnique(field: string, values: readonly string[]): Promise<HubSpotRecord[]> {
    return this.readBatch(values, field);
  }

  private async readOne(id: string): Promise<HubSpotRecord[]> {
    const answer = await this.ask({
      kind: 'burst',
      method: 'GET',
      path: this.paths.of('objects', this.find.object, id),
      query: { properties: this.find.fields.join(','), archived: 'false' },
    });
    if (answer.outcome === 'refused' && answer.refusal.status === 404) return [];
    const record = readRecord(bodyOf(answer));
    if (record === undefined) throw oddAnswer();
    return record.archived ? [] : [record];
  }

  /** A key that HubSpot can't take for one is nobody's, and spoils the batch: then each is asked for by itself. */
  private async readBatch(keys: readonly string[], idProperty?: string): Promise<HubSpotRecord[]> {
    const answer = await this.ask({
      kind: 'burst',
      method: 'POST',
      path: this.paths.of('objects', this.find.object, 'batch', 'read'),
      query: { archived: 'false' },
      body: {
        inputs: keys.map((id) => ({ id })),
        properties: this.find.fields,
        propertiesWithHistory: [],
        ...(idProperty === undefined ? {} : { idProperty }),
      },
    });
    if (answer.outcome === 'refused' && (answer.refusal.status === 400 || answer.refusal.status === 404)) {
      if (keys.length === 1) return [];
      return (await inParallel(keys, FEW, (key) => this.readBatch([key], idProperty))).flat();
    }
    const { records, errors, odd } = readBatchAnswer(bodyOf(answer));
    if (odd) throw oddAnswer();
    if (errors.some(({ status }) => status !== 404 && status !== 400))
      throw new CrmDeferredError({ cause: 'unavailable', detail: 'HubSpot could not read part of what was asked for' });
    return records.filter(({ archived }) => !archived);
  }

  private ask(request: Pick<HubSpotRequest, 'kind' | 'method' | 'path' | 'query' | 'body'>): Promise<HubSpotAnswer> {
    const { portalId, signal } = this.options;
    return this.client.request({
      ...request,
      tenantId: this.tenantId,
      class: 'agent',
      write: false,
      // An object that the scopes don't cover is no trouble of the connection: everything else goes on.
      optional: true,
      portalId,
      signal,
    });
  }
}

function isLastResort(step: FindStep): boolean {
  return step.by === 'search' && step.ifNone === true;
}

function recordsIn(results: unknown): HubSpotRecord[] {
  const list = listOf(results);
  const records = list.map(readRecord).filter((record) => record !== undefined);
  if (records.length < list.length) throw oddAnswer();
  return records.filter(({ archived }) => !archived);
}

function toCrmRecord({ id, properties }: HubSpotRecord): CrmRecord {
  return { id, values: properties };
}

function bodyOf(answer: HubSpotAnswer): unknown {
  const read = readOrRefusal(answer);
  if ('reason' in read) throw new Refused(read);
  return read.body;
}
