import {
  CrmDeferredError,
  type CrmRecords,
  type FindOptions,
  type FoundRecords,
  type NewRecord,
  type OfPortal,
  type RecordFind,
  type RecordOutcome,
  type TiedRecords,
} from '@app/crm';
import type { ApiPaths } from '../client/api-paths.js';
import type { HubSpotRefusal } from '../client/hubspot-answer.js';
import type { HubSpotClient } from '../client/hubspot-client.js';
import { fieldsOf, idOf, listOf } from '../client/read-json.js';
import { readBatchAnswer } from './batch-answer.js';
import { FindRecords } from './find-records.js';
import { readOrRefusal } from './read-or-refusal.js';
import { oddAnswer } from './record-reader.js';
import { WriteRecords } from './write-records.js';

/** A portal's records, for someone on the line: whatever it asks, it asks as an agent. */
export class HubSpotRecords implements CrmRecords {
  private readonly finds: FindRecords;
  private readonly writes: WriteRecords;

  constructor(
    private readonly client: Pick<HubSpotClient, 'request'>,
    private readonly paths: ApiPaths,
  ) {
    this.finds = new FindRecords(client, paths);
    this.writes = new WriteRecords(client, paths);
  }

  async find(tenantId: string, find: RecordFind, options?: FindOptions): Promise<FoundRecords> {
    return this.finds.execute(tenantId, find, options);
  }

  async create(tenantId: string, record: NewRecord, of?: OfPortal): Promise<RecordOutcome> {
    return this.writes.create(tenantId, record, of);
  }

  async update(tenantId: string, record: NewRecord & { id: string }, of?: OfPortal): Promise<RecordOutcome> {
    return this.writes.update(tenantId, record, of);
  }

  /** One call; the first 500, which is as many as it answers at once. */
  async tiedTo(
    tenantId: string,
    { object, id, to }: { object: string; id: string; to: string },
    { portalId, signal }: OfPortal & Pick<FindOptions, 'signal'> = {},
  ): Promise<TiedRecords> {
    const answer = await this.client.request({
      tenantId,
      class: 'agent',
      kind: 'burst',
      method: 'POST',
      path: this.paths.of('associations', object, to, 'batch', 'read'),
      body: { inputs: [{ id }] },
      write: false,
      optional: true,
      portalId,
      signal,
    });
    if (answer.outcome === 'refused' && saysNone(answer.refusal)) return { found: true, ids: [] };
    const body = readOrRefusal(answer);
    if ('reason' in body) return { found: false, refusal: body };
    const { results } = fieldsOf(body.body);
    if (!Array.isArray(results)) throw oddAnswer();
    if (!readBatchAnswer(body.body).errors.every(saysNone))
      throw new CrmDeferredError({ cause: 'unavailable', detail: 'HubSpot could not read what the record is tied to' });
    const ends = results.flatMap((result) => listOf(fieldsOf(result)['to']));
    return { found: true, ids: ends.flatMap((end) => idOf(fieldsOf(end)['toObjectId']) ?? []) };
  }
}

/** It isn't there, isn't tied to any, or its id can't be one. */
function saysNone({ status }: HubSpotRefusal): boolean {
  return status === 404 || status === 400;
}
