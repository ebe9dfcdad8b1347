/**
 * Careful readers of JSON that came from outside: whatever is there, the answer has the asked-for type or is absent.
 */

/** The members of an object; of anything else, none. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** The elements of an array; of anything else, none. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A record id: digits, as a string (specification) or as a number (samples of the documentation). */
export function idOf(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && /^\d{1,19}$/.test(text) ? text : undefined;
}

/** A moment given as ISO 8601 or as epoch milliseconds in digits: HubSpot sends both. */
export function momentOf(value: unknown): Date | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const moment = new Date(/^\d+$/.test(String(value)) ? Number(value) : value);
  return Number.isNaN(moment.getTime()) || value === '' ? undefined : moment;
}

/** The strings in a value that may be a string, a list of strings, or anything else. */
export function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((element) =>
    typeof element === 'number' ? [String(element)] : (textOf(element) ?? []),
  );
}

/** The parsed text, or undefined when it is no JSON: truncated, HTML, empty. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
