import type { Method } from '../serve/api-route.js';
import type { JsonObject } from '../serve/read-json.js';
import { actionProblem, type FaultAction } from './fault-actions.js';
import type { FaultRule } from './fault-rules.js';

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const KNOWN = ['id', 'hubId', 'method', 'path', 'route', 'skip', 'times', 'probability', 'seed', 'actions'];

/** A rule as given to the control API, or what is wrong with it; an unknown key never passes for a condition. */
export function readFaultRule(body: JsonObject): (Omit<FaultRule, 'id'> & { readonly id?: string }) | string {
  const unknown = Object.keys(body).find((key) => !KNOWN.includes(key));
  if (unknown !== undefined) return `unknown key: ${unknown}`;
  for (const key of ['id', 'path', 'route'] as const) {
    if (body[key] !== undefined && typeof body[key] !== 'string') return `${key} must be text`;
  }
  for (const key of ['hubId', 'skip', 'times', 'probability', 'seed'] as const) {
    const value = body[key];
    if (value !== undefined && !(typeof value === 'number' && value >= 0))
      return `${key} must be a number of 0 or more`;
  }
  const { method } = body;
  if (method !== undefined && !METHODS.some((one) => one === method))
    return `method must be one of ${METHODS.join(', ')}`;
  const problem = actionProblem(body['actions']);
  if (problem) return problem;
  return { ...(body as Omit<FaultRule, 'id' | 'actions'>), actions: body['actions'] as readonly FaultAction[] };
}
