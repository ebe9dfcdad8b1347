import type { CrmRecord, PropertyValues } from '../portal/crm-record.js';
import type { Portal } from '../portal/portal.js';
import { defaultReadProperties } from '../catalogue/index.js';

export interface PresentedRecord {
  readonly id: string;
  readonly properties: Record<string, string | null>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
  readonly archivedAt?: string;
  readonly objectWriteTraceId?: string;
  readonly propertiesWithHistory?: Record<string, PresentedValue[]>;
}

interface PresentedValue {
  readonly value: string;
  readonly timestamp: string;
  readonly sourceType: string;
  readonly sourceId?: string;
}

/** The names a read answers, sorted: what was asked for and exists, plus what HubSpot adds to every answer. */
export function readNames(portal: Portal, typeKey: string, requested: readonly string[]): string[] {
  const definitions = portal.schema.definitions(typeKey);
  if (requested.length === 0) return defaultReadProperties(typeKey).toSorted();
  const { createdProperty, modifiedProperty } = portal.schema.names(typeKey);
  const names = new Set(requested.filter((name) => definitions.get(name)?.archived === false));
  return [...names.add('hs_object_id').add(createdProperty).add(modifiedProperty)].sort();
}

export const pickProperties = (properties: PropertyValues, names: readonly string[]): Record<string, string | null> => {
  const picked: Record<string, string | null> = {};
  for (const name of names) picked[name] = properties[name] ?? null;
  return picked;
};

/** A record in the shape of FACTS §3.2, with exactly `names`. */
export function presentRecord(
  record: CrmRecord,
  names: readonly string[],
  historyOf: readonly string[] = [],
): PresentedRecord {
  return {
    id: record.id,
    properties: pickProperties(record.properties, names),
    createdAt: new Date(record.createdAt).toISOString(),
    updatedAt: new Date(record.updatedAt).toISOString(),
    archived: record.archivedAt !== null,
    ...(record.archivedAt === null ? {} : { archivedAt: new Date(record.archivedAt).toISOString() }),
    ...(historyOf.length === 0 ? {} : { propertiesWithHistory: presentHistory(record, historyOf) }),
  };
}

/** What a create answers: every property that has a value, sorted by name. */
export const presentWhole = (record: CrmRecord): PresentedRecord =>
  presentRecord(record, Object.keys(record.properties).sort());

/** What an update answers: what it changed, what was computed from that, and what every answer carries. */
export const presentChanged = (portal: Portal, typeKey: string, record: CrmRecord, changed: Iterable<string>) =>
  presentRecord(record, readNames(portal, typeKey, [...changed]));

function presentHistory(record: CrmRecord, names: readonly string[]): Record<string, PresentedValue[]> {
  const histories: Record<string, PresentedValue[]> = {};
  for (const name of names.toSorted()) {
    const past = record.history?.get(name) ?? [];
    const current = record.properties[name];
    const values = past.toReversed().map(({ value, at }) => presentValue(value, at));
    if (current !== undefined) values.unshift(presentValue(current, record.updatedAt));
    if (values.length > 0) histories[name] = values;
  }
  return histories;
}

const presentValue = (value: string, at: number): PresentedValue => ({
  value,
  timestamp: new Date(at).toISOString(),
  sourceType: 'INTEGRATION',
});
