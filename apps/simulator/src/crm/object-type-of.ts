import type { Portal } from '../portal/portal.js';
import { Refusal, unknownObjectType } from '../refuse/refusal.js';
import { param, type ApiCall } from '../serve/api-route.js';

/** The object type a path names, as the key of its records. */
export const objectTypeOf = (call: ApiCall, name = 'objectType'): string | Refusal =>
  typeKeyOf(call.portal, param(call, name));

export const typeKeyOf = (portal: Portal, name: string): string | Refusal =>
  portal.schema.typeKey(name) ?? unknownObjectType(name);
