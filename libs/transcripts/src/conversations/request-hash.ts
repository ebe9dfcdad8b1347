import { createHash } from 'node:crypto';

/** Tells a repeated call from a different one: SHA-256 over the JSON with sorted keys. */
export function requestHash(request: unknown): Buffer {
  return createHash('sha256').update(sortedJson(request)).digest();
}

/** As JSON.stringify with a replacer that sorts, which takes four times as long: here it is called once for the whole. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? 'null';
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((item) => sorted(item));
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) copy[key] = sorted((value as Record<string, unknown>)[key]);
  return copy;
}
