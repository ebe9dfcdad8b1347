import { invalidInput, Refusal, validationError } from '../refuse/refusal.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function objectBody(body: unknown): JsonObject | Refusal {
  return isObject(body) ? body : invalidInput('a JSON object is required');
}

/** The `inputs` of a batch call, each an object, at least one and at most `limit` of them. */
export function batchInputs(body: unknown, limit: number): readonly JsonObject[] | Refusal {
  const object = objectBody(body);
  if (object instanceof Refusal) return object;
  const { inputs } = object;
  if (!Array.isArray(inputs)) return invalidInput('Some required fields were not set: [inputs]');
  if (inputs.length === 0) return validationError('At least one input is required');
  if (inputs.length > limit) {
    return validationError(`Request contained ${inputs.length} inputs, which exceeds the limit of ${limit}`);
  }
  const objects = inputs.filter(isObject);
  return objects.length === inputs.length ? objects : invalidInput('every input must be a JSON object');
}

/** An id or other scalar as text: clients send record ids as strings or as numbers. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
}

export function textList(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return undefined;
  const texts = value.map(scalarText);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}
