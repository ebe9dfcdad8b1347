import { batchAnswer, missingObjects } from '../crm/batch-answer.js';
import { associationScopes } from '../crm/object-scopes.js';
import { invalidInput, Refusal, validationError } from '../refuse/refusal.js';
import { mounted, noContent, param, type Answer, type ApiCall, type ApiRoute } from '../serve/api-route.js';
import { batchInputs, isObject, scalarText, type JsonObject } from '../serve/read-json.js';
import { MAX_ASSOCIATION_PAGE } from './association-routes.js';
import { linkRecords, unlabelRecords, unlinkRecords } from './link-records.js';
import type { RecordRef } from '../portal/crm-record.js';
import { liveAssociations } from './present-associations.js';
import { pairOf, presentDefault, presentEnds, presentPair, type AssociationPair } from './present-pair.js';
import { associationTarget, invalidObjectIds, readAssociationTypes } from './read-association-input.js';

/** FACTS §2: reads of 1,000 records, writes of 2,000 pairs. */
const MAX_READ = 1_000;
const MAX_WRITE = 2_000;

const route = (
  name: string,
  verb: string,
  access: 'read' | 'write',
  handle: (call: ApiCall, pair: AssociationPair) => Answer | Refusal,
): ApiRoute => ({
  name: `associations.${name}`,
  method: 'POST',
  paths: mounted(
    `/crm/v4/associations/:fromType/:toType/batch/${verb}`,
    `/crm/associations/{version}/:fromType/:toType/batch/${verb}`,
  ),
  limit: 'burst',
  scopes: (call) =>
    associationScopes(
      call.portal.schema.typeKey(param(call, 'fromType')),
      call.portal.schema.typeKey(param(call, 'toType')),
      access,
    ),
  handle: (call) => {
    const pair = pairOf(call);
    return pair instanceof Refusal ? pair : handle(call, pair);
  },
});

export const associationBatchRoutes: readonly ApiRoute[] = [
  route('batchRead', 'read', 'read', batchRead),
  route('batchCreate', 'create', 'write', batchCreate),
  route('batchCreateDefault', 'associate/default', 'write', batchCreateDefault),
  route('batchArchive', 'archive', 'write', batchArchive),
  route('batchArchiveLabels', 'labels/archive', 'write', batchArchiveLabels),
];

function batchRead(call: ApiCall, { from, to }: AssociationPair): Answer | Refusal {
  const inputs = batchInputs(call.body, MAX_READ);
  if (inputs instanceof Refusal) return inputs;
  const results: unknown[] = [];
  const missing: string[] = [];
  const store = call.portal.store(from);
  for (const input of inputs) {
    const id = scalarText(input['id']);
    if (id === undefined) return invalidInput('Some required fields were not set: [id]');
    const after = scalarText(input['after'] ?? '0') ?? '0';
    const record = store.get(id) ?? store.get(store.survivorOf(id));
    const ends =
      record?.archivedAt === null
        ? liveAssociations(call.portal, from, record.id, to).filter((end) => Number(end.id) >= Number(after))
        : [];
    if (ends.length === 0) {
      missing.push(id);
      continue;
    }
    const next = ends[MAX_ASSOCIATION_PAGE]?.id;
    results.push({
      from: { id },
      to: presentEnds(call.portal, ends.slice(0, MAX_ASSOCIATION_PAGE)),
      ...(next === undefined ? {} : { paging: { next: { after: next, link: `?after=${next}` } } }),
    });
  }
  return batchAnswer(call, 200, results, missing.length === 0 ? [] : [noAssociations(call, from, to, missing)]);
}

/** Records without an association of the kind asked for come back as an error of a 207, not as an empty list. */
const noAssociations = (call: ApiCall, from: string, to: string, ids: readonly string[]): Record<string, unknown> => ({
  ...missingObjects(call.portal.schema.names(from).singular, ids),
  subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
  message: `No ${call.portal.schema.names(to).singular} is associated with ${call.portal.schema.names(from).singular} ${ids.join(', ')}.`,
  context: { fromObjectId: ids },
});

interface PlannedLink {
  readonly from: RecordRef;
  readonly to: RecordRef;
}

