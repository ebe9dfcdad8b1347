import type { Portal } from '../portal/portal.js';
import type { SimulatorState } from '../serve/simulator-state.js';
import type { JournalEntry } from './journal-entries.js';

type PortalEntry = Extract<JournalEntry, { hub: number }>;

/**
 * Brings the state to what an entry says. Entries of portals or records that later ones removed may come again after a
 * newer snapshot; they are put back and removed again, or skipped when there is nothing to put them on.
 */
export function replayEntry(state: SimulatorState, entry: JournalEntry): void {
  const { oauth, portals, webhooks } = state;
  switch (entry.k) {
    case 'portal':
      portals.restore(entry.settings, entry.nextId);
      return;
    case 'portal-gone':
      portals.remove(entry.hub);
      return;
    case 'app':
      oauth.registerApp(entry.app);
      return;
    case 'installation':
      oauth.install(entry.installation);
      return;
    case 'installation-gone':
      oauth.forgetInstallation(entry.appId, entry.hub);
      return;
    case 'refresh-token':
      oauth.putRefreshToken({ ...entry, hubId: entry.hub });
      return;
    case 'refresh-token-gone':
      oauth.revokeRefreshToken(entry.token);
      return;
    case 'access-token':
      oauth.putAccessToken({ ...entry, hubId: entry.hub });
      return;
    case 'access-token-gone':
      oauth.revokeAccessToken(entry.token);
      return;
    case 'static-token':
      oauth.putStaticToken(entry.token);
      return;
    case 'static-token-gone':
      oauth.revokeStaticToken(entry.token);
      return;
    case 'webhooks':
      webhooks.put(entry.settings);
      return;
    case 'webhooks-gone':
      webhooks.remove(entry.appId);
      return;
    default: {
      const portal = portals.find(entry.hub);
      if (portal) replayInPortal(portal, entry);
    }
  }
}

function replayInPortal(portal: Portal, entry: PortalEntry): void {
  const { schema } = portal;
  switch (entry.k) {
    case 'owners':
      portal.setOwners(entry.owners);
      return;
    case 'record':
      portal.reserveIds(Number(entry.id));
      portal.store(entry.type).insert({
        id: entry.id,
        properties: entry.properties,
        createdAt: entry.createdAt,
        updatedAt: entry.updatedAt,
        revision: entry.revision,
        archivedAt: entry.archivedAt ?? null,
        ...(entry.trace === undefined ? {} : { objectWriteTraceId: entry.trace }),
        ...(entry.history === undefined ? {} : { history: new Map(entry.history) }),
      });
      return;
    case 'change': {
      const store = portal.store(entry.type);
      const record = store.get(entry.id);
      // A snapshot may have the change already.
      if (record && record.revision < entry.revision) store.change(record, entry.changes, entry.updatedAt);
      return;
    }
    case 'archive': {
      const record = portal.store(entry.type).get(entry.id);
      if (record) portal.store(entry.type).archive(record, entry.at);
      return;
    }
    case 'gone': {
      const record = portal.store(entry.type).get(entry.id);
      portal.reserveIds(Number(entry.id));
      if (record) portal.store(entry.type).remove(record);
      return;
    }
    case 'merged':
      portal.store(entry.type).recordMerge(entry.from, entry.to);
      return;
    case 'linked':
      portal.associations.setDirection(entry.from, entry.fromId, entry.to, entry.toId, entry.types);
      return;
    case 'property':
      schema.putDefinition(entry.type, entry.definition);
      if (entry.definition.hasUniqueValue && !entry.definition.archived) {
        portal.store(entry.type).watchUnique(entry.definition.name);
      }
      if (entry.definition.archived) portal.store(entry.type).unique.forget(entry.definition.name);
      return;
    case 'property-group':
      schema.putGroup(entry.type, entry.group);
      return;
    case 'property-group-gone':
      schema.removeGroup(entry.type, entry.name);
      return;
    case 'pipelines':
      schema.putPipelines(entry.type, entry.pipelines);
      return;
    case 'object-type':
      schema.putCustomObjectType(entry.type);
      return;
    case 'object-type-gone':
      schema.removeCustomObjectType(entry.objectTypeId);
      return;
    case 'association-type':
      schema.putAssociationType(entry.definition);
      return;
    case 'association-type-gone':
      schema.removeAssociationType(entry.typeId);
      return;
    default:
  }
}
