import type { OpenAPIObject } from '@nestjs/swagger';

export type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
export type Schema = Schemas[string];

/**
 * An example of a body, put together from the examples of its fields: required ones always, optional ones where the field
 * has one of its own. So an example can't show what the schema doesn't have.
 */
export function composeExample(schema: Schema, schemas: Schemas, name = ''): unknown {
  if ('$ref' in schema) {
    const referred = schemas[schema.$ref.replace('#/components/schemas/', '')];
    if (referred === undefined) throw new Error(`${schema.$ref} is referred to and not described`);
    return composeExample(referred, schemas, name);
  }
  if (schema.example !== undefined) return schema.example;
  const [other] = schema.allOf ?? schema.oneOf ?? [];
  if (other !== undefined) return composeExample(other, schemas, name);
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.items !== undefined) return [composeExample(schema.items, schemas, name)];
  if (schema.properties !== undefined) return composeObject(schema.properties, schema.required ?? [], schemas);
  return placeholder(schema, name);
}

function composeObject(properties: Schemas, required: readonly string[], schemas: Schemas): Record<string, unknown> {
  const shown = Object.entries(properties).filter(
    ([name, property]) => required.includes(name) || ('example' in property && property.example !== undefined),
  );
  return Object.fromEntries(shown.map(([name, property]) => [name, composeExample(property, schemas, name)]));
}

/** For fields whose type and name say enough. */
function placeholder({ type, format, minimum }: Exclude<Schema, { $ref: string }>, name: string): unknown {
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return minimum ?? 1;
  if (type === 'object') return {};
  if (format === 'date-time') return '2026-11-21T10:00:00.000Z';
  if (format === 'uri') return 'https://threadline.example/';
  if (name === 'email') return 'ada@example.com';
  return name === 'id' || name.endsWith('Id') ? '0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77' : 'text';
}
