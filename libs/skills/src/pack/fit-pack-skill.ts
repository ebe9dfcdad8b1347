import type { CrmObject } from '@app/crm';
import type { BindingDefinition, RestSearch, RestWrite } from '../grammar/binding.js';
import type { BindingProblem } from '../grammar/binding-problem.js';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import { inputsIn } from '../grammar/check-inputs.js';
import { fieldOf, isSensitive, objectOf } from '../grammar/known-fields.js';
import { legalOperators } from '../grammar/legal-operators.js';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';
import { validateBinding } from '../validate/validate-binding.js';
import { findLanding, LANDED, type LandingPlace, type Landings, landingValues } from './landing.js';

export type PackFit =
  | { fits: true; binding: CheckedBinding; landing?: LandingPlace }
  | { fits: false; problems: BindingProblem[]; missingScopes: string[] };

interface Portal {
  snapshot: SchemaSnapshot;
  landings: Landings;
}

/**
 * A skill of the pack as this portal can have it: what it can do without and the portal lacks is left out, what it can't do
 * without is a problem. Pure.
 */
export function fitPackSkill(skill: BindingDefinition, { snapshot, landings }: Portal): PackFit {
  const block = skill.operation === 'restSearch' ? skill.restSearch : skill.restWrite;
  const object = objectOf(snapshot, block.object);
  if (object === undefined) return judge(skill, snapshot);
  if (skill.operation === 'restSearch')
    return judge(withUsedInputs({ ...skill, restSearch: fitSearch(skill.restSearch, object) }, object), snapshot);
  const restWrite = fitWrite(skill.restWrite, object, snapshot);
  const landed = LANDED.find((name) => name === object.name);
  const landing =
    restWrite.action === 'create' && landed !== undefined ? findLanding(object, landings[landed]) : undefined;
  if (landing === undefined) return judge(withUsedInputs({ ...skill, restWrite }, object), snapshot);
  // Without a scope that is what is told: where its records would go is of no interest.
  if (!landing.found && object.capabilities.write)
    return { fits: false, problems: [landing.problem], missingScopes: [] };
  const values = landing.found ? landingValues(object, landing.place) : [];
  const placed = { ...restWrite, set: [...restWrite.set, ...values] };
  const fit = judge(withUsedInputs({ ...skill, restWrite: placed }, object), snapshot);
  return fit.fits && landing.found ? { ...fit, landing: landing.place } : fit;
}

function judge(definition: BindingDefinition, snapshot: SchemaSnapshot): PackFit {
  const validation = validateBinding(definition, snapshot, { ofPack: true });
  if (validation.valid) return { fits: true, binding: validation.binding };
  const { problems } = validation;
  const isWithheld = problems.some(({ reason }) => reason === 'withheld_object');
  return { fits: false, problems, missingScopes: isWithheld ? scopesFor(definition, snapshot) : [] };
}

function scopesFor(definition: BindingDefinition, snapshot: SchemaSnapshot): string[] {
  const { object: name } = definition.operation === 'restSearch' ? definition.restSearch : definition.restWrite;
  const withheld = snapshot.withheld.find((one) => one.name === name);
  return (objectOf(snapshot, name) ?? withheld)?.missingScopes ?? [];
}

/** A way to search that the portal doesn't know goes, as long as another is left. */
function fitSearch(search: RestSearch, object: CrmObject): RestSearch {
  const known = search.where.filter((group) => group.every(({ field }) => isUsable(object, field, 'search')));
  return {
    ...search,
    where: known.length > 0 ? known : search.where,
    select: search.select.filter((name) => isUsable(object, name, 'read')),
  };
}

/** The first field of a new record is what it is known by: without it, it is not created. */
function fitWrite(write: RestWrite, object: CrmObject, snapshot: SchemaSnapshot): RestWrite {
  const isNeeded = (name: string): boolean => write.action === 'create' && name === write.set[0]?.field;
  const set = write.set.filter(({ field }) => isNeeded(field) || isUsable(object, field, 'write'));
  const associate = write.associate.filter(({ to }) => {
    const other = objectOf(snapshot, to);
    if (other?.capabilities.read !== true) return false;
    const ways = object.relationships.filter((way) => way.to === other.name || way.to === other.typeId);
    return ways.some(({ label }) => label === undefined);
  });
  return { ...write, set, associate };
}

function isUsable(object: CrmObject, name: string, use: 'read' | 'search' | 'write'): boolean {
  const field = fieldOf(object, name);
  if (field === undefined || isSensitive(field)) return false;
  if (use === 'read') return true;
  // No options: nothing that could be sent.
  const isEmpty = field.type === 'enumeration' && field.options.length === 0 && !field.optionsFromElsewhere;
  return legalOperators(field).length > 0 && !(use === 'write' && (field.isReadOnly || isEmpty));
}

function withUsedInputs(definition: BindingDefinition, object: CrmObject): BindingDefinition {
  const used = new Set(inputsIn(definition.operation === 'restSearch' ? definition.restSearch : definition.restWrite));
  const inputs = definition.inputs.filter(({ name }) => used.has(name));
  if (definition.projection === undefined) return { ...definition, inputs };
  return {
    ...definition,
    inputs,
    projection: definition.projection.filter(({ field }) => isUsable(object, field, 'read')),
  };
}
