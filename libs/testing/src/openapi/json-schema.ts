import { amended } from './known-deviations.js';
import type { OpenApiDocument, Schema, Specification } from './openapi-document.js';

/** The id under which ajv knows the component schemas of a file. */
export const schemaId = ({ name, version }: Pick<Specification, 'name' | 'version'>): string =>
  `hubspot:${name}.${version}`;

/**
 * An OpenAPI 3.0 schema as JSON Schema: `nullable` becomes a type, references point into the file's own component
 * schemas, and an object that lists its properties takes no others, so that a field that HubSpot doesn't have is found.
 */
export function toJsonSchema(schema: Schema, id: string): Record<string, unknown> {
  if (schema.$ref !== undefined) return { $ref: schema.$ref.replace('#/components/schemas/', `${id}#/definitions/`) };
  const listed = Object.entries(schema.properties ?? {});
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const converted: Record<string, unknown> = {};
  if (types.length > 0) converted['type'] = schema.nullable === true ? [...types, 'null'] : [...types];
  if (schema.enum !== undefined) converted['enum'] = schema.nullable === true ? [...schema.enum, null] : schema.enum;
  if (schema.format !== undefined) converted['format'] = schema.format;
  if (schema.required !== undefined) converted['required'] = schema.required;
  if (listed.length > 0) {
    converted['properties'] = Object.fromEntries(listed.map(([name, each]) => [name, toJsonSchema(each, id)]));
    converted['additionalProperties'] = false;
  }
  if (typeof schema.additionalProperties === 'object') {
    converted['additionalProperties'] = toJsonSchema(schema.additionalProperties, id);
  }
  if (schema.items !== undefined) converted['items'] = toJsonSchema(schema.items, id);
  if (schema.oneOf !== undefined) converted['anyOf'] = schema.oneOf.map((each) => toJsonSchema(each, id));
  return converted;
}

/** The component schemas of one file as one JSON Schema document. */
export function componentSchemas(document: OpenApiDocument, id: string): Record<string, unknown> {
  const schemas = Object.entries(document.components?.schemas ?? {});
  return {
    $id: id,
    definitions: Object.fromEntries(schemas.map(([name, schema]) => [name, toJsonSchema(amended(name, schema), id)])),
  };
}
