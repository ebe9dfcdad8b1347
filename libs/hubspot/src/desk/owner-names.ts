import { type Clock, ShortLived } from '@app/platform';
import type { ApiPaths } from '../client/api-paths.js';
import type { HubSpotClient } from '../client/hubspot-client.js';
import { fieldsOf, textOf } from '../client/read-json.js';
import { bodyOf } from '../records/record-reader.js';

const LIFE_MS = 5 * 60_000;
const OWNERS = 5_000;

/** Who owns contacts. One call per owner, two for one who has left; then none for five minutes. */
export class OwnerNames {
  private readonly names: ShortLived<string | undefined>;

  constructor(
    private readonly client: Pick<HubSpotClient, 'request'>,
    private readonly paths: ApiPaths,
    clock: Clock,
  ) {
    this.names = new ShortLived(clock, { lifeMs: () => LIFE_MS, most: OWNERS });
  }

  /** Undefined: there is no such owner. @throws CrmDeferredError */
  async find(tenantId: string, ownerId: string): Promise<string | undefined> {
    return this.names.get(
      `${tenantId}:${ownerId}`,
      async () => (await this.ask(tenantId, ownerId, false)) ?? this.ask(tenantId, ownerId, true),
    );
  }

  forget(tenantId: string | undefined): void {
    this.names.forget((key) => tenantId === undefined || key.startsWith(`${tenantId}:`));
  }

  private async ask(tenantId: string, ownerId: string, archived: boolean): Promise<string | undefined> {
    const answer = await this.client.request({
      tenantId,
      class: 'agent',
      kind: 'burst',
      method: 'GET',
      path: this.paths.of('owners', ownerId),
      query: { idProperty: 'id', archived: String(archived) },
      write: false,
      optional: true,
    });
    if (answer.outcome === 'refused' && answer.refusal.status === 404) return undefined;
    const fields = fieldsOf(bodyOf(answer));
    const names = [textOf(fields['firstName']), textOf(fields['lastName'])].filter((name) => name !== undefined);
    return names.length > 0 ? names.join(' ') : textOf(fields['email']);
  }
}
