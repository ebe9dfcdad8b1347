import type { OpenAPIObject } from '@nestjs/swagger';
import { composeExample, type Schema, type Schemas } from './compose-example.js';
import {
  ACCESS_EXTENSION,
  type DocumentedAccess,
  documentRefusals,
  problemExamples,
  SHOWN_EXTENSION,
} from './document-refusals.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Content = Record<string, { schema?: Schema; example?: unknown; examples?: unknown }>;

const VERBS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Adds what follows from the rest: examples of bodies, refusals, who may call. */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  const schemas: Schemas = document.components?.schemas ?? {};
  document.components = { ...document.components, examples: problemExamples() };
  for (const path of Object.values(document.paths)) {
    for (const verb of VERBS) {
      const operation = path[verb];
      if (operation === undefined) continue;
      documentRefusals(verb, operation);
      describeAccess(operation);
      for (const body of [operation.requestBody, ...Object.values(operation.responses)]) {
        if (body !== undefined && 'content' in body) addExamples(body.content ?? {}, schemas);
      }
    }
  }
  return document;
}

function addExamples(content: Content, schemas: Schemas): void {
  for (const media of Object.values(content)) {
    if (media.schema === undefined || media.example !== undefined || media.examples !== undefined) continue;
    const composed = composeExample(media.schema, schemas);
    const { [SHOWN_EXTENSION]: shown, ...schema } = media.schema as Schema & { [SHOWN_EXTENSION]?: object };
    media.schema = schema;
    media.example = shown === undefined ? composed : mergeShown(composed as { data: object }, shown);
  }
}

function mergeShown({ data }: { data: object }, shown: object): { data: object } {
  return { data: { ...data, ...shown } };
}

/** An empty list says that no credentials are needed; none at all would say nothing. */
function describeAccess(operation: Operation & { [ACCESS_EXTENSION]?: DocumentedAccess }): void {
  operation.security ??= [];
  const { scope, session } = operation[ACCESS_EXTENSION] ?? {};
  const ways = [
    ...(scope === undefined ? [] : [`an API key with the scope \`${scope}\``]),
    ...(session === undefined ? [] : [session === 'admin' ? 'a signed-in admin' : 'a signed-in agent or admin']),
  ];
  if (ways.length > 0) {
    operation.description = [operation.description, `Open to ${ways.join(', or ')}.`].filter(Boolean).join(' ');
  }
}
