import type { Owner } from '../catalogue/index.js';

export interface SeedOptions {
  /** Same options, same data, on every machine. */
  readonly seed: number;
  /** How many contacts. The first forty are known corner cases (see `cornerCases`); fewer than that leaves some out. */
  readonly contacts: number;
  /** Default 8; the last of four or more is archived. */
  readonly owners?: number;
  /** ISO 8601; nothing is younger. Default 2026-11-01, a constant, so that a seed means the same data for ever. */
  readonly until?: string;
}

/**
 * A record as somebody typed it: an e-mail address may be in capitals, a number in any spelling, nothing is calculated.
 * The portal normalises it as it would a write.
 */
export interface SeedRecord {
  /** Unique within the answer; associations name it. The portal gives the real id. */
  readonly key: string;
  readonly properties: Readonly<Record<string, string>>;
  /** ISO 8601 with milliseconds; never before `createdAt` for `updatedAt`. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type SeedObjectType = 'contacts' | 'companies' | 'deals' | 'tickets' | 'notes' | 'calls' | 'communications';

export interface SeedAssociation {
  readonly fromType: SeedObjectType;
  readonly fromKey: string;
  readonly toType: SeedObjectType;
  readonly toKey: string;
  readonly typeId: number;
}

/** Records are sorted by creation time within each object type, so that ids given in order grow with age. */
export interface SeedData {
  readonly owners: readonly Owner[];
  readonly objects: Readonly<Record<SeedObjectType, readonly SeedRecord[]>>;
  readonly associations: readonly SeedAssociation[];
}