/** Reads `from` and `to` of every input and checks that they exist; refuses all when one doesn't. */
function readLinks(call: ApiCall, pair: AssociationPair, inputs: readonly JsonObject[]): PlannedLink[] | Refusal {
  const links: PlannedLink[] = [];
  const missing: string[] = [];
  for (const input of inputs) {
    const fromId = idIn(input['from']);
    const toId = idIn(input['to']);
    if (fromId === undefined || toId === undefined)
      return invalidInput('Some required fields were not set: [from, to]');
    const from = associationTarget(call.portal, pair.from, fromId);
    const to = associationTarget(call.portal, pair.to, toId);
    if (from === undefined) missing.push(fromId);
    if (to === undefined) missing.push(toId);
    links.push({ from: { typeKey: pair.from, id: from ?? '' }, to: { typeKey: pair.to, id: to ?? '' } });
  }
  return missing.length > 0 ? invalidObjectIds(missing) : links;
}

const idIn = (value: unknown): string | undefined => (isObject(value) ? scalarText(value['id']) : undefined);

function batchCreate(call: ApiCall, pair: AssociationPair): Answer | Refusal {
  const inputs = batchInputs(call.body, MAX_WRITE);
  if (inputs instanceof Refusal) return inputs;
  const links = readLinks(call, pair, inputs);
  if (links instanceof Refusal) return links;
  const planned = [];
  for (const [index, link] of links.entries()) {
    const types = readAssociationTypes(call.portal, inputs[index]?.['types'], pair);
    if (types instanceof Refusal) return types;
    planned.push({ ...link, types });
  }
  for (const { from, to, types } of planned) linkRecords(call.portal, from, to, types, call.now);
  return batchAnswer(
    call,
    call.dated ? 200 : 201,
    planned.map(({ from, to }) => presentPair(call.portal, from, to)),
  );
}

function batchCreateDefault(call: ApiCall, pair: AssociationPair): Answer | Refusal {
  const inputs = batchInputs(call.body, MAX_WRITE);
  if (inputs instanceof Refusal) return inputs;
  const type = call.portal.schema.defaultAssociation(pair.from, pair.to);
  if (!type) return validationError(`No default association from ${pair.from} to ${pair.to}`);
  const links = readLinks(call, pair, inputs);
  if (links instanceof Refusal) return links;
  for (const { from, to } of links) linkRecords(call.portal, from, to, [type], call.now);
  return batchAnswer(
    call,
    200,
    links.flatMap(({ from, to }) => presentDefault(type, from.id, to.id)),
  );
}

/** Calendar paths answer 200 with an empty batch, numbered ones 204 (SPEC:associations). */
const emptied = (call: ApiCall): Answer => (call.dated ? batchAnswer(call, 200, []) : noContent);

function batchArchive(call: ApiCall, pair: AssociationPair): Answer | Refusal {
  const inputs = batchInputs(call.body, MAX_WRITE);
  if (inputs instanceof Refusal) return inputs;
  const links: PlannedLink[] = [];
  for (const input of inputs) {
    const from = idIn(input['from']);
    const targets = Array.isArray(input['to']) ? (input['to'] as unknown[]).map(idIn) : [];
    if (from === undefined || targets.length === 0) {
      return invalidInput('Some required fields were not set: [from, to]');
    }
    for (const to of targets) {
      if (to === undefined) return invalidInput('Some required fields were not set: [to]');
      links.push({ from: { typeKey: pair.from, id: from }, to: { typeKey: pair.to, id: to } });
    }
  }
  for (const { from, to } of links) unlinkRecords(call.portal, from, to);
  return emptied(call);
}

function batchArchiveLabels(call: ApiCall, pair: AssociationPair): Answer | Refusal {
  const inputs = batchInputs(call.body, MAX_WRITE);
  if (inputs instanceof Refusal) return inputs;
  const planned = [];
  for (const input of inputs) {
    const from = idIn(input['from']);
    const to = idIn(input['to']);
    if (from === undefined || to === undefined) return invalidInput('Some required fields were not set: [from, to]');
    const types = readAssociationTypes(call.portal, input['types'], pair);
    if (types instanceof Refusal) return types;
    planned.push({ from: { typeKey: pair.from, id: from }, to: { typeKey: pair.to, id: to }, types });
  }
  for (const { from, to, types } of planned) unlabelRecords(call.portal, from, to, types);
  return emptied(call);
}
