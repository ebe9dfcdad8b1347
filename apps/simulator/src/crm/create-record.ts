import { linkRecords } from '../associations/link-records.js';
import { readInlineAssociations, type AssociationPlan } from '../associations/read-association-input.js';
import { applyChanges, type CrmRecord } from '../portal/crm-record.js';
import type { Portal } from '../portal/portal.js';
import { Refusal } from '../refuse/refusal.js';
import { scalarText, type JsonObject } from '../serve/read-json.js';
import { claimUnique, type BatchClaims } from './claim-unique.js';
import { birthProperties, computedProperties } from './derive-properties.js';
import { validateWrite, type WriteWarning } from './validate-write.js';

/** A create that nothing stands against any more. */
export interface PlannedCreate {
  readonly changes: Readonly<Record<string, string | null>>;
  readonly associations: readonly AssociationPlan[];
  readonly warnings: readonly WriteWarning[];
  readonly objectWriteTraceId: string | undefined;
}

export function planCreate(
  portal: Portal,
  typeKey: string,
  input: JsonObject,
  claims: BatchClaims,
  dated: boolean,
): PlannedCreate | Refusal {
  const valid = validateWrite(portal, typeKey, input['properties'], undefined, dated);
  if (valid instanceof Refusal) return valid;
  const associations = readInlineAssociations(portal, typeKey, input['associations']);
  if (associations instanceof Refusal) return associations;
  const clash = claimUnique(portal, typeKey, applyChanges({}, valid.changes), undefined, claims);
  if (clash) return clash;
  return {
    changes: valid.changes,
    associations,
    warnings: valid.warnings,
    objectWriteTraceId: scalarText(input['objectWriteTraceId']),
  };
}

export function commitCreate(
  portal: Portal,
  typeKey: string,
  plan: PlannedCreate,
  appId: number,
  now: number,
): CrmRecord {
  const id = portal.newId();
  const record = newRecord(portal, typeKey, plan.changes, { id, createdAt: now, updatedAt: now, appId });
  if (plan.objectWriteTraceId !== undefined) record.objectWriteTraceId = plan.objectWriteTraceId;
  portal.store(typeKey).insert(record);
  for (const { to, types } of plan.associations) linkRecords(portal, { typeKey, id }, to, types, now);
  return record;
}

/** A record with everything that HubSpot adds and computes; not yet kept anywhere. */
export function newRecord(
  portal: Portal,
  typeKey: string,
  values: Readonly<Record<string, string | null>>,
  origin: { readonly id: string; readonly createdAt: number; readonly updatedAt: number; readonly appId: number },
): CrmRecord {
  const given = applyChanges(birthProperties(portal, typeKey, origin), values);
  const properties = applyChanges(given, computedProperties(portal, typeKey, given, undefined, origin.createdAt));
  const { modifiedProperty } = portal.schema.names(typeKey);
  return {
    id: origin.id,
    properties:
      origin.updatedAt === origin.createdAt
        ? properties
        : { ...properties, [modifiedProperty]: new Date(origin.updatedAt).toISOString() },
    createdAt: origin.createdAt,
    updatedAt: origin.updatedAt,
    archivedAt: null,
    revision: 0,
  };
}
