export const WRITEBACK_MODES = ['off', 'summary', 'transcript', 'summary_transcript'] as const;
export type WritebackMode = (typeof WRITEBACK_MODES)[number];

export const NO_MATCH_POLICIES = ['skip', 'create'] as const;
export type NoMatchPolicy = (typeof NO_MATCH_POLICIES)[number];

/** What is written for a tenant's closed conversations, and to whom. */
export interface WritebackSettings {
  mode: WritebackMode;
  onNoMatch: NoMatchPolicy;
  /** ISO 3166 alpha-2: how phone numbers without a country are read. */
  defaultCountry?: string;
  /** Never used for matching, e.g. a company switchboard that sits on many contacts. */
  ignoredNumbers: string[];
}

export const DEFAULT_WRITEBACK_SETTINGS: WritebackSettings = { mode: 'off', onNoMatch: 'skip', ignoredNumbers: [] };

/** Only what is given changes; `null` clears. */
export interface WritebackChange {
  mode?: WritebackMode;
  onNoMatch?: NoMatchPolicy;
  defaultCountry?: string | null;
  ignoredNumbers?: string[];
}
