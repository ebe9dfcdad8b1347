import { customProperty, type PropertyDefinition } from '../catalogue/index.js';
import { batchAnswer } from '../crm/batch-answer.js';
import { schemaScopes, sensitiveScopes } from '../crm/object-scopes.js';
import { objectTypeOf } from '../crm/object-type-of.js';
import { invalidInput, Refusal, resourceNotFound } from '../refuse/refusal.js';
import {
  created,
  mounted,
  noContent,
  ok,
  param,
  queryFlag,
  queryValue,
  type Answer,
  type ApiCall,
  type ApiRoute,
  type Method,
} from '../serve/api-route.js';
import { batchInputs, isObject, objectBody, scalarText } from '../serve/read-json.js';
import { readPropertyChange, readPropertyInput } from './read-property-input.js';

const route = (
  name: string,
  method: Method,
  suffix: string,
  access: 'read' | 'write',
  handle: (call: ApiCall, typeKey: string) => Answer | Refusal,
): ApiRoute => ({
  name: `properties.${name}`,
  method,
  paths: mounted(`/crm/v3/properties/:objectType${suffix}`, `/crm/properties/{version}/:objectType${suffix}`),
  limit: 'burst',
  scopes: (call) => {
    const typeKey = call.portal.schema.typeKey(param(call, 'objectType'));
    const sensitivity = sensitivityOf(call);
    return sensitivity === 'non_sensitive' ? schemaScopes(typeKey, access) : sensitiveScopes(typeKey, sensitivity);
  },
  handle: (call) => {
    const typeKey = objectTypeOf(call);
    return typeKey instanceof Refusal ? typeKey : handle(call, typeKey);
  },
});

export const propertyRoutes: readonly ApiRoute[] = [
  route('list', 'GET', '', 'read', list),
  route('create', 'POST', '', 'write', create),
  route('get', 'GET', '/:propertyName', 'read', get),
  route('update', 'PATCH', '/:propertyName', 'write', update),
  route('archive', 'DELETE', '/:propertyName', 'write', archive),
  route('batchRead', 'POST', '/batch/read', 'read', batchRead),
  route('batchCreate', 'POST', '/batch/create', 'write', batchCreate),
  route('batchArchive', 'POST', '/batch/archive', 'write', batchArchive),
];

const MAX_BATCH = 100;

/** Reads show properties of one sensitivity at a time (SPEC:properties). */
function sensitivityOf(call: ApiCall): string {
  return queryValue(call, 'dataSensitivity') ?? 'non_sensitive';
}

const find = (call: ApiCall, typeKey: string, name: string, archived: boolean): PropertyDefinition | undefined => {
  const definition = call.portal.schema.definitions(typeKey).get(name);
  return definition?.archived === archived ? definition : undefined;
};

function list(call: ApiCall, typeKey: string): Answer {
  const archived = queryFlag(call, 'archived');
  const sensitivity = sensitivityOf(call);
  const definitions = [...call.portal.schema.definitions(typeKey).values()];
  return ok({
    results: definitions.filter((one) => one.archived === archived && one.dataSensitivity === sensitivity),
  });
}

function get(call: ApiCall, typeKey: string): Answer | Refusal {
  const definition = find(call, typeKey, param(call, 'propertyName'), queryFlag(call, 'archived'));
  return definition ? ok(definition) : resourceNotFound();
}

function create(call: ApiCall, typeKey: string): Answer | Refusal {
  const definition = plan(call, typeKey, call.body);
  if (definition instanceof Refusal) return definition;
  keep(call, typeKey, definition);
  return created(definition);
}

function plan(call: ApiCall, typeKey: string, given: unknown): PropertyDefinition | Refusal {
  const input = readPropertyInput(call.portal, typeKey, given);
  return input instanceof Refusal ? input : customProperty(input, new Date(call.now).toISOString());
}

function keep(call: ApiCall, typeKey: string, definition: PropertyDefinition): void {
  call.portal.schema.putDefinition(typeKey, definition);
  if (definition.hasUniqueValue) call.portal.store(typeKey).watchUnique(definition.name);
}

function update(call: ApiCall, typeKey: string): Answer | Refusal {
  const definition = find(call, typeKey, param(call, 'propertyName'), false);
  if (!definition) return resourceNotFound();
  const body = objectBody(call.body);
  if (body instanceof Refusal) return body;
  const change = readPropertyChange(definition, body);
  if (change instanceof Refusal) return change;
  const changed = { ...definition, ...change, updatedAt: new Date(call.now).toISOString() };
  call.portal.schema.putDefinition(typeKey, changed);
  return ok(changed);
}

function archive(call: ApiCall, typeKey: string): Answer | Refusal {
  const definition = find(call, typeKey, param(call, 'propertyName'), false);
  return definition ? (archiveOne(call, typeKey, definition) ?? noContent) : resourceNotFound();
}

/** HubSpot's own properties stay. */
function archiveOne(call: ApiCall, typeKey: string, definition: PropertyDefinition): Refusal | undefined {
  if (!definition.modificationMetadata.archivable || definition.hubspotDefined) {
    return new Refusal(400, {
      message: `Property ${definition.name} is defined by HubSpot and can't be archived`,
      category: 'VALIDATION_ERROR',
    });
  }
  const at = new Date(call.now).toISOString();
  call.portal.schema.putDefinition(typeKey, { ...definition, archived: true, archivedAt: at, updatedAt: at });
  call.portal.store(typeKey).unique.forget(definition.name);
  return undefined;
}

function batchRead(call: ApiCall, typeKey: string): Answer | Refusal {
  const names = readNames(call);
  if (names instanceof Refusal) return names;
  const archived = isObject(call.body) && call.body['archived'] === true;
  const results = names.flatMap((name) => find(call, typeKey, name, archived) ?? []);
  const missing = names.filter((name) => !find(call, typeKey, name, archived));
  const errors = missing.map((name) => ({
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    message: `Property ${name} does not exist`,
    errors: [],
    context: { name: [name] },
    links: {},
  }));
  return batchAnswer(call, 200, results, errors);
}

/** All or nothing. */
function batchCreate(call: ApiCall, typeKey: string): Answer | Refusal {
  const inputs = batchInputs(call.body, MAX_BATCH);
  if (inputs instanceof Refusal) return inputs;
  const definitions: PropertyDefinition[] = [];
  for (const input of inputs) {
    const definition = plan(call, typeKey, input);
    if (definition instanceof Refusal) return definition;
    definitions.push(definition);
  }
  for (const definition of definitions) keep(call, typeKey, definition);
  return batchAnswer(call, call.dated ? 200 : 201, definitions);
}

function batchArchive(call: ApiCall, typeKey: string): Answer | Refusal {
  const names = readNames(call);
  if (names instanceof Refusal) return names;
  for (const name of names) {
    const definition = find(call, typeKey, name, false);
    const refusal = definition ? archiveOne(call, typeKey, definition) : undefined;
    if (refusal) return refusal;
  }
  return noContent;
}

function readNames(call: ApiCall): string[] | Refusal {
  const inputs = batchInputs(call.body, MAX_BATCH);
  if (inputs instanceof Refusal) return inputs;
  const names = inputs.map((input) => scalarText(input['name']));
  return names.every((name) => name !== undefined) ? names : invalidInput('Some required fields were not set: [name]');
}
