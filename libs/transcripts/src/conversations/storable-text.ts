/**
 * Text as PostgreSQL can hold it: NUL and lone surrogates, which neither `text` nor `jsonb` accepts, become U+FFFD.
 * Walks a whole request, so that no field can be forgotten. Dates and other class instances pass as they are.
 */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('\0', '\uFFFD').toWellFormed() as T;
  if (Array.isArray(value)) return value.map((item) => storable<unknown>(item)) as T;
  if (value !== null && typeof value === 'object' && !(value instanceof Date)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, storable<unknown>(item)])) as T;
  }
  return value;
}
