import { createHash } from 'node:crypto';

/** Tells a repeated call from a different one: SHA-256 over the JSON with sorted keys. */
export function requestHash(request: unknown): Buffer {
  return createHash('sha256').update(sortedJson(request)).digest();
}

/** As JSON.stringify with a replacer that sorts, which takes three times as long. */
export function sortedJson(value: unknown): string {
  if (value === null || typeof value !== 'object' || value instanceof Date) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((item) => sortedJson(item)).join(',')}]`;
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${sortedJson(member)}`;
  }
  return `{${members}}`;
}
