import type { FaultAction } from '../faults/fault-actions.js';
import type { Answer } from './api-route.js';
import { isObject, scalarText, type JsonObject } from './read-json.js';

interface DroppedItem {
  readonly body: unknown;
  readonly input: JsonObject;
  /** Nothing remains to be done. */
  readonly isOnly: boolean;
}

/** Takes one input out of a batch body; undefined when the body has no such input. */
export function dropBatchItem(body: unknown, index: number): DroppedItem | undefined {
  if (!isObject(body) || !Array.isArray(body['inputs'])) return undefined;
  const inputs: unknown[] = body['inputs'];
  const input = inputs[index];
  if (!isObject(input)) return undefined;
  return { input, body: { ...body, inputs: inputs.toSpliced(index, 1) }, isOnly: inputs.length === 1 };
}

export function emptyBatch(now: number): Answer {
  const at = new Date(now).toISOString();
  return { status: 200, body: { status: 'COMPLETE', results: [], startedAt: at, completedAt: at } };
}

/** Adds the input that was left undone to a batch answer's errors, with status 207 (FACTS §3.1). */
export function reportDroppedItem(
  answer: Answer,
  input: JsonObject,
  action: Extract<FaultAction, { kind: 'batch_item' }>,
): Answer {
  if (!isObject(answer.body)) return answer;
  const id = scalarText(input['id']);
  const trace = scalarText(input['objectWriteTraceId']);
  const error = {
    status: 'error',
    category: action.category ?? 'INTERNAL_ERROR',
    message: action.message ?? 'An internal error occurred while handling this input.',
    errors: [],
    context: {
      ...(id === undefined ? {} : { ids: [id] }),
      ...(trace === undefined ? {} : { objectWriteTraceId: [trace] }),
    },
    links: {},
  };
  const errors = Array.isArray(answer.body['errors']) ? [...(answer.body['errors'] as unknown[]), error] : [error];
  return { ...answer, status: 207, body: { ...answer.body, numErrors: errors.length, errors } };
}
