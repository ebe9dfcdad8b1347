import type { CrmField, CrmObject, CrmObjectSummary } from '../portal.js';

/** What records are tied to: HubSpot's search knows nothing else, and nothing of custom objects. */
export const TIED: readonly string[] = ['contacts', 'companies', 'deals', 'tickets'];

const TIE = 'associations.';

/** The object to which a condition asks for a tie. */
export function tieIn(field: string): string | undefined {
  return field.startsWith(TIE) ? field.slice(TIE.length) : undefined;
}

/** How the AI agent sends the id of a record of another object. */
export function idOf(object: string, objects: readonly CrmObjectSummary[]): { name: string; label: string } {
  const label = (objects.find(({ name }) => name === object)?.label ?? object).toLowerCase();
  return { name: `${label}_id`, label: `Id of the ${label}, from an earlier find` };
}

/** The ties that a condition can ask for, to be chosen among the fields. */
export function tieFields(object: CrmObject | undefined, objects: readonly CrmObjectSummary[]): CrmField[] {
  if (object === undefined || object.isCustom) return [];
  return TIED.filter((to) => object.relationships.some((way) => way.to === to)).map((to) => ({
    name: `${TIE}${to}`,
    label: `Tied to: ${objects.find(({ name }) => name === to)?.label ?? to}`,
    type: 'tie',
    fieldType: 'tie',
    options: [],
    optionsFromElsewhere: false,
    isUnique: false,
    isRequired: false,
    isReadOnly: true,
    isHidden: false,
    sensitivity: 'none',
    operators: ['EQ', 'IN'],
  }));
}
