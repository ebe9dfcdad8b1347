import { Refusal } from '../refuse/refusal.js';
import type { Answer, ApiCall } from '../serve/api-route.js';
import { batchInputs, scalarText, type JsonObject } from '../serve/read-json.js';
import { batchAnswer } from './batch-answer.js';
import { BatchClaims } from './claim-unique.js';
import { commitCreate, planCreate, type PlannedCreate } from './create-record.js';
import { objectTypeOf } from './object-type-of.js';
import { presentWhole } from './present-record.js';

export const BATCH_LIMIT = 100;

/**
 * All or nothing, with the first problem as the answer; unless every input carries its own `objectWriteTraceId`, then
 * each stands for itself and what failed is in `errors` (FACTS §3.6).
 */
export function batchCreate(call: ApiCall): Answer | Refusal {
  const typeKey = objectTypeOf(call);
  if (typeKey instanceof Refusal) return typeKey;
  const inputs = batchInputs(call.body, BATCH_LIMIT);
  if (inputs instanceof Refusal) return inputs;
  return areTraced(inputs) ? createEach(call, typeKey, inputs) : createAll(call, typeKey, inputs);
}

/** Every input has an `objectWriteTraceId` that no other has. */
export function areTraced(inputs: readonly JsonObject[]): boolean {
  const traces = inputs.map((input) => scalarText(input['objectWriteTraceId']));
  return traces.every((trace) => trace !== undefined && trace !== '') && new Set(traces).size === inputs.length;
}

function createAll(call: ApiCall, typeKey: string, inputs: readonly JsonObject[]): Answer | Refusal {
  const claims = new BatchClaims();
  const plans: PlannedCreate[] = [];
  for (const input of inputs) {
    const plan = planCreate(call.portal, typeKey, input, claims, call.dated);
    if (plan instanceof Refusal) return plan;
    plans.push(plan);
  }
  return batchAnswer(
    call,
    201,
    plans.map((plan) => create(call, typeKey, plan)),
  );
}

function createEach(call: ApiCall, typeKey: string, inputs: readonly JsonObject[]): Answer {
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const input of inputs) {
    // Claims are per input here: an earlier one that succeeded holds its values already.
    const plan = planCreate(call.portal, typeKey, input, new BatchClaims(), call.dated);
    if (plan instanceof Refusal) {
      errors.push(plan.toBatchError({ objectWriteTraceId: [scalarText(input['objectWriteTraceId']) ?? ''] }));
    } else {
      results.push(create(call, typeKey, plan));
    }
  }
  return batchAnswer(call, 201, results, errors);
}

function create(call: ApiCall, typeKey: string, plan: PlannedCreate): unknown {
  const record = commitCreate(call.portal, typeKey, plan, call.credential.appId, call.now);
  const trace = plan.objectWriteTraceId;
  return {
    ...presentWhole(record),
    ...(trace === undefined ? {} : { objectWriteTraceId: trace }),
    ...(plan.warnings.length > 0 ? { warnings: plan.warnings } : {}),
  };
}
