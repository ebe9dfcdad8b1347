import { propertiesOf, propertyGroupsOf } from '../catalogue/index.js';
import type { Portal } from '../portal/portal.js';
import type { SimulatorState } from '../serve/simulator-state.js';
import type { JournalEntry } from './journal-entries.js';

/** The whole state as entries that replay into it; lazily, so that a writer can pause between them. */
export function* snapshotEntries(state: SimulatorState): Iterable<JournalEntry> {
  const { oauth } = state;
  for (const app of oauth.apps()) yield { k: 'app', app };
  for (const portal of state.portals.all()) yield* portalEntries(portal);
  for (const installation of oauth.allInstallations()) yield { k: 'installation', installation };
  for (const { token, appId, hubId, issuedAt, scopes } of oauth.allRefreshTokens()) {
    yield { k: 'refresh-token', token, appId, hub: hubId, issuedAt, scopes: [...scopes] };
  }
  const now = state.clock.now();
  for (const { token, appId, hubId, expiresAt, scopes } of oauth.allAccessTokens()) {
    if (expiresAt > now) yield { k: 'access-token', token, appId, hub: hubId, expiresAt, scopes: [...scopes] };
  }
  for (const token of oauth.allStaticTokens()) yield { k: 'static-token', token };
  for (const settings of state.webhooks.all()) yield { k: 'webhooks', settings };
}

function* portalEntries(portal: Portal): Iterable<JournalEntry> {
  const hub = portal.hubId;
  yield { k: 'portal', settings: portal.settings, nextId: portal.nextRecordId };
  yield { k: 'owners', hub, owners: portal.owners() };
  const stores = [...portal.allStores()];
  for (const type of portal.schema.customObjectTypes()) yield { k: 'object-type', hub, type };
  for (const definition of portal.schema.ownAssociationTypes()) yield { k: 'association-type', hub, definition };
  for (const { typeKey } of stores) yield* schemaEntries(portal, typeKey);
  for (const store of stores) {
    const type = store.typeKey;
    for (const [from, to] of store.merges()) yield { k: 'merged', hub, type, from, to };
    for (const record of store.all()) {
      yield {
        k: 'record',
        hub,
        type,
        id: record.id,
        properties: record.properties,
        createdAt: record.createdAt,
        updatedAt: record.updatedAt,
        revision: record.revision,
        ...(record.archivedAt === null ? {} : { archivedAt: record.archivedAt }),
        ...(record.objectWriteTraceId === undefined ? {} : { trace: record.objectWriteTraceId }),
        ...(record.history === undefined ? {} : { history: [...record.history] }),
      };
    }
  }
  for (const { type, id, toType, toId, typeIds } of portal.associations.all()) {
    yield { k: 'linked', hub, from: type, fromId: id, to: toType, toId, types: typeIds };
  }
}

/** Only what differs from the catalogue that every portal starts with. */
function* schemaEntries(portal: Portal, type: string): Iterable<JournalEntry> {
  const hub = portal.hubId;
  const standard = new Set(propertiesOf(type));
  for (const definition of portal.schema.definitions(type).values()) {
    if (!standard.has(definition)) yield { k: 'property', hub, type, definition };
  }
  const standardGroups = propertyGroupsOf(type);
  for (const group of portal.schema.groups(type).values()) {
    const isStandard = standardGroups.some((one) => one.name === group.name && one.label === group.label);
    if (!isStandard) yield { k: 'property-group', hub, type, group };
  }
  for (const group of standardGroups) {
    if (!portal.schema.groups(type).has(group.name)) yield { k: 'property-group-gone', hub, type, name: group.name };
  }
  if (portal.schema.hasOwnPipelines(type)) {
    yield { k: 'pipelines', hub, type, pipelines: portal.schema.pipelines(type) };
  }
}
