import type { CrmRecord } from '../portal/crm-record.js';
import { invalidInput, Refusal, validationError } from '../refuse/refusal.js';
import type { Answer, ApiCall } from '../serve/api-route.js';
import { batchInputs, isObject, scalarText, type JsonObject } from '../serve/read-json.js';
import { batchAnswer } from './batch-answer.js';
import { areTraced, BATCH_LIMIT } from './batch-create.js';
import { duplicateIds } from './batch-update.js';
import { BatchClaims } from './claim-unique.js';
import { commitCreate, planCreate, type PlannedCreate } from './create-record.js';
import { objectTypeOf } from './object-type-of.js';
import { presentWhole } from './present-record.js';
import { nonUnique } from './resolve-record.js';
import { commitUpdate, planUpdate, type PlannedUpdate } from './update-record.js';

type Plan =
  { readonly isNew: true; readonly create: PlannedCreate } | { readonly isNew: false; readonly update: PlannedUpdate };

/** Creates or updates by a unique property; `new` in each result tells which it was (FACTS §3.1). */
export function batchUpsert(call: ApiCall): Answer | Refusal {
  const typeKey = objectTypeOf(call);
  if (typeKey instanceof Refusal) return typeKey;
  const inputs = batchInputs(call.body, BATCH_LIMIT);
  if (inputs instanceof Refusal) return inputs;
  const properties = new Set(inputs.map((input) => scalarText(input['idProperty'])));
  const [idProperty] = properties;
  if (properties.size !== 1) return validationError('All inputs of an upsert must have the same idProperty');
  if (idProperty === undefined) return validationError('idProperty is required for an upsert');
  if (!call.portal.store(typeKey).unique.isUnique(idProperty)) return nonUnique(call.portal, typeKey, idProperty);
  const ids = inputs.map((input) => scalarText(input['id'])?.trim() ?? '');
  if (ids.includes('')) return invalidInput('Some required fields were not set: [id]');
  const refusal = duplicateIds(ids.map((id) => id.toLowerCase()));
  if (refusal) return refusal;

  const isTraced = areTraced(inputs);
  const claims = new BatchClaims();
  const planned: { plan: Plan; input: JsonObject }[] = [];
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const [index, input] of inputs.entries()) {
    const plan = planUpsert(call, typeKey, idProperty, ids[index] ?? '', input, isTraced ? new BatchClaims() : claims);
    if (!(plan instanceof Refusal)) {
      if (isTraced) results.push(commit(call, typeKey, plan, input));
      else planned.push({ plan, input });
    } else if (isTraced) {
      errors.push(plan.toBatchError({ objectWriteTraceId: [scalarText(input['objectWriteTraceId']) ?? ''] }));
    } else {
      return plan;
    }
  }
  for (const { plan, input } of planned) results.push(commit(call, typeKey, plan, input));
  return batchAnswer(call, 200, results, errors);
}

function planUpsert(
  call: ApiCall,
  typeKey: string,
  idProperty: string,
  id: string,
  input: JsonObject,
  claims: BatchClaims,
): Plan | Refusal {
  const given = isObject(input['properties']) ? input['properties'] : {};
  const properties = given[idProperty] === undefined ? { ...given, [idProperty]: id } : given;
  const existing = call.portal.store(typeKey).findByUnique(idProperty, id);
  if (existing) {
    // An upsert by a secondary email must not turn it into the primary one.
    const update = existing.properties[idProperty]?.toLowerCase() === id.toLowerCase() ? properties : given;
    const plan = planUpdate(call.portal, typeKey, existing, update, claims, call.dated);
    return plan instanceof Refusal ? plan : { isNew: false, update: plan };
  }
  const plan = planCreate(call.portal, typeKey, { ...input, properties }, claims, call.dated);
  return plan instanceof Refusal ? plan : { isNew: true, create: plan };
}

function commit(call: ApiCall, typeKey: string, plan: Plan, input: JsonObject): unknown {
  let record: CrmRecord;
  if (plan.isNew) {
    record = commitCreate(call.portal, typeKey, plan.create, call.credential.appId, call.now);
  } else {
    record = plan.update.record;
    commitUpdate(call.portal, typeKey, plan.update, call.now);
  }
  const { warnings } = plan.isNew ? plan.create : plan.update;
  const trace = scalarText(input['objectWriteTraceId']);
  return {
    ...presentWhole(record),
    new: plan.isNew,
    ...(trace === undefined ? {} : { objectWriteTraceId: trace }),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}
