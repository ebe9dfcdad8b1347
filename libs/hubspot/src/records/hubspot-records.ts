import {
  CrmDeferredError,
  type CrmRecords,
  type FindOptions,
  type FoundRecords,
  type NewRecord,
  type RecordFind,
  type RecordOutcome,
} from '@app/crm';
import type { ApiPaths } from '../client/api-paths.js';
import { deferralOf } from '../client/hubspot-answer.js';
import type { HubSpotClient } from '../client/hubspot-client.js';
import { fieldsOf, idOf, listOf } from '../client/read-json.js';
import { FindRecords } from './find-records.js';
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

  async create(tenantId: string, record: NewRecord): Promise<RecordOutcome> {
    return this.writes.create(tenantId, record);
  }

  async update(tenantId: string, record: NewRecord & { id: string }): Promise<RecordOutcome> {
    return this.writes.update(tenantId, record);
  }

  /** One call; the first 500, which is as many as it answers at once. */
  async tiedTo(
    tenantId: string,
    { object, id, to }: { object: string; id: string; to: string },
    signal?: AbortSignal,
  ): Promise<string[]> {
    const answer = await this.client.request({
      tenantId,
      class: 'agent',
      kind: 'burst',
      method: 'POST',
      path: this.paths.of('associations', object, to, 'batch', 'read'),
      body: { inputs: [{ id }] },
      write: false,
      optional: true,
      signal,
    });
    if (answer.outcome === 'refused') return [];
    if (answer.outcome !== 'ok') throw new CrmDeferredError(deferralOf(answer));
    const ends = listOf(fieldsOf(answer.body)['results']).flatMap((result) => listOf(fieldsOf(result)['to']));
    return ends.flatMap((end) => idOf(fieldsOf(end)['toObjectId']) ?? []);
  }
}
