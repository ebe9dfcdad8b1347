import type { CheckedBinding, CheckedInput } from '../grammar/checked-binding.js';
import { hasPages } from './plan-search.js';

/** One property of a tool's arguments. */
export interface InputProperty {
  type: 'string' | 'number' | 'boolean' | 'array';
  description: string;
  format?: 'email' | 'date' | 'date-time';
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  uniqueItems?: boolean;
  enum?: string[];
  items?: { type: 'string'; enum?: string[] };
}

/** What an AI agent may send: flat, so that every model provider takes it. */
export interface InputSchema {
  type: 'object';
  properties: Record<string, InputProperty>;
  required: string[];
  additionalProperties: false;
}

/** Longer lists are checked when the tool runs: models and providers choke on them. */
const LONGEST_ENUM = 200;
/** Labels that are spelt out where the values don't say enough. */
const SPELT_OUT = 40;
/** Nobody calls a choice by more. */
const LONGEST_LABEL = 60;

export const CURSOR = 'cursor';

export function inputSchemaOf({ definition, inputs }: CheckedBinding): InputSchema {
  const properties = Object.fromEntries(inputs.map((input) => [input.name, propertyOf(input)]));
  const required = inputs.filter((input) => input.required).map(({ name }) => name);
  if (isPaging(definition))
    properties[CURSOR] = {
      type: 'string',
      description: 'For the next page: the cursor that came with the last one',
      pattern: '^\\d{1,4}$',
    };
  return { type: 'object', properties, required, additionalProperties: false };
}

export function isPaging(definition: CheckedBinding['definition']): boolean {
  return definition.operation === 'restSearch' && hasPages(definition.restSearch);
}

function propertyOf({ type, description, maxLength, options = [] }: CheckedInput): InputProperty {
  const values = options.map(({ value }) => value);
  const choice = values.length <= LONGEST_ENUM ? { enum: values } : {};
  switch (type) {
    case 'text':
      return { type: 'string', description, minLength: 1, maxLength };
    case 'email':
      return { type: 'string', description, format: 'email', maxLength: 254 };
    case 'phone':
      return { type: 'string', description, minLength: 5, maxLength: 40 };
    case 'number':
      return { type: 'number', description };
    case 'boolean':
      return { type: 'boolean', description };
    case 'date':
      return { type: 'string', description, format: 'date' };
    case 'datetime':
      return { type: 'string', description, format: 'date-time' };
    case 'option':
      return { type: 'string', description: withLabels(description, options), ...choice };
    case 'options':
      return {
        type: 'array',
        description: withLabels(description, options),
        items: { type: 'string', ...choice },
        minItems: 1,
        uniqueItems: true,
      };
    case 'id':
      return { type: 'string', description, pattern: '^\\d{1,20}$' };
    case 'owner':
      return { type: 'string', description, format: 'email', maxLength: 254 };
  }
}

/** What people call a value, where that is something else. */
function withLabels(description: string, options: NonNullable<CheckedInput['options']>): string {
  const others = options.filter(({ value, label }) => label !== '' && label.toLowerCase() !== value.toLowerCase());
  if (others.length === 0 || options.length > SPELT_OUT) return description;
  return `${description} (${others.map(({ value, label }) => `${value}: ${onOneLine(label)}`).join('; ')})`;
}

/** Whoever may rename a choice in HubSpot names it, and writes nothing else to the model that holds the tools. */
function onOneLine(label: string): string {
  const characters = Array.from(
    label
      .toWellFormed()
      .replaceAll(/[\p{Cc}\s]+/gu, ' ')
      .trim(),
  );
  return characters.length <= LONGEST_LABEL ? characters.join('') : `${characters.slice(0, LONGEST_LABEL).join('')}…`;
}
