import type { HubSpotRefusal } from '../client/hubspot-answer.js';
import { fieldsOf, listOf } from '../client/read-json.js';
import { readRefusal } from '../client/read-refusal.js';
import { readRecord, type HubSpotRecord } from './hubspot-record.js';

/** The envelope of every batch endpoint. A partly failed batch is a 207, or (dated paths may do so) a plain success with `errors`. */
export interface BatchAnswer {
  records: HubSpotRecord[];
  errors: HubSpotRefusal[];
  /** As HubSpot counts them; one entry of `errors` may stand for several inputs. */
  numErrors: number;
  /** Results without a usable id, or no list of results at all. */
  odd: boolean;
}

const STATUS_OF_CATEGORY: Record<string, number> = {
  CONFLICT: 409,
  OBJECT_NOT_FOUND: 404,
  RATE_LIMITS: 429,
  MISSING_SCOPES: 403,
};

/** `INTERNAL_ERROR`, `TIMEOUT` and their kin: HubSpot could not, which says nothing of the record. */
const PASSING = /INTERNAL|TIMEOUT|UNAVAILABLE/;

export function readBatchAnswer(body: unknown): BatchAnswer {
  const fields = fieldsOf(body);
  const results = listOf(fields['results']);
  const records = results.map(readRecord).filter((record) => record !== undefined);
  const errors = listOf(fields['errors']).map(readBatchError);
  const numErrors = fields['numErrors'];
  return {
    records,
    errors,
    numErrors: typeof numErrors === 'number' ? numErrors : errors.length,
    odd: !Array.isArray(fields['results']) || records.length < results.length,
  };
}

/** An entry's `status` is the word "error" or a number as text; its category says more. */
function readBatchError(value: unknown): HubSpotRefusal {
  const stated = Number(fieldsOf(value)['status']);
  const refusal = readRefusal(Number.isInteger(stated) && stated >= 400 ? stated : 400, value);
  return refusal.status !== 400 ? refusal : { ...refusal, status: statusOf(refusal.category ?? '') };
}

function statusOf(category: string): number {
  return STATUS_OF_CATEGORY[category] ?? (PASSING.test(category) ? 500 : 400);
}
