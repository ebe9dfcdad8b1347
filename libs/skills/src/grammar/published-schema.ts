import { z } from 'zod';
import { bindingChange, bindingDefinition, bindingRequest } from './binding.js';

type Schema = Record<string, unknown>;

/** The shape of a binding as JSON Schema, for whoever writes one: docs/binding.schema.json. */
export function publishedSchema(): Schema {
  const { $schema, ...schema } = z.toJSONSchema(bindingRequest, { io: 'input' });
  return { $schema, title: 'A binding', description: 'See docs/bindings.md', ...schema };
}

/** Of a definition alone, for a model to write one. */
export function definitionSchema(): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(bindingDefinition, { io: 'input' });
  return schema;
}

/** The same as OpenAPI 3.0 takes it, and its parts by their names. */
export function openApiSchemas(): { request: Schema; change: Schema; parts: Record<string, Schema> } {
  const { properties, ...change } = inOpenApi(bindingChange);
  const parts = properties as Record<string, Schema>;
  return { request: inOpenApi(bindingRequest), change: { ...change, properties }, parts };
}

function inOpenApi(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: 'input', target: 'openapi-3.0' });
}
