import type { CrmRecord } from '../portal/crm-record.js';
import { emailsOf } from '../portal/crm-record.js';
import type { Portal } from '../portal/portal.js';
import { computedProperties } from './derive-properties.js';
import { stageRank } from './lifecycle-stage.js';

/** The most identities one record may gather by merges; beyond it a merge answers 414 (FACTS §3.6). */
export const MAX_IDENTITIES = 250;

export const identitiesOf = (record: CrmRecord): number =>
  1 + (record.properties['hs_merged_object_ids']?.split(';').filter(Boolean).length ?? 0);

/** What stays out of a merge: each record's own identity and times, and what is computed anew. */
const OWN_PROPERTIES = new Set([
  'hs_object_id',
  'createdate',
  'hs_createdate',
  'lastmodifieddate',
  'hs_lastmodifieddate',
]);

/**
 * Merges two live records of one type. The primary's values win, gaps are filled from the other; a contact keeps the
 * other's emails as secondary ones and the further lifecycle stage. Associations move to the survivor, and the ids that
 * went lead to it from then on (FACTS §3.7). The survivor has the primary's id, or a new one by the portal's flag.
 */
export function mergeRecords(
  portal: Portal,
  typeKey: string,
  primary: CrmRecord,
  other: CrmRecord,
  now: number,
): CrmRecord {
  const store = portal.store(typeKey);
  const survivorId = portal.flags.mergeMode === 'new' ? portal.newId() : primary.id;
  const mergedIds = [primary, other].flatMap((record) => [
    ...(record.properties['hs_merged_object_ids']?.split(';') ?? []),
    ...(record.id === survivorId ? [] : [record.id]),
  ]);
  const properties = joinProperties(portal, typeKey, primary, other);
  const { modifiedProperty } = portal.schema.names(typeKey);
  const definitions = portal.schema.definitions(typeKey);
  const own: Record<string, string> = {
    hs_object_id: survivorId,
    hs_merged_object_ids: mergedIds.filter(Boolean).join(';'),
    [modifiedProperty]: new Date(now).toISOString(),
    ...(typeKey === 'contacts' ? { hs_all_contact_vids: [survivorId, ...mergedIds].filter(Boolean).join(';') } : {}),
  };
  for (const name in own) if (definitions.has(name)) properties[name] = own[name] ?? '';
  for (const [name, value] of Object.entries(computedProperties(portal, typeKey, properties, undefined, now))) {
    if (value === null) delete properties[name];
    else properties[name] = value;
  }

  store.remove(other);
  let survivor = primary;
  if (survivorId === primary.id) {
    store.change(primary, properties, now);
  } else {
    store.remove(primary);
    survivor = { ...primary, id: survivorId, properties, updatedAt: now };
    store.insert(survivor);
  }
  for (const record of [primary, other]) {
    if (record.id === survivorId) continue;
    portal.associations.move(typeKey, record.id, survivorId);
    store.recordMerge(record.id, survivorId);
  }
  portal.raise({
    verb: 'merge',
    typeKey,
    objectId: survivorId,
    primaryObjectId: primary.id,
    mergedObjectIds: [other.id],
    newObjectId: survivorId,
  });
  return survivor;
}

function joinProperties(portal: Portal, typeKey: string, primary: CrmRecord, other: CrmRecord): Record<string, string> {
  const properties: Record<string, string> = { ...primary.properties };
  for (const [name, value] of Object.entries(other.properties)) {
    if (!OWN_PROPERTIES.has(name) && properties[name] === undefined) properties[name] = value;
  }
  if (typeKey !== 'contacts') return properties;
  const emails = [...emailsOf(primary.properties), ...emailsOf(other.properties)];
  const [email, ...secondary] = [...new Set(emails)];
  if (email !== undefined) properties['email'] = email;
  if (secondary.length > 0) properties['hs_additional_emails'] = secondary.join(';');
  const stage = other.properties['lifecyclestage'];
  if (stage && stageRank(portal, stage) > stageRank(portal, properties['lifecyclestage'] ?? '')) {
    properties['lifecyclestage'] = stage;
  }
  for (const count of ['num_notes', 'num_contacted_notes']) {
    const sum = Number(primary.properties[count] ?? 0) + Number(other.properties[count] ?? 0);
    if (properties[count] !== undefined) properties[count] = String(sum);
  }
  return properties;
}
