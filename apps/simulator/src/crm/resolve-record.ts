import type { CrmRecord } from '../portal/crm-record.js';
import type { Portal } from '../portal/portal.js';
import { objectNotFound, Refusal, resourceNotFound, validationError } from '../refuse/refusal.js';

export const isRecordId = (text: string): boolean => /^\d{1,19}$/.test(text);

/** The live or archived record of an id; an id that was merged away gives its survivor (FACTS §3.7). */
export function recordById(portal: Portal, typeKey: string, id: string): CrmRecord | undefined {
  const store = portal.store(typeKey);
  return store.get(id) ?? store.get(store.survivorOf(id));
}

/** The live record that holds a unique value; contact emails include secondary ones when the portal does so. */
export function recordByUnique(
  portal: Portal,
  typeKey: string,
  property: string,
  value: string,
): CrmRecord | undefined {
  const record = portal.store(typeKey).findByUnique(property, value.trim());
  if (!record || property !== 'email' || typeKey !== 'contacts') return record;
  const isPrimary = record.properties['email']?.toLowerCase() === value.trim().toLowerCase();
  return isPrimary || portal.flags.getBySecondaryEmail ? record : undefined;
}

/** Refuses an `idProperty` that isn't unique, in HubSpot's words. */
export function checkIdProperty(portal: Portal, typeKey: string, property: string): Refusal | undefined {
  if (property === 'hs_object_id' || portal.store(typeKey).unique.isUnique(property)) return undefined;
  return nonUnique(portal, typeKey, property);
}

export const nonUnique = (portal: Portal, typeKey: string, property: string): Refusal =>
  validationError(
    `Unable to perform update/upsert by non-unique ${portal.schema.names(typeKey).objectTypeId} property '${property}'`,
  );

/** For a path with one id: the record, or HubSpot's refusal. Archived ones only when asked for. */
export function resolveRecord(
  portal: Portal,
  typeKey: string,
  id: string,
  idProperty: string | undefined,
  archived: boolean,
): CrmRecord | Refusal {
  if (idProperty !== undefined && idProperty !== 'hs_object_id') {
    const refusal = checkIdProperty(portal, typeKey, idProperty);
    if (refusal) return refusal;
    return recordByUnique(portal, typeKey, idProperty, id) ?? resourceNotFound();
  }
  if (!isRecordId(id)) return objectNotFound(id);
  const record = recordById(portal, typeKey, id);
  if (!record || (record.archivedAt !== null) !== archived) return resourceNotFound();
  return record;
}
