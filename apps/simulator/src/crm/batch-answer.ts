import type { Answer, ApiCall } from '../serve/api-route.js';

/** The envelope of every batch answer (FACTS §3.1); 207 when an input failed, unless a dated path keeps its own status. */
export function batchAnswer(
  call: ApiCall,
  successStatus: number,
  results: readonly unknown[],
  errors: readonly unknown[] = [],
): Answer {
  const at = new Date(call.now).toISOString();
  const body = {
    status: 'COMPLETE',
    results,
    ...(errors.length === 0 ? {} : { numErrors: errors.length, errors }),
    startedAt: at,
    completedAt: at,
  };
  const says207 = errors.length > 0 && (!call.dated || call.portal.flags.batch207OnDated);
  return { status: says207 ? 207 : successStatus, body };
}

/** One entry of `errors` for ids that aren't there, in HubSpot's words (FACTS §3.6). */
export const missingObjects = (singular: string, ids: readonly string[]): Record<string, unknown> => ({
  status: 'error',
  category: 'OBJECT_NOT_FOUND',
  message: `Could not get some ${singular.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`,
  errors: [],
  context: { ids },
  links: {},
});
