import type { ContactProperty } from '@app/crm';
import { type Clock, ShortLived } from '@app/platform';
import type { ApiPaths } from '../client/api-paths.js';
import type { HubSpotClient } from '../client/hubspot-client.js';
import { fieldsOf, listOf, textOf } from '../client/read-json.js';
import { bodyOf, oddAnswer } from '../records/record-reader.js';
import { type PropertyDefinition, readDefinition } from './property-definition.js';

/** Properties and their labels change rarely; a new one may be a few minutes late in the picker. */
const LIFE_MS = 5 * 60_000;
const TENANTS = 500;

/** The properties of a portal's contacts. Two calls, then none for five minutes. */
export class ContactSchema {
  private readonly definitions: ShortLived<ReadonlyMap<string, PropertyDefinition>>;
  private readonly groups: ShortLived<ReadonlyMap<string, string>>;

  constructor(
    private readonly client: Pick<HubSpotClient, 'request'>,
    private readonly paths: ApiPaths,
    clock: Clock,
  ) {
    this.definitions = new ShortLived(clock, { lifeMs: () => LIFE_MS, most: TENANTS });
    this.groups = new ShortLived(clock, { lifeMs: () => LIFE_MS, most: TENANTS });
  }

  /** By name; without those that agents are not to see. @throws CrmDeferredError */
  async read(tenantId: string): Promise<ReadonlyMap<string, PropertyDefinition>> {
    return this.definitions.get(tenantId, async () => {
      const results = await this.results(tenantId, []);
      return new Map(results.flatMap((value) => readDefinition(value) ?? []).map((each) => [each.name, each]));
    });
  }

  /** By group and label, as people look for them. @throws CrmDeferredError */
  async list(tenantId: string): Promise<ContactProperty[]> {
    const [definitions, groups] = await Promise.all([this.read(tenantId), this.readGroups(tenantId)]);
    return [...definitions.values()]
      .map(({ name, label, groupName, shownAs }) => ({
        name,
        label,
        group: groups.get(groupName) ?? groupName,
        type: shownAs,
      }))
      .toSorted((a, b) => a.group.localeCompare(b.group, 'en') || a.label.localeCompare(b.label, 'en'));
  }

  forget(tenantId: string | undefined): void {
    for (const cache of [this.definitions, this.groups]) cache.forget((key) => (tenantId ?? key) === key);
  }

  private async readGroups(tenantId: string): Promise<ReadonlyMap<string, string>> {
    return this.groups.get(tenantId, async () => {
      const results = await this.results(tenantId, ['groups']);
      return new Map(
        results.map(fieldsOf).flatMap((fields): [string, string][] => {
          const name = textOf(fields['name']);
          return name === undefined ? [] : [[name, textOf(fields['label']) ?? name]];
        }),
      );
    });
  }

  private async results(tenantId: string, more: readonly string[]): Promise<unknown[]> {
    const answer = await this.client.request({
      tenantId,
      class: 'agent',
      kind: 'burst',
      method: 'GET',
      path: this.paths.of('properties', 'contacts', ...more),
      query: more.length === 0 ? { archived: 'false', dataSensitivity: 'non_sensitive' } : {},
      write: false,
      optional: true,
    });
    const { results } = fieldsOf(bodyOf(answer));
    if (!Array.isArray(results)) throw oddAnswer();
    return listOf(results);
  }
}
