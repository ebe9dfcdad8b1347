import { createHash } from 'node:crypto';

/** Tells a repeated call from a different one: SHA-256 over the JSON with sorted keys. */
export function requestHash(request: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(request, sorted)).digest();
}

function sorted(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
