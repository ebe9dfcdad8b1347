import { CrmDeferredError, type CrmField, type CrmOwner, type CrmPipeline, type CrmRelationship } from '@app/crm';
import type { TrafficClass } from '../budget/rate-budget.js';
import type { ApiPaths, HubSpotApi } from '../client/api-paths.js';
import type { HubSpotAnswer } from '../client/hubspot-answer.js';
import type { HubSpotClient } from '../client/hubspot-client.js';
import { fieldsOf, textOf } from '../client/read-json.js';
import { bodyOf, oddAnswer } from '../records/record-reader.js';
import {
  type CustomObject,
  readCustomObject,
  readFields,
  readOwner,
  readPipelines,
  readRelationship,
} from './read-definitions.js';

/**
 * Someone waits for it, but it takes dozens of calls: as an agent's it would push panels aside, as an import's it would
 * wait as long as a backlog lasts. Beside deliveries it takes its turn.
 */
const TRAFFIC: TrafficClass = 'delivery';

/** HubSpot's largest page of owners; so many pages are 10,000 owners, more than any portal has users. */
const OWNERS_PAGE = 500;
const MOST_PAGES = 20;

/** A server error is mostly over at the next try, and the calls before it are paid for. */
const TRIES = 2;

export interface Asking {
  tenantId: string;
  signal?: AbortSignal;
}

/** What HubSpot tells, or why it doesn't and won't when asked again. */
export type Told<T> =
  | { told: true; value: T }
  /** A scope is missing. Which isn't said here: HubSpot names all of which any one would do. */
  | { told: false; reason: 'withheld' }
  /** The portal has no such object. */
  | { told: false; reason: 'absent' };

/** A portal's definitions, one answer of HubSpot's after the other. Throws CrmDeferredError for every "not now". */
export class DefinitionReader {
  constructor(
    private readonly client: Pick<HubSpotClient, 'request'>,
    private readonly paths: ApiPaths,
  ) {}

  /** One call. HubSpot tells those of one sensitivity at a time. */
  async fields(asking: Asking, object: string, dataSensitivity = 'non_sensitive'): Promise<Told<CrmField[]>> {
    const query = { archived: 'false', dataSensitivity };
    return this.list(asking, { api: 'properties', segments: [object], query }, readFields);
  }

  async pipelines(asking: Asking, object: string): Promise<Told<CrmPipeline[]>> {
    return this.list(asking, { api: 'pipelines', segments: [object] }, readPipelines);
  }

  async customObjects(asking: Asking): Promise<Told<CustomObject[]>> {
    const query = { archived: 'false', includePropertyDefinitions: 'true', includeAssociationDefinitions: 'true' };
    return this.list(asking, { api: 'schemas', segments: [], query }, (results) =>
      results.flatMap((value) => readCustomObject(value) ?? []),
    );
  }

  /** How records of one object can be tied to those of another: in this direction. */
  async relationships(asking: Asking, from: string, to: string): Promise<Told<CrmRelationship[]>> {
    return this.list(asking, { api: 'associations', segments: [from, to, 'labels'] }, (results) =>
      results.flatMap((value) => readRelationship(to, value) ?? []),
    );
  }

  /** One call per 500. */
  async owners(asking: Asking): Promise<Told<CrmOwner[]>> {
    const owners = new Map<string, CrmOwner>();
    let after: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const query = { limit: String(OWNERS_PAGE), archived: 'false', ...(after === undefined ? {} : { after }) };
      const answer = await this.ask(asking, { api: 'owners', segments: [], query });
      const told = tellOf(answer, (results) => results.flatMap((value) => readOwner(value) ?? []));
      if (!told.told) return told;
      for (const owner of told.value) owners.set(owner.id, owner);
      const next = answer.outcome === 'ok' ? fieldsOf(fieldsOf(fieldsOf(answer.body)['paging'])['next']) : {};
      after = textOf(next['after']);
      if (after === undefined) break;
    }
    return { told: true, value: [...owners.values()] };
  }

  private async list<T>(asking: Asking, what: Question, read: (results: readonly unknown[]) => T): Promise<Told<T>> {
    return tellOf(await this.ask(asking, what), read);
  }

  private async ask({ tenantId, signal }: Asking, { api, segments, query }: Question): Promise<HubSpotAnswer> {
    for (let tries = 1; ; tries++) {
      const answer = await this.client.request({
        tenantId,
        class: TRAFFIC,
        kind: 'burst',
        method: 'GET',
        path: this.paths.of(api, ...segments),
        query,
        write: false,
        optional: true,
        signal,
      });
      const isPassing = answer.outcome === 'unavailable' && signal?.aborted !== true;
      if (!isPassing || tries === TRIES) return answer;
    }
  }
}

interface Question {
  api: HubSpotApi;
  segments: readonly string[];
  query?: Record<string, string>;
}

/**
 * A list that is not whole (a 207) or has another shape is no list: taken for one, what it lacks would count as gone.
 * @throws CrmDeferredError
 */
function tellOf<T>(answer: HubSpotAnswer, read: (results: readonly unknown[]) => T): Told<T> {
  if (answer.outcome === 'missing_scopes') return { told: false, reason: 'withheld' };
  if (answer.outcome === 'refused') {
    const { status } = answer.refusal;
    if (status === 403) return { told: false, reason: 'withheld' };
    if (status === 400 || status === 404) return { told: false, reason: 'absent' };
  }
  const { results, errors } = fieldsOf(bodyOf(answer));
  if (!Array.isArray(results)) throw oddAnswer();
  if (Array.isArray(errors) && errors.length > 0) {
    throw new CrmDeferredError({ cause: 'unavailable', detail: 'HubSpot could not read part of what was asked for' });
  }
  return { told: true, value: read(results) };
}
