import { typeKeyOf } from '../crm/object-type-of.js';
import type { Portal } from '../portal/portal.js';
import type { AssociationDefinition } from '../portal/schema-types.js';
import { Refusal } from '../refuse/refusal.js';
import { param, type ApiCall } from '../serve/api-route.js';
import type { AssociatedRecord } from './association-store.js';
import type { RecordRef } from '../portal/crm-record.js';

/** The two object types of an association path, as record keys. */
export interface AssociationPair {
  readonly from: string;
  readonly to: string;
}

export function pairOf(call: ApiCall): AssociationPair | Refusal {
  const from = typeKeyOf(call.portal, param(call, 'fromType'));
  if (from instanceof Refusal) return from;
  const to = typeKeyOf(call.portal, param(call, 'toType'));
  return to instanceof Refusal ? to : { from, to };
}

/** `toObjectId` is a number in documentation samples and a string in the specification: the portal's flag decides. */
export const presentEnds = (portal: Portal, ends: readonly AssociatedRecord[]): unknown[] =>
  ends.map((end) => ({
    toObjectId: portal.flags.numericToObjectId ? Number(end.id) : end.id,
    // A label that was deleted leaves no trace on the associations that carried it.
    associationTypes: end.typeIds.flatMap((typeId) => {
      const type = portal.schema.association(typeId);
      return type ? [{ category: type.category, typeId, label: type.label }] : [];
    }),
  }));

/** The labels between two records, as a labelled PUT answers them. */
export function presentPair(portal: Portal, from: RecordRef, to: RecordRef): Record<string, unknown> {
  const typeIds = portal.associations.typesBetween(from.typeKey, from.id, to.typeKey, to.id);
  return {
    fromObjectTypeId: portal.schema.names(from.typeKey).objectTypeId,
    fromObjectId: from.id,
    toObjectTypeId: portal.schema.names(to.typeKey).objectTypeId,
    toObjectId: to.id,
    labels: typeIds.flatMap((typeId) => portal.schema.association(typeId)?.label ?? []),
  };
}

/** A default association, once from each end. */
export const presentDefault = (type: AssociationDefinition, fromId: string, toId: string): unknown[] => [
  {
    from: { id: fromId },
    to: { id: toId },
    associationSpec: { associationCategory: type.category, associationTypeId: type.typeId },
  },
  {
    from: { id: toId },
    to: { id: fromId },
    associationSpec: { associationCategory: type.category, associationTypeId: type.inverseTypeId },
  },
];
