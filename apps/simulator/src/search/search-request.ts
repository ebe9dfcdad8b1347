import { invalidInput, Refusal, validationError } from '../refuse/refusal.js';
import { isObject, objectBody, scalarText, textList, type JsonObject } from '../serve/read-json.js';

export const OPERATORS = [
  'LT',
  'LTE',
  'GT',
  'GTE',
  'EQ',
  'NEQ',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const;
export type Operator = (typeof OPERATORS)[number];

export interface SearchFilter {
  readonly propertyName: string;
  readonly operator: Operator;
  readonly value?: string;
  readonly highValue?: string;
  readonly values?: readonly string[];
}

export interface SearchRequest {
  /** Any group may match, with all of its filters; none: everything matches. */
  readonly groups: readonly (readonly SearchFilter[])[];
  readonly query: string;
  readonly sort: { readonly propertyName: string; readonly descending: boolean } | undefined;
  readonly properties: readonly string[];
  readonly limit: number;
  readonly offset: number;
}

/** Limits of FACTS §2 and §3.3. */
const MAX_BODY_LENGTH = 3_000;
const MAX_GROUPS = 5;
const MAX_FILTERS_PER_GROUP = 6;
const MAX_FILTERS = 18;
const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 200;
export const RESULT_WINDOW = 10_000;

/** Reads a search body, with every limit that needs no knowledge of the portal. */
export function readSearchRequest(body: unknown, bodyLength: number): SearchRequest | Refusal {
  if (bodyLength > MAX_BODY_LENGTH) {
    return validationError(`The request body is too long: ${bodyLength} characters, the limit is ${MAX_BODY_LENGTH}`);
  }
  const request = objectBody(body);
  if (request instanceof Refusal) return request;
  const groups = readGroups(request);
  if (groups instanceof Refusal) return groups;
  const sort = readSort(request['sorts']);
  if (sort instanceof Refusal) return sort;
  const properties = textList(request['properties']);
  if (!properties) return invalidInput('properties must be a list of names');
  const limit = request['limit'] === undefined ? DEFAULT_LIMIT : Number(request['limit']);
  if (!Number.isInteger(limit) || limit < 0 || limit > MAX_LIMIT) {
    return validationError(`limit must be between 1 and ${MAX_LIMIT}, was ${scalarText(request['limit']) ?? ''}`);
  }
  const after = scalarText(request['after'] ?? '0') ?? '';
  if (!/^\d*$/.test(after)) return invalidInput(`after must be an integer, was ${after}`);
  const offset = Number(after);
  if (offset + limit > RESULT_WINDOW) {
    return validationError(`Paging beyond ${RESULT_WINDOW} results of a search is not possible`);
  }
  const query = request['query'] === undefined ? '' : scalarText(request['query']);
  if (query === undefined) return invalidInput('query must be a string');
  return { groups, query: query.trim(), sort, properties, limit: limit === 0 ? DEFAULT_LIMIT : limit, offset };
}

function readGroups(request: JsonObject): SearchRequest['groups'] | Refusal {
  const given: unknown[] = [];
  if (Array.isArray(request['filterGroups'])) given.push(...(request['filterGroups'] as unknown[]));
  else if (request['filterGroups'] !== undefined) return invalidInput('filterGroups must be a list');
  // Bare top-level filters are one more group (FACTS §3.3).
  if (request['filters'] !== undefined) given.push({ filters: request['filters'] });
  const groups: (readonly SearchFilter[])[] = [];
  for (const group of given) {
    const filters = isObject(group) ? group['filters'] : undefined;
    if (!Array.isArray(filters)) return invalidInput('Some required fields were not set: [filters]');
    const read: SearchFilter[] = [];
    for (const filter of filters as unknown[]) {
      const one = readFilter(filter);
      if (one instanceof Refusal) return one;
      read.push(one);
    }
    if (read.length > 0) groups.push(read);
    if (read.length > MAX_FILTERS_PER_GROUP) {
      return validationError(`A filter group can have at most ${MAX_FILTERS_PER_GROUP} filters, has ${read.length}`);
    }
  }
  if (groups.length > MAX_GROUPS) {
    return validationError(`A search can have at most ${MAX_GROUPS} filter groups, has ${groups.length}`);
  }
  const filters = groups.reduce((sum, group) => sum + group.length, 0);
  if (filters > MAX_FILTERS) return validationError(`A search can have at most ${MAX_FILTERS} filters, has ${filters}`);
  return groups;
}

function readFilter(given: unknown): SearchFilter | Refusal {
  const propertyName = isObject(given) ? scalarText(given['propertyName']) : undefined;
  const operator = isObject(given) ? scalarText(given['operator']) : undefined;
  if (!isObject(given) || propertyName === undefined || operator === undefined) {
    return invalidInput('Some required fields were not set: [propertyName, operator]');
  }
  const known = OPERATORS.find((one) => one === operator);
  if (!known) return invalidInput(`${operator} is not a valid operator`);
  const value = given['value'] === undefined || given['value'] === null ? undefined : scalarText(given['value']);
  const highValue = given['highValue'] === undefined ? undefined : scalarText(given['highValue']);
  const values = given['values'] === undefined ? undefined : textList(given['values']);
  const lacks = (name: string): Refusal =>
    validationError(`Filter on ${propertyName} with operator ${operator} needs ${name}`);
  switch (known) {
    case 'HAS_PROPERTY':
    case 'NOT_HAS_PROPERTY':
      return { propertyName, operator: known };
    case 'IN':
    case 'NOT_IN':
      return values && values.length > 0 ? { propertyName, operator: known, values } : lacks('values');
    case 'BETWEEN':
      return value !== undefined && highValue !== undefined
        ? { propertyName, operator: known, value, highValue }
        : lacks('value and highValue');
    default:
      return value === undefined ? lacks('value') : { propertyName, operator: known, value };
  }
}

function readSort(given: unknown): SearchRequest['sort'] | Refusal {
  if (given === undefined || given === null) return undefined;
  if (!Array.isArray(given)) return invalidInput('sorts must be a list');
  if (given.length > 1) return validationError('A search can have only one sort');
  const [sort] = given as unknown[];
  if (sort === undefined) return undefined;
  if (typeof sort === 'string') {
    return sort.startsWith('-')
      ? { propertyName: sort.slice(1), descending: true }
      : { propertyName: sort, descending: false };
  }
  const propertyName = isObject(sort) ? scalarText(sort['propertyName']) : undefined;
  if (!isObject(sort) || propertyName === undefined) return invalidInput('a sort needs a propertyName');
  const direction = scalarText(sort['direction'] ?? 'ASCENDING');
  if (direction !== 'ASCENDING' && direction !== 'DESCENDING') return invalidInput('unknown sort direction');
  return { propertyName, descending: direction === 'DESCENDING' };
}
