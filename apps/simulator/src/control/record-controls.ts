import type { FastifyInstance } from 'fastify';
import { readInlineAssociations } from '../associations/read-association-input.js';
import { computedProperties } from '../crm/derive-properties.js';
import { mergeRecords } from '../crm/merge-records.js';
import { readTime } from '../crm/normalise-value.js';
import { recordById } from '../crm/resolve-record.js';
import { applyChanges, type CrmRecord } from '../portal/crm-record.js';
import type { Portal } from '../portal/portal.js';
import { Refusal } from '../refuse/refusal.js';
import { isObject, scalarText, textList, type JsonObject } from '../serve/read-json.js';
import type { SimulatorState } from '../serve/simulator-state.js';
import { badCall, ControlProblem, controlRoute, notFound, portalOf, type ControlCall } from './control-route.js';
import { keepRecords, type GivenRecord } from './keep-records.js';

/** Records in bulk, for oracles and benchmarks: no limits, no validation, no counting. */
export function registerRecordControls(app: FastifyInstance, state: SimulatorState): void {
  const onType = (
    path: string,
    method: 'GET' | 'POST',
    handle: (portal: Portal, typeKey: string, call: ControlCall) => unknown,
  ): void =>
    controlRoute(app, state, method, `/portals/:hubId${path}`, (call) => {
      const portal = portalOf(state, call);
      if (portal instanceof ControlProblem) return portal;
      const named = call.params['objectType'] ?? '';
      const typeKey = portal.schema.typeKey(named);
      return typeKey === undefined ? notFound(`object type ${named}`) : handle(portal, typeKey, call);
    });
  onType('/records/:objectType', 'GET', dump);
  onType('/records/:objectType', 'POST', (portal, typeKey, call) =>
    bulkCreate(portal, typeKey, call, state.clock.now()),
  );
  onType('/records/:objectType/:id', 'GET', (portal, typeKey, { params }) => {
    const record = recordById(portal, typeKey, params['id'] ?? '');
    return record ? present(portal, typeKey, record) : notFound('record');
  });
  onType('/records/:objectType/:id/edit', 'POST', (portal, typeKey, call) =>
    edit(portal, typeKey, call, state.clock.now()),
  );
  onType('/records/:objectType/merge', 'POST', (portal, typeKey, call) =>
    merge(portal, typeKey, call, state.clock.now()),
  );
  onType('/records/:objectType/archive', 'POST', (portal, typeKey, { body }) =>
    eachOf(portal, typeKey, body, (record) => portal.store(typeKey).archive(record, state.clock.now())),
  );
  onType('/records/:objectType/delete', 'POST', (portal, typeKey, { body }) =>
    eachOf(portal, typeKey, body, (record) => {
      portal.associations.unlinkAll(typeKey, record.id);
      portal.store(typeKey).remove(record);
      portal.raise({ verb: 'privacyDeletion', typeKey, objectId: record.id });
    }),
  );
}

const MAX_DUMP = 10_000;

/** A page of all records with everything: `?after=&limit=&archived=true`; `next` is absent on the last page. */
function dump(portal: Portal, typeKey: string, { query }: ControlCall): unknown {
  const limit = Math.min(Number(query['limit'] ?? 1_000), MAX_DUMP);
  if (!(limit > 0)) return badCall('limit must be above 0');
  const results: unknown[] = [];
  for (const record of portal.store(typeKey).listFrom(Number(query['after'] ?? 0), query['archived'] === 'true')) {
    if (results.length === limit) return { results, next: record.id };
    results.push(present(portal, typeKey, record));
  }
  return { results };
}

const present = (portal: Portal, typeKey: string, record: CrmRecord): unknown => ({
  id: record.id,
  properties: record.properties,
  createdAt: new Date(record.createdAt).toISOString(),
  updatedAt: new Date(record.updatedAt).toISOString(),
  archived: record.archivedAt !== null,
  ...(record.objectWriteTraceId === undefined ? {} : { objectWriteTraceId: record.objectWriteTraceId }),
  associations: Object.fromEntries(
    portal.associations
      .otherTypes(typeKey, record.id)
      .map(([toType]) => [toType, portal.associations.from(typeKey, record.id, toType)]),
  ),
});

/** `{ records: [{ properties, createdAt?, associations? }] }` → `{ ids }`, in the same order. */
function bulkCreate(portal: Portal, typeKey: string, { body }: ControlCall, now: number): unknown {
  if (!Array.isArray(body['records'])) return badCall('records must be a list');
  const records: GivenRecord[] = [];
  for (const entry of body['records'] as unknown[]) {
    if (!isObject(entry) || !isObject(entry['properties'])) return badCall('every record needs properties');
    const createdAt = entry['createdAt'] === undefined ? now : readTime(scalarText(entry['createdAt']) ?? '');
    if (createdAt === undefined) return badCall('createdAt must be ISO 8601 or epoch milliseconds');
    const associations = readInlineAssociations(portal, typeKey, entry['associations']);
    if (associations instanceof Refusal) return badCall(associations.body.message ?? 'associations are invalid');
    const properties: Record<string, string> = {};
    for (const [name, value] of Object.entries(entry['properties'])) {
      if (!portal.schema.definition(typeKey, name)) return badCall(`property ${name} does not exist`);
      const text = scalarText(value);
      if (text !== undefined && text !== '') properties[name] = text;
    }
    records.push({
      properties,
      createdAt,
      updatedAt: createdAt,
      associations: associations.map(({ to, types }) => ({ to: to.id, types })),
    });
  }
  const ids = keepRecords(portal, typeKey, records);
  return ids instanceof Refusal ? new ControlProblem(409, ids.body.message ?? 'a unique value is taken') : { ids };
}

/** What a person or another integration changes: `{ properties }`, read-only ones included; null clears. */
function edit(portal: Portal, typeKey: string, { params, body }: ControlCall, now: number): unknown {
  const record = recordById(portal, typeKey, params['id'] ?? '');
  if (!record) return notFound('record');
  if (!isObject(body['properties'])) return badCall('properties must be an object');
  const changes: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(body['properties'])) {
    if (!portal.schema.definition(typeKey, name)) return badCall(`property ${name} does not exist`);
    changes[name] = scalarText(value) ?? null;
  }
  const after = applyChanges(record.properties, changes);
  const { modifiedProperty } = portal.schema.names(typeKey);
  const computed = computedProperties(portal, typeKey, after, changes, now);
  const all = { ...computed, ...changes, [modifiedProperty]: new Date(now).toISOString() };
  portal.store(typeKey).change(record, all, now);
  return present(portal, typeKey, record);
}

/** `{ primaryId, otherId }` → the survivor. */
function merge(portal: Portal, typeKey: string, { body }: ControlCall, now: number): unknown {
  const primary = recordById(portal, typeKey, scalarText(body['primaryId']) ?? '');
  const other = recordById(portal, typeKey, scalarText(body['otherId']) ?? '');
  if (!primary || !other || primary === other) return badCall('primaryId and otherId must name two records');
  if (primary.archivedAt !== null || other.archivedAt !== null) return badCall('archived records can not be merged');
  return present(portal, typeKey, mergeRecords(portal, typeKey, primary, other, now));
}

function eachOf(portal: Portal, typeKey: string, body: JsonObject, act: (record: CrmRecord) => void): unknown {
  const ids = textList(body['ids']);
  if (!ids) return badCall('ids must be a list');
  let done = 0;
  for (const id of ids) {
    const record = portal.store(typeKey).get(id);
    if (!record) continue;
    act(record);
    done++;
  }
  return { done };
}
