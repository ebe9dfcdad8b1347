import type { AssociationType } from './catalogue-types.js';

type Pair = readonly [
  from: string,
  to: string,
  typeId: number,
  inverseTypeId: number,
  label?: string | null,
  inverseLabel?: string | null,
];

/** Every unlabelled default of FACTS §4.1, once per pair; the other direction is derived from it. */
const unlabelled: readonly Pair[] = [
  ['notes', 'contacts', 202, 201],
  ['notes', 'companies', 190, 189],
  ['notes', 'deals', 214, 213],
  ['notes', 'tickets', 228, 227],
  ['notes', 'leads', 855, 854],
  ['calls', 'contacts', 194, 193],
  ['calls', 'companies', 182, 181],
  ['calls', 'deals', 206, 205],
  ['calls', 'tickets', 220, 219],
  ['calls', 'leads', 597, 596],
  ['communications', 'contacts', 81, 82],
  ['communications', 'companies', 87, 88],
  ['communications', 'deals', 85, 86],
  ['communications', 'tickets', 83, 84],
  ['communications', 'leads', 603, 602],
  ['emails', 'contacts', 198, 197],
  ['emails', 'companies', 186, 185],
  ['emails', 'deals', 210, 209],
  ['emails', 'tickets', 224, 223],
  ['meetings', 'contacts', 200, 199],
  ['meetings', 'companies', 188, 187],
  ['meetings', 'deals', 212, 211],
  ['meetings', 'tickets', 226, 225],
  ['emails', 'leads', 599, 598],
  ['meetings', 'leads', 601, 600],
  ['tasks', 'leads', 647, 646],
  ['tasks', 'contacts', 204, 203],
  ['tasks', 'companies', 192, 191],
  ['tasks', 'deals', 216, 215],
  ['tasks', 'tickets', 230, 229],
  ['contacts', 'companies', 279, 280],
  ['contacts', 'deals', 4, 3],
  ['contacts', 'tickets', 15, 16],
  ['deals', 'companies', 341, 342],
  ['tickets', 'companies', 339, 340],
  ['deals', 'tickets', 27, 28],
  ['contacts', 'contacts', 449, 449],
  ['companies', 'companies', 450, 450],
];

const labelled: readonly Pair[] = [
  ['contacts', 'companies', 1, 2, 'Primary', 'Primary'],
  ['deals', 'companies', 5, 6, 'Primary', 'Primary'],
  ['tickets', 'companies', 26, 25, 'Primary', 'Primary'],
  ['companies', 'companies', 13, 14, 'Child Company', 'Parent Company'],
];

const singulars: Readonly<Record<string, string>> = { companies: 'company' };
const singular = (plural: string): string => singulars[plural] ?? plural.slice(0, -1);

function bothDirections(pair: Pair, isDefault: boolean): AssociationType[] {
  const [from, to, typeId, inverseTypeId, label = null, inverseLabel = null] = pair;
  const suffix = isDefault ? '_unlabeled' : '';
  const primaryRecords = ['279', '280', '339', '340', '341', '342'];
  const nameOf = (a: string, b: string, id: number): string =>
    `${singular(a)}_to_${singular(b)}${primaryRecords.includes(String(id)) ? suffix : ''}`;
  const forward: AssociationType = {
    from,
    to,
    typeId,
    inverseTypeId,
    category: 'HUBSPOT_DEFINED',
    label,
    name: typeId === 13 ? 'parent_to_child_company' : nameOf(from, to, typeId),
    isDefault,
  };
  if (typeId === inverseTypeId) return [forward];
  const backward: AssociationType = {
    from: to,
    to: from,
    typeId: inverseTypeId,
    inverseTypeId: typeId,
    category: 'HUBSPOT_DEFINED',
    label: inverseLabel,
    name: inverseTypeId === 14 ? 'child_to_parent_company' : nameOf(to, from, inverseTypeId),
    isDefault,
  };
  return [forward, backward];
}

/** All association types a new portal knows, one entry per direction. Source: FACTS §4.1. */
export const associationTypes: readonly AssociationType[] = [
  ...unlabelled.flatMap((pair) => bothDirections(pair, true)),
  ...labelled.flatMap((pair) => bothDirections(pair, false)),
];

const between = Map.groupBy(associationTypes, (type) => `${type.from}>${type.to}`);

/** The types from one plural object type to another, the unlabelled default first; empty when they can't be associated. */
export const associationTypesBetween = (from: string, to: string): readonly AssociationType[] =>
  between.get(`${from}>${to}`) ?? [];

/** The unlabelled type that the default endpoints set. */
export const defaultAssociationType = (from: string, to: string): AssociationType | undefined =>
  associationTypesBetween(from, to).find((type) => type.isDefault);
