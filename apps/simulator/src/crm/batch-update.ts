import type { CrmRecord } from '../portal/crm-record.js';
import { invalidInput, Refusal, validationError } from '../refuse/refusal.js';
import type { Answer, ApiCall } from '../serve/api-route.js';
import { batchInputs, scalarText, type JsonObject } from '../serve/read-json.js';
import { batchAnswer, missingObjects } from './batch-answer.js';
import { areTraced, BATCH_LIMIT } from './batch-create.js';
import { BatchClaims } from './claim-unique.js';
import { objectTypeOf } from './object-type-of.js';
import { presentChanged } from './present-record.js';
import { nonUnique } from './resolve-record.js';
import { commitUpdate, planUpdate, type PlannedUpdate } from './update-record.js';

type Target = { readonly record: CrmRecord } | 'missing' | 'merged';

/**
 * Missing ids come back as one error of a 207; ids that were merged away are dropped without a word (FACTS §3.7).
 * A refused value refuses the whole batch, unless every input is traced (see batchCreate).
 */
export function batchUpdate(call: ApiCall): Answer | Refusal {
  const typeKey = objectTypeOf(call);
  if (typeKey instanceof Refusal) return typeKey;
  const inputs = batchInputs(call.body, BATCH_LIMIT);
  if (inputs instanceof Refusal) return inputs;
  const ids = inputs.map((input) => scalarText(input['id']) ?? '');
  if (ids.includes('')) return invalidInput('Some required fields were not set: [id]');
  const refusal = duplicateIds(ids);
  if (refusal) return refusal;

  const isTraced = areTraced(inputs);
  const claims = new BatchClaims();
  const missing: string[] = [];
  const errors: unknown[] = [];
  const plans: { plan: PlannedUpdate; input: JsonObject }[] = [];
  const results: unknown[] = [];
  const commit = (plan: PlannedUpdate, input: JsonObject): void => {
    const changed = commitUpdate(call.portal, typeKey, plan, call.now);
    const trace = scalarText(input['objectWriteTraceId']);
    results.push({
      ...presentChanged(call.portal, typeKey, plan.record, changed),
      ...(trace === undefined ? {} : { objectWriteTraceId: trace }),
      ...(plan.warnings.length > 0 ? { warnings: plan.warnings } : {}),
    });
  };
  for (const [index, input] of inputs.entries()) {
    const id = ids[index] ?? '';
    const target = findTarget(call, typeKey, id, scalarText(input['idProperty']));
    if (target instanceof Refusal) return target;
    if (target === 'merged') continue;
    if (target === 'missing') {
      missing.push(id);
      continue;
    }
    const plan = planUpdate(
      call.portal,
      typeKey,
      target.record,
      input['properties'],
      isTraced ? new BatchClaims() : claims,
      call.dated,
    );
    if (!(plan instanceof Refusal)) {
      if (isTraced) commit(plan, input);
      else plans.push({ plan, input });
    } else if (isTraced) {
      errors.push(plan.toBatchError({ objectWriteTraceId: [scalarText(input['objectWriteTraceId']) ?? ''] }));
    } else {
      return plan;
    }
  }
  for (const { plan, input } of plans) commit(plan, input);
  if (missing.length > 0) errors.push(missingObjects(call.portal.schema.names(typeKey).singular, missing));
  return batchAnswer(call, 200, results, errors);
}

function findTarget(call: ApiCall, typeKey: string, id: string, idProperty: string | undefined): Target | Refusal {
  const store = call.portal.store(typeKey);
  if (idProperty !== undefined && idProperty !== 'hs_object_id') {
    // Email is refused although it is unique: only upsert takes it (FACTS §3.4).
    if (idProperty === 'email' || !store.unique.isUnique(idProperty))
      return nonUnique(call.portal, typeKey, idProperty);
    const record = store.findByUnique(idProperty, id);
    return record ? { record } : 'missing';
  }
  const record = store.get(id);
  if (record && record.archivedAt === null) return { record };
  return store.isMergedAway(id) ? 'merged' : 'missing';
}

export function duplicateIds(ids: readonly string[]): Refusal | undefined {
  const seen = new Set<string>();
  const twice = new Set(ids.filter((id) => seen.size === seen.add(id).size));
  return twice.size === 0
    ? undefined
    : validationError(`Duplicate IDs found in batch input: [${[...twice].join(', ')}]. IDs must be unique`);
}
