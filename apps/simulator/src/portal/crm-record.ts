/** Set values only; a cleared property is absent. Replaced as a whole by every write, so that old snapshots stay true. */
export type PropertyValues = Readonly<Record<string, string>>;

/** Names a record of a portal: object type key (see PortalSchema.typeKey) and id. */
export interface RecordRef {
  readonly typeKey: string;
  readonly id: string;
}

export interface PastValue {
  readonly value: string;
  /** ms since 1970. */
  readonly at: number;
}

export interface CrmRecord {
  readonly id: string;
  properties: PropertyValues;
  /** ms since 1970. */
  readonly createdAt: number;
  updatedAt: number;
  archivedAt: number | null;
  /** Counts changes, so that a replayed one is never applied twice: times are too coarse for that. */
  revision: number;
  /** Values that were overwritten, oldest first, per property; absent until the first overwrite. */
  history?: Map<string, PastValue[]>;
  /** Of the write that made it, echoed by batch answers. */
  objectWriteTraceId?: string;
}

/** A change of single properties; null clears. */
export type PropertyChanges = Readonly<Record<string, string | null>>;

export function applyChanges(properties: PropertyValues, changes: PropertyChanges): PropertyValues {
  const next: Record<string, string> = { ...properties };
  for (const name in changes) {
    const value = changes[name];
    if (value === null || value === undefined || value === '') delete next[name];
    else next[name] = value;
  }
  return next;
}

/** Addresses of a contact, lower-cased: primary first, then the `;`-separated secondary ones. */
export function emailsOf(properties: PropertyValues): string[] {
  const emails = new Set<string>();
  const primary = properties['email'];
  if (primary) emails.add(primary.toLowerCase());
  const additional = properties['hs_additional_emails'];
  if (additional) {
    for (const email of additional.split(';')) if (email.trim()) emails.add(email.trim().toLowerCase());
  }
  return [...emails];
}
