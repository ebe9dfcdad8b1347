import { applyChanges, type CrmRecord, type PropertyChanges } from '../portal/crm-record.js';
import type { Portal } from '../portal/portal.js';
import { Refusal } from '../refuse/refusal.js';
import { claimUnique, type BatchClaims } from './claim-unique.js';
import { computedProperties } from './derive-properties.js';
import { validateWrite, type WriteWarning } from './validate-write.js';

/** An update that nothing stands against any more. */
export interface PlannedUpdate {
  readonly record: CrmRecord;
  readonly changes: PropertyChanges;
  readonly warnings: readonly WriteWarning[];
}

export function planUpdate(
  portal: Portal,
  typeKey: string,
  record: CrmRecord,
  properties: unknown,
  claims: BatchClaims,
  dated: boolean,
): PlannedUpdate | Refusal {
  const valid = validateWrite(portal, typeKey, properties, record, dated);
  if (valid instanceof Refusal) return valid;
  const clash = claimUnique(portal, typeKey, applyChanges(record.properties, valid.changes), record.id, claims);
  return clash ?? { record, changes: valid.changes, warnings: valid.warnings };
}

/** Applies the update and gives the names of all properties it changed, the computed ones included. */
export function commitUpdate(portal: Portal, typeKey: string, plan: PlannedUpdate, now: number): string[] {
  const { record, changes } = plan;
  const after = applyChanges(record.properties, changes);
  const computed = computedProperties(portal, typeKey, after, changes, now);
  const { modifiedProperty } = portal.schema.names(typeKey);
  // Two writes in the same millisecond still leave a trace of their order.
  const at = Math.max(now, record.updatedAt);
  const all: Record<string, string | null> = { ...changes, ...computed };
  if (portal.schema.definitions(typeKey).has(modifiedProperty)) all[modifiedProperty] = new Date(at).toISOString();
  portal.store(typeKey).change(record, all, at);
  return Object.keys(all);
}
