import type { Owner, Pipeline, PropertyDefinition, PropertyGroup } from '../catalogue/index.js';
import type { PastValue, PropertyChanges, PropertyValues } from '../portal/crm-record.js';
import type { AssociationDefinition, CustomObjectType } from '../portal/schema-types.js';
import type { PortalSettings } from '../portal/portal-settings.js';
import type { WebhookSettings } from '../webhooks/webhook-types.js';
import type { Installation, RegisteredApp, StaticToken } from '../oauth/oauth-types.js';

/**
 * One change of state, as written to disk. Each says the whole new state of what it names, so that replaying an entry
 * twice, or on top of a newer snapshot, ends at the same state.
 */
export type JournalEntry =
  | { k: 'portal'; settings: PortalSettings; nextId: number }
  | { k: 'portal-gone'; hub: number }
  | { k: 'owners'; hub: number; owners: readonly Owner[] }
  | {
      k: 'record';
      hub: number;
      type: string;
      id: string;
      properties: PropertyValues;
      createdAt: number;
      updatedAt: number;
      revision: number;
      archivedAt?: number;
      trace?: string;
      history?: [property: string, values: PastValue[]][];
    }
  | {
      k: 'change';
      hub: number;
      type: string;
      id: string;
      changes: PropertyChanges;
      updatedAt: number;
      /** The record's after this change. */
      revision: number;
    }
  | { k: 'archive'; hub: number; type: string; id: string; at: number }
  | { k: 'gone'; hub: number; type: string; id: string }
  | { k: 'merged'; hub: number; type: string; from: string; to: string }
  | { k: 'linked'; hub: number; from: string; fromId: string; to: string; toId: string; types: number[] }
  | { k: 'property'; hub: number; type: string; definition: PropertyDefinition }
  | { k: 'property-group'; hub: number; type: string; group: PropertyGroup }
  | { k: 'property-group-gone'; hub: number; type: string; name: string }
  | { k: 'pipelines'; hub: number; type: string; pipelines: readonly Pipeline[] }
  | { k: 'object-type'; hub: number; type: CustomObjectType }
  | { k: 'object-type-gone'; hub: number; objectTypeId: string }
  | { k: 'association-type'; hub: number; definition: AssociationDefinition }
  | { k: 'association-type-gone'; hub: number; typeId: number }
  | { k: 'app'; app: RegisteredApp }
  | { k: 'installation'; installation: Installation }
  | { k: 'installation-gone'; appId: number; hub: number }
  | { k: 'refresh-token'; token: string; appId: number; hub: number; issuedAt: number; scopes: string[] }
  | { k: 'refresh-token-gone'; token: string }
  | { k: 'access-token'; token: string; appId: number; hub: number; expiresAt: number; scopes: string[] }
  | { k: 'access-token-gone'; token: string }
  | { k: 'static-token'; token: StaticToken }
  | { k: 'static-token-gone'; token: string }
  | { k: 'webhooks'; settings: WebhookSettings }
  | { k: 'webhooks-gone'; appId: number };

/** Where state tells its changes; replaced by a no-op when the simulator keeps nothing. */
export type WriteEntry = (entry: JournalEntry) => void;
