import type { Clock } from '@app/platform';
import type { TrafficClass } from '../budget/rate-budget.js';
import type { ApiPaths } from '../client/api-paths.js';
import type { HubSpotClient } from '../client/hubspot-client.js';
import { fieldsOf, idOf, listOf, textOf } from '../client/read-json.js';

/** HubSpot's largest page of owners. */
const PAGE = 500;
/** 10,000 owners; a portal has as many as it has users, and whoever comes after these has entries without an owner. */
const MOST_PAGES = 20;
/** People join a portal seldom: about one call per portal, process and quarter of an hour. */
const FRESH_MS = 15 * 60_000;
/** After a failure (a missing scope, a full quota) entries go without an owner for a while rather than wait. */
const RETRY_MS = 60_000;

interface Known {
  owners: Promise<ReadonlyMap<string, string>>;
  until: number;
}

/** Who of a portal's users can own records, by email. A courtesy: it never throws, and never holds anything up. */
export class OwnerDirectory {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly client: Pick<HubSpotClient, 'request'>,
    private readonly paths: ApiPaths,
    private readonly traffic: TrafficClass,
    private readonly clock: Clock,
  ) {}

  /** Ids of owners by lower-case email; nothing is asked while nobody is looked for. */
  async findIds(tenantId: string, emails: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (emails.length === 0) return new Map();
    const now = this.clock.now().getTime();
    const held = this.known.get(tenantId);
    if (held !== undefined && now < held.until) return held.owners;
    for (const [tenant, { until }] of this.known) if (now >= until) this.known.delete(tenant);
    const known: Known = { owners: Promise.resolve(new Map()), until: now + FRESH_MS };
    known.owners = this.read(tenantId).then((owners) => {
      if (owners !== undefined) return owners;
      known.until = this.clock.now().getTime() + RETRY_MS;
      return new Map<string, string>();
    });
    this.known.set(tenantId, known);
    return known.owners;
  }

  /** One of them isn't an owner any more. */
  forget(tenantId: string): void {
    this.known.delete(tenantId);
  }

  /** Undefined: HubSpot would not say. */
  private async read(tenantId: string): Promise<Map<string, string> | undefined> {
    const owners = new Map<string, string>();
    let after: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await this.client.request({
        tenantId,
        class: this.traffic,
        kind: 'burst',
        method: 'GET',
        path: this.paths.of('owners'),
        query: { limit: String(PAGE), archived: 'false', ...(after === undefined ? {} : { after }) },
        write: false,
        optional: true,
      });
      if (answer.outcome !== 'ok') return undefined;
      const { results, paging } = fieldsOf(answer.body);
      for (const one of listOf(results).map(fieldsOf)) {
        const [id, email] = [idOf(one['id']), textOf(one['email'])?.toLowerCase()];
        // The first of two with one address: the list is in the order of their ids.
        if (id !== undefined && email !== undefined && one['archived'] !== true && !owners.has(email))
          owners.set(email, id);
      }
      after = textOf(fieldsOf(fieldsOf(paging)['next'])['after']);
      if (after === undefined) break;
    }
    return owners;
  }
}
