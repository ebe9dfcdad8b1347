import { recordById } from '../crm/resolve-record.js';
import { queryMatcher } from '../search/match-query.js';
import type { PagePortal, PageRecord, PagesSource } from '../pages/index.js';
import type { SimulatorState } from '../serve/simulator-state.js';
import type { CrmRecord } from './crm-record.js';
import type { Portal } from './portal.js';

/** What the pages show: the records themselves, not the search index. */
export function pagesSource(state: SimulatorState): PagesSource {
  const of = (hubId: number): Portal | undefined => state.portals.find(hubId);
  return {
    portals: () => state.portals.all().map(presentPortal),
    portal: (hubId) => {
      const portal = of(hubId);
      return portal && presentPortal(portal);
    },
    contacts: (hubId, { query, offset, limit }) => {
      const portal = of(hubId);
      if (!portal) return { total: 0, records: [] };
      const store = portal.store('contacts');
      const matches = query === '' ? undefined : queryMatcher(portal, 'contacts', query);
      const records: PageRecord[] = [];
      let total = 0;
      for (const record of store.listNewest()) {
        if (matches && !matches(record.properties)) continue;
        if (total >= offset && records.length < limit) records.push(presentRecord('contacts', record));
        total++;
        // Without a query the count is known, so that a page of a big portal doesn't walk through all of it.
        if (!matches && records.length === limit) return { total: store.liveCount, records };
      }
      return { total, records };
    },
    record: (hubId, objectType, id) => {
      const portal = of(hubId);
      const typeKey = portal?.schema.typeKey(objectType);
      const record = portal && typeKey !== undefined ? recordById(portal, typeKey, id) : undefined;
      return record && typeKey !== undefined ? presentRecord(typeKey, record) : undefined;
    },
    associationsOf: (hubId, objectType, id) => {
      const portal = of(hubId);
      if (!portal) return [];
      return portal.associations.otherTypes(objectType, id).flatMap(([toType]) =>
        portal.associations.from(objectType, id, toType).map((end) => ({
          objectType: toType,
          id: end.id,
          types: end.typeIds.flatMap((typeId) => portal.schema.association(typeId) ?? []),
        })),
      );
    },
    owner: (hubId, ownerId) => of(hubId)?.owner(ownerId),
    properties: (hubId, objectType) => [...(of(hubId)?.schema.definitions(objectType).values() ?? [])],
    pipelines: (hubId, objectType) => of(hubId)?.schema.pipelines(objectType) ?? [],
  };
}

function presentPortal(portal: Portal): PagePortal {
  const { hubId, settings } = portal;
  return {
    hubId,
    name: settings.name,
    uiDomain: settings.uiDomain ?? '',
    accountType: settings.accountType,
    timeZone: settings.timeZone,
    counts: Object.fromEntries(Array.from(portal.allStores(), (store) => [store.typeKey, store.liveCount])),
  };
}

const presentRecord = (objectType: string, record: CrmRecord): PageRecord => ({
  id: record.id,
  objectType,
  properties: record.properties,
  createdAt: new Date(record.createdAt).toISOString(),
  updatedAt: new Date(record.updatedAt).toISOString(),
  archived: record.archivedAt !== null,
});
