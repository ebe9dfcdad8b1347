import type { PropertyDefinition } from '../catalogue/index.js';
import { isNumber, readTime } from '../crm/normalise-value.js';
import { PIPELINE_PROPERTIES } from '../crm/pipeline-stage.js';
import type { Portal } from '../portal/portal.js';
import { validationError, type Refusal } from '../refuse/refusal.js';
import type { Operator, SearchFilter } from './search-request.js';

const ANY: readonly Operator[] = ['EQ', 'NEQ', 'IN', 'NOT_IN', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY'];
const BY_SIZE: readonly Operator[] = ['LT', 'LTE', 'GT', 'GTE', 'BETWEEN'];
const BY_WORD: readonly Operator[] = ['CONTAINS_TOKEN', 'NOT_CONTAINS_TOKEN'];

/** FACTS §3.3 lists the operators and not what each takes: the strictest reading, behind a flag. */
const OPERATORS_OF: Partial<Record<PropertyDefinition['type'], readonly Operator[]>> = {
  string: [...ANY, ...BY_WORD],
  phone_number: [...ANY, ...BY_WORD],
  number: [...ANY, ...BY_SIZE],
  date: [...ANY, ...BY_SIZE],
  datetime: [...ANY, ...BY_SIZE],
  enumeration: ANY,
  bool: ['EQ', 'NEQ', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY'],
};

/** Why a filter can't be asked of a property of this kind; undefined when it can. */
export function filterProblem(
  portal: Portal,
  typeKey: string,
  filter: SearchFilter,
  definition: PropertyDefinition,
): Refusal | undefined {
  const { propertyName, operator, value, highValue, values = [] } = filter;
  const { searchOperatorsByType, searchChecksValues } = portal.flags;
  if (searchOperatorsByType && OPERATORS_OF[definition.type]?.includes(operator) !== true) {
    return validationError(
      `Operator ${operator} can't be used with ${propertyName}, which is of type ${definition.type}`,
    );
  }
  if (!searchChecksValues || BY_WORD.includes(operator)) return undefined;
  const given = [value, highValue, ...values].filter((one) => one !== undefined);
  const wrong = given.find((one) => !isValue(portal, typeKey, definition, one));
  return wrong === undefined
    ? undefined
    : validationError(`${wrong} is not a valid value of ${propertyName}, which is of type ${definition.type}`);
}

function isValue(portal: Portal, typeKey: string, definition: PropertyDefinition, value: string): boolean {
  switch (definition.type) {
    case 'number':
      return isNumber(value.trim());
    case 'date':
    case 'datetime':
      return readTime(value) !== undefined;
    case 'bool':
      return /^(true|false)$/i.test(value);
    case 'enumeration':
      return isOption(portal, typeKey, definition, value);
    default:
      return true;
  }
}

function isOption(portal: Portal, typeKey: string, definition: PropertyDefinition, value: string): boolean {
  const { name, options, externalOptions } = definition;
  if (externalOptions || options.length === 0 || options.some((option) => option.value === value)) return true;
  const names = PIPELINE_PROPERTIES[typeKey];
  const pipelines = portal.schema.pipelines(typeKey);
  if (name === names?.pipeline) return pipelines.some(({ id }) => id === value);
  return name === names?.stage && pipelines.some(({ stages }) => stages.some(({ id }) => id === value));
}
