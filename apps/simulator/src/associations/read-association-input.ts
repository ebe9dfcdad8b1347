import { recordById } from '../crm/resolve-record.js';
import type { Portal } from '../portal/portal.js';
import type { AssociationDefinition } from '../portal/schema-types.js';
import { invalidInput, Refusal, validationError } from '../refuse/refusal.js';
import { isObject, scalarText } from '../serve/read-json.js';
import type { RecordRef } from '../portal/crm-record.js';

export interface AssociationPlan {
  readonly to: RecordRef;
  readonly types: readonly AssociationDefinition[];
}

/** The `associations` of a create: every type known and starting at this object type, every target there (FACTS §3.6). */
export function readInlineAssociations(
  portal: Portal,
  fromKey: string,
  given: unknown,
): readonly AssociationPlan[] | Refusal {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) return invalidInput('associations must be a list');
  const plans: AssociationPlan[] = [];
  const missing: string[] = [];
  for (const entry of given as unknown[]) {
    const toId = isObject(entry) && isObject(entry['to']) ? scalarText(entry['to']['id']) : undefined;
    if (!isObject(entry) || toId === undefined) return invalidInput('Some required fields were not set: [to]');
    const types = readAssociationTypes(portal, entry['types'], { from: fromKey });
    if (types instanceof Refusal) return types;
    const toKey = types[0]?.to ?? '';
    if (types.some((type) => type.to !== toKey)) {
      return validationError('all association types of one target must lead to the same object type');
    }
    const target = associationTarget(portal, toKey, toId);
    if (target === undefined) missing.push(toId);
    else plans.push({ to: { typeKey: toKey, id: target }, types });
  }
  return missing.length > 0 ? invalidObjectIds(missing) : plans;
}

/** A list of `{associationCategory, associationTypeId}`, checked against the direction it is used in. */
export function readAssociationTypes(
  portal: Portal,
  given: unknown,
  direction: { readonly from: string; readonly to?: string },
): readonly AssociationDefinition[] | Refusal {
  if (!Array.isArray(given) || given.length === 0) return invalidInput('Some required fields were not set: [types]');
  const types: AssociationDefinition[] = [];
  for (const entry of given as unknown[]) {
    const typeId = isObject(entry) ? Number(entry['associationTypeId']) : Number.NaN;
    const category = isObject(entry) ? scalarText(entry['associationCategory']) : undefined;
    if (!Number.isInteger(typeId) || category === undefined) {
      return invalidInput('Some required fields were not set: [associationCategory, associationTypeId]');
    }
    const type = portal.schema.association(typeId, category);
    if (!type) return validationError(`Association type ${category}:${typeId} does not exist`);
    const idOf = (key: string): string => portal.schema.names(key).objectTypeId;
    if (type.from !== direction.from) {
      return validationError(
        `invalid from object type ${idOf(direction.from)} for associations to be created. expected: ${idOf(type.from)}`,
      );
    }
    if (direction.to !== undefined && type.to !== direction.to) {
      return validationError(
        `invalid to object type ${idOf(direction.to)} for associations to be created. expected: ${idOf(type.to)}`,
      );
    }
    types.push(type);
  }
  return types;
}

/** The id an association to `id` is made with; undefined when HubSpot refuses it (deleted, unknown, merged away). */
export function associationTarget(portal: Portal, typeKey: string, id: string): string | undefined {
  const store = portal.store(typeKey);
  const record = portal.flags.mergedAssociationTarget === 'follow' ? recordById(portal, typeKey, id) : store.get(id);
  return record && record.archivedAt === null ? record.id : undefined;
}

export const invalidObjectIds = (ids: readonly string[]): Refusal =>
  validationError('One or more associations are invalid', [
    {
      message: `Some of the objects to be associated don't exist or were deleted: ${ids.join(', ')}`,
      code: 'INVALID_OBJECT_IDS',
      context: { ids },
    },
  ]);
