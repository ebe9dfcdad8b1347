import { linkRecords } from '../associations/link-records.js';
import { newRecord } from '../crm/create-record.js';
import { BatchClaims, claimUnique } from '../crm/claim-unique.js';
import { normaliseValue } from '../crm/normalise-value.js';
import type { Portal } from '../portal/portal.js';
import type { AssociationDefinition } from '../portal/schema-types.js';
import { Refusal } from '../refuse/refusal.js';
import { seedRecords, type SeedOptions } from '../seed/index.js';

/** The app that records made outside the API carry as their source. */
const CONTROL_APP_ID = 0;

export interface GivenRecord {
  readonly properties: Readonly<Record<string, string>>;
  /** ms since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly associations?: readonly { readonly to: string; readonly types: readonly AssociationDefinition[] }[];
}

/**
 * Keeps records as they are given: read-only properties may be set, nothing is required, no call is counted. Values
 * still take HubSpot's form and unique ones stay unique: a clash refuses all.
 */
export function keepRecords(portal: Portal, typeKey: string, records: readonly GivenRecord[]): string[] | Refusal {
  const claims = new BatchClaims();
  const normalised = records.map((record) => ({ ...record, properties: inForm(portal, typeKey, record.properties) }));
  for (const { properties } of normalised) {
    const clash = claimUnique(portal, typeKey, properties, undefined, claims);
    if (clash) return clash;
  }
  const store = portal.store(typeKey);
  return normalised.map(({ properties, createdAt, updatedAt, associations = [] }) => {
    const id = portal.newId();
    store.insert(newRecord(portal, typeKey, properties, { id, createdAt, updatedAt, appId: CONTROL_APP_ID }));
    for (const { to, types } of associations) {
      linkRecords(portal, { typeKey, id }, { typeKey: types[0]?.to ?? '', id: to }, types, updatedAt);
    }
    return id;
  });
}

/** Lower-case emails, ISO times, clean HTML; a value that has no such form stays as it is. */
function inForm(portal: Portal, typeKey: string, given: Readonly<Record<string, string>>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const definition = portal.schema.definition(typeKey, name);
    if (!definition) continue;
    const form = normaliseValue(portal, typeKey, definition, value, undefined);
    const kept = 'code' in form ? (name === 'email' ? value.toLowerCase() : value) : form.value;
    if (kept !== null) values[name] = kept;
  }
  return values;
}

/** Fills a portal with the seed's owners, records and associations, given ids in the order of their age. */
export function seedPortal(portal: Portal, options: SeedOptions): void {
  const data = seedRecords(options);
  portal.setOwners(data.owners);
  const ids = new Map<string, string>();
  for (const [typeKey, records] of Object.entries(data.objects)) {
    const kept = keepRecords(
      portal,
      typeKey,
      records.map(({ properties, createdAt, updatedAt }) => ({
        properties,
        createdAt: Date.parse(createdAt),
        updatedAt: Date.parse(updatedAt),
      })),
    );
    if (kept instanceof Refusal) throw new Error(`the seed's ${typeKey} clash: ${kept.body.message}`);
    for (const [index, record] of records.entries()) ids.set(record.key, kept[index] ?? '');
  }
  for (const { fromType, fromKey, toType, toKey, typeId } of data.associations) {
    const from = { typeKey: fromType, id: ids.get(fromKey) ?? '' };
    const to = { typeKey: toType, id: ids.get(toKey) ?? '' };
    const type = portal.schema.association(typeId);
    if (!type) throw new Error(`the seed associates ${fromType} with ${toType} by an unknown type ${typeId}`);
    linkRecords(portal, from, to, [type], portal.store(fromType).get(from.id)?.updatedAt ?? 0);
  }
}
