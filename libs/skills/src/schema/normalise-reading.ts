import { createHash } from 'node:crypto';
import type { CrmSchemaReading } from '@app/crm';

/**
 * A reading in one order, whatever order the CRM answered in, and as PostgreSQL can hold it: so the same is recognised as
 * the same. Options, pipelines and stages keep theirs, which means something.
 */
export function normaliseReading({ portalId, objects, owners, withheld }: CrmSchemaReading): CrmSchemaReading {
  return storable({
    portalId,
    objects: objects.toSorted(by('name')).map((object) => ({
      ...object,
      fields: object.fields.toSorted(by('name')),
      relationships: object.relationships.toSorted(
        (a, b) => compare(a.to, b.to) || compare(a.category, b.category) || a.typeId - b.typeId,
      ),
    })),
    owners: owners.toSorted(by('id')),
    withheld: withheld.toSorted(by('name')),
  });
}

/** SHA-256 over its members, named in one order. */
export function fingerprintOf(reading: CrmSchemaReading): string {
  const text = JSON.stringify(reading, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => compare(a, b)))
      : value,
  );
  return createHash('sha256').update(text).digest('base64url');
}

function by<K extends string>(key: K): (a: Record<K, string>, b: Record<K, string>) => number {
  return (a, b) => compare(a[key], b[key]);
}

/** By code unit: the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** NUL and lone surrogates are no text that `jsonb` takes. Members without a value go. */
function storable<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, each: unknown) =>
    typeof each === 'string' ? each.replaceAll('\0', '\uFFFD').toWellFormed() : each,
  ) as T;
}
