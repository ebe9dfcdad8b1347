import { typeKeyOf } from '../crm/object-type-of.js';
import type { Portal } from '../portal/portal.js';
import { Refusal } from '../refuse/refusal.js';
import type { AssociatedRecord } from './association-store.js';

/** An associated type as the caller named it, and its key. */
export interface RequestedAssociation {
  readonly typeKey: string;
}

/** The `associations` parameter of a read. */
export function readInlineNames(portal: Portal, names: readonly string[]): readonly RequestedAssociation[] | Refusal {
  const requested: RequestedAssociation[] = [];
  for (const name of names) {
    const typeKey = typeKeyOf(portal, name);
    if (typeKey instanceof Refusal) return typeKey;
    requested.push({ typeKey });
  }
  return requested;
}

/** The `associations` of a record in the shape of FACTS §3.2: each type with the machine name of every association. */
export function presentAssociations(
  portal: Portal,
  typeKey: string,
  id: string,
  requested: readonly RequestedAssociation[],
): { associations?: Record<string, { results: { id: string; type: string }[] }> } {
  if (requested.length === 0) return {};
  const associations: Record<string, { results: { id: string; type: string }[] }> = {};
  for (const { typeKey: otherKey } of requested) {
    const results = liveAssociations(portal, typeKey, id, otherKey).flatMap((end) =>
      end.typeIds.map((typeId) => ({ id: end.id, type: portal.schema.association(typeId)?.name ?? String(typeId) })),
    );
    if (results.length > 0) associations[portal.schema.names(otherKey).plural] = { results };
  }
  return Object.keys(associations).length === 0 ? {} : { associations };
}

/** Associated records that aren't archived, in id order; archived ones come back with a restore. */
export function liveAssociations(portal: Portal, typeKey: string, id: string, toKey: string): AssociatedRecord[] {
  const others = portal.store(toKey);
  return portal.associations
    .from(typeKey, id, toKey)
    .filter((end) => others.get(end.id)?.archivedAt === null)
    .toSorted((a, b) => Number(a.id) - Number(b.id));
}
