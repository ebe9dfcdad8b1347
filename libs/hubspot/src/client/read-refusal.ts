import type { HubSpotRefusal, RefusalDetail } from './hubspot-answer.js';
import { fieldsOf, listOf, parseJson, textOf, textsOf } from './read-json.js';

/** Reads HubSpot's error body, whole or one of a batch's `errors[]`. Every field is optional (HubSpot's own advice). */
export function readRefusal(status: number, body: unknown): HubSpotRefusal {
  const fields = fieldsOf(body);
  const message = textOf(fields['message']);
  const errors = listOf(fields['errors']).map(readDetail);
  return {
    status,
    message,
    category: textOf(fields['category']),
    subCategory: textOf(fields['subCategory']),
    context: readContext(fields['context']),
    errors: errors.length > 0 ? errors : detailsInMessage(message),
  };
}

function readDetail(value: unknown): RefusalDetail {
  const fields = fieldsOf(value);
  return {
    message: textOf(fields['message']),
    code: textOf(fields['code']) ?? textOf(fields['subCategory']),
    in: textOf(fields['in']),
    context: readContext(fields['context']),
  };
}

function readContext(value: unknown): Record<string, string[]> {
  return Object.fromEntries(Object.entries(fieldsOf(value)).map(([name, values]) => [name, textsOf(values)]));
}

/** `Property values were not valid: [{"message":…,"error":"INVALID_EMAIL","name":"email"}]`: details as JSON inside the text. */
function detailsInMessage(message = ''): RefusalDetail[] {
  const start = message.indexOf('[{');
  if (start < 0) return [];
  return listOf(parseJson(message.slice(start))).map((value) => {
    const fields = fieldsOf(value);
    return {
      message: textOf(fields['message']),
      code: textOf(fields['error']) ?? textOf(fields['code']),
      context: { propertyName: textsOf(fields['name']) },
    };
  });
}
