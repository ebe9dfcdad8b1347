import type { RecordRef } from '../portal/crm-record.js';
import type { Portal } from '../portal/portal.js';
import type { AssociationDefinition } from '../portal/schema-types.js';
import { applyLinkEffects } from './link-effects.js';

/**
 * Associates two records, in both directions. Existing types stay unless `replace`; a labelled association always
 * brings the unlabelled one with it.
 */
export function linkRecords(
  portal: Portal,
  from: RecordRef,
  to: RecordRef,
  types: readonly AssociationDefinition[],
  now: number,
  replace = false,
): void {
  const store = portal.associations;
  const isNew = !store.has(from.typeKey, from.id, to.typeKey, to.id);
  const base = portal.schema.defaultAssociation(from.typeKey, to.typeKey);
  const added = base ? [base, ...types] : types;
  for (const type of added) if (type.label === 'Primary') demotePrimary(portal, from, to, type);
  const kept = replace ? [] : store.typesBetween(from.typeKey, from.id, to.typeKey, to.id);
  const keptBack = replace ? [] : store.typesBetween(to.typeKey, to.id, from.typeKey, from.id);
  const isSelf = from.typeKey === to.typeKey && from.id === to.id;
  if (isSelf) return;
  store.setDirection(from.typeKey, from.id, to.typeKey, to.id, [...kept, ...added.map((type) => type.typeId)]);
  store.setDirection(to.typeKey, to.id, from.typeKey, from.id, [
    ...keptBack,
    ...added.map((type) => type.inverseTypeId),
  ]);
  if (isNew) applyLinkEffects(portal, from, to, now);
}

export function unlinkRecords(portal: Portal, from: RecordRef, to: RecordRef): void {
  portal.associations.setDirection(from.typeKey, from.id, to.typeKey, to.id, []);
  portal.associations.setDirection(to.typeKey, to.id, from.typeKey, from.id, []);
}

/** Takes single types off an association; the association ends with its last type. */
export function unlabelRecords(
  portal: Portal,
  from: RecordRef,
  to: RecordRef,
  types: readonly AssociationDefinition[],
) {
  const store = portal.associations;
  const gone = new Set(types.map((type) => type.typeId));
  const goneBack = new Set(types.map((type) => type.inverseTypeId));
  const kept = store.typesBetween(from.typeKey, from.id, to.typeKey, to.id).filter((id) => !gone.has(id));
  const keptBack = store.typesBetween(to.typeKey, to.id, from.typeKey, from.id).filter((id) => !goneBack.has(id));
  store.setDirection(from.typeKey, from.id, to.typeKey, to.id, kept);
  store.setDirection(to.typeKey, to.id, from.typeKey, from.id, keptBack);
}

/** A record has one primary company: a new one takes the label from the one before. */
function demotePrimary(portal: Portal, from: RecordRef, to: RecordRef, type: AssociationDefinition): void {
  if (to.typeKey !== 'companies') return;
  for (const other of portal.associations.from(from.typeKey, from.id, to.typeKey)) {
    if (other.id !== to.id && other.typeIds.includes(type.typeId)) {
      unlabelRecords(portal, from, { typeKey: to.typeKey, id: other.id }, [type]);
    }
  }
}
