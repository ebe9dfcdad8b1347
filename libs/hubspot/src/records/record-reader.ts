import { CrmDeferredError } from '@app/crm';
import type { TrafficClass } from '../budget/rate-budget.js';
import type { ApiPaths } from '../client/api-paths.js';
import { deferralOf, type HubSpotAnswer, type HubSpotRefusal } from '../client/hubspot-answer.js';
import type { HubSpotClient } from '../client/hubspot-client.js';
import { readBatchAnswer } from './batch-answer.js';
import { readRecord, type HubSpotRecord } from './hubspot-record.js';
import { inParallel, slicesOf } from './in-parallel.js';

/** HubSpot's limit on inputs of a batch endpoint of objects. */
export const BATCH_SIZE = 100;

/** Reads of one look-up that wait for HubSpot together: five hundred keys, the most that is matched at once. */
const READS_AT_ONCE = 5;

export interface ReadWhat {
  objectType: 'contacts' | 'notes' | 'calls';
  properties: readonly string[];
  /** Left out: by record id. */
  idProperty?: 'email';
  /** Those that were deleted and can still be restored, instead of those that are there. */
  archived?: boolean;
}

/** Reads records of one type in bulk. Throws CrmDeferredError whenever HubSpot's answer is not a full and readable one. */
export class RecordReader {
  constructor(
    private readonly client: HubSpotClient,
    private readonly paths: ApiPaths,
    private readonly traffic: TrafficClass,
  ) {}

  /**
   * One call per 100 keys, several at a time. A key that makes HubSpot refuse the whole batch (400) is found by halves and counts as
   * missing, so that it can't hold up the other 99.
   */
  async readAll(tenantId: string, what: ReadWhat, keys: readonly string[]): Promise<HubSpotRecord[]> {
    const found = await inParallel(slicesOf(keys, BATCH_SIZE), READS_AT_ONCE, (some) =>
      this.readBatch(tenantId, what, some),
    );
    return found.flat();
  }

  /** A single GET, which follows a merged id to its survivor. Undefined: deleted, archived, or never there. */
  async readOne(tenantId: string, what: ReadWhat, id: string): Promise<HubSpotRecord | undefined> {
    const answer = await this.client.request({
      tenantId,
      class: this.traffic,
      kind: 'burst',
      method: 'GET',
      path: this.paths.of('objects', what.objectType, id),
      query: { properties: what.properties.join(','), archived: 'false' },
      write: false,
    });
    if (answer.outcome === 'refused' && answer.refusal.status === 404) return undefined;
    const record = readRecord(bodyOf(answer));
    if (record === undefined) throw oddAnswer();
    return record.archived ? undefined : record;
  }

  private async readBatch(tenantId: string, what: ReadWhat, keys: readonly string[]): Promise<HubSpotRecord[]> {
    const { archived = false } = what;
    const answer = await this.client.request({
      tenantId,
      class: this.traffic,
      kind: 'burst',
      method: 'POST',
      path: this.paths.of('objects', what.objectType, 'batch', 'read'),
      query: { archived: String(archived) },
      body: {
        inputs: keys.map((id) => ({ id })),
        properties: what.properties,
        propertiesWithHistory: [],
        ...(what.idProperty === undefined ? {} : { idProperty: what.idProperty }),
      },
      write: false,
    });
    if (answer.outcome === 'refused' && isAboutTheKeys(answer.refusal.status)) {
      if (keys.length === 1) return [];
      const half = Math.ceil(keys.length / 2);
      return [
        ...(await this.readBatch(tenantId, what, keys.slice(0, half))),
        ...(await this.readBatch(tenantId, what, keys.slice(half))),
      ];
    }
    const { records, errors, odd } = readBatchAnswer(bodyOf(answer));
    if (odd) throw oddAnswer();
    if (!errors.every(saysMissing)) {
      throw new CrmDeferredError({ cause: 'unavailable', detail: 'HubSpot could not read part of what was asked for' });
    }
    return records.filter((record) => record.archived === archived);
  }
}

/** The body of a success. @throws CrmDeferredError for every other answer: a read never takes "not now" for "nobody". */
export function bodyOf(answer: HubSpotAnswer): unknown {
  if (answer.outcome === 'ok') return answer.body;
  if (answer.outcome !== 'refused') throw new CrmDeferredError(deferralOf(answer));
  const { status, message, category } = answer.refusal;
  const detail = `HubSpot refused to look this up (${status}): ${message ?? category ?? 'no reason given'}`;
  throw new CrmDeferredError({ cause: status === 403 ? 'connection' : 'unavailable', detail: detail.slice(0, 300) });
}

export function oddAnswer(): CrmDeferredError {
  return new CrmDeferredError({ cause: 'unavailable', detail: "HubSpot's answer has a shape that can't be trusted" });
}

/** Of an entry of a 207's `errors`: nobody has this key, or nobody can. Anything else is no word about who is there. */
function saysMissing({ status, category }: HubSpotRefusal): boolean {
  return status === 404 || category === 'OBJECT_NOT_FOUND' || (status === 400 && category === 'VALIDATION_ERROR');
}

function isAboutTheKeys(status: number): boolean {
  return status === 400 || status === 404 || status === 413 || status === 414;
}
