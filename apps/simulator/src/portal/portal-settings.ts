/** One switch for every point where the sources leave HubSpot's behaviour open (FACTS: UNCERTAIN). */
export interface PortalFlags {
  /** GET by `idProperty=email` also finds a contact by a secondary email. */
  getBySecondaryEmail: boolean;
  /** Search `EQ` on `email` also hits secondary emails (a community report only). */
  searchEmailHitsSecondary: boolean;
  /** A partly failed batch on a dated path answers 207 as on a numbered one; else the success status with `errors`. */
  batch207OnDated: boolean;
  /** Dated writes refuse records that leave one of `requiredProperties` empty: MISSING_REQUIRED_PROPERTY. */
  enforceRequiredProperties: boolean;
  /** By plural object type name. */
  requiredProperties: Record<string, string[]>;
  /** A property of notes, calls or communications may be `hasUniqueValue`; else its creation is refused. */
  allowUniqueOnNotes: boolean;
  /** How `hs_searchable_calculated_international_*` stores a number: `+15132271572` or `15132271572`. */
  internationalSearchableForm: 'e164' | 'digits';
  /** 429s carry `Retry-After`. */
  retryAfterOn429: boolean;
  /** What a merge makes: the primary survives under its id, or both old ids lead to a new one. */
  mergeMode: 'same' | 'new';
  /** batch/read by the id of a merged-away record finds the survivor; else it counts as missing. */
  batchReadFollowsMerge: boolean;
  /** An association to a merged-away record is refused with INVALID_OBJECT_IDS, or made to the survivor. */
  mergedAssociationTarget: 'refuse' | 'follow';
  /** Setting an earlier lifecycle stage: silently kept as it was, or 400. */
  lifecycleBackward: 'ignore' | 'refuse';
  /** Search `total` stops at the 10,000 results that can be reached. */
  searchTotalCapped: boolean;
  /** Search NEQ, NOT_IN and NOT_CONTAINS_TOKEN also match records without a value. */
  searchNegationMatchesEmpty: boolean;
  /** A search that asks an operator of a property whose type doesn't take it is refused; else it finds what it finds. */
  searchOperatorsByType: boolean;
  /** A search by a value the property can't have (an unknown option, a word for a number) is refused; else it finds nothing. */
  searchChecksValues: boolean;
  /** Unknown properties on PATCH are ignored (the engagement guides) instead of refused. */
  ignoreUnknownOnPatch: boolean;
  /** A bearer token without the `oauth` scope may still read account-info; true for static tokens. */
  accountInfoNeedsOauthScope: boolean;
  /** `toObjectId` of association reads is a JSON number (documentation samples) or a string (specification). */
  numericToObjectId: boolean;
  /** A refresh answers a new refresh token and ends the old one. */
  rotateRefreshTokens: boolean;
  /** Token answers carry hub_id, user_id, scopes and token_use (optional to a careful client). */
  tokenAnswersCarryHub: boolean;
  /** Access tokens still unexpired at uninstall: refused (`dead`) or good until they expire (`alive`). */
  accessTokenAfterUninstall: 'dead' | 'alive';
  /** Scopes this account can't grant: dropped from `optional_scope`, refused in `scope`. */
  ungrantableScopes: string[];
}

export interface PortalLimits {
  /** Calls per app in any 10 s, OAuth apps; null: off. */
  oauthPer10s: number | null;
  /** Calls per app in any 10 s, static tokens; null: off. */
  staticPer10s: number | null;
  /** Searches of the whole portal in any 1 s; null: off. */
  searchPerSecond: number | null;
  /** Calls of static tokens in a day of the portal's time zone; null: off. */
  daily: number | null;
}

export interface PortalSettings {
  hubId: number;
  name: string;
  /** Host of the record pages, as account-info gives it; null: the host the caller used to reach the simulator. */
  uiDomain: string | null;
  hubDomain: string;
  timeZone: string;
  accountType: 'STANDARD' | 'DEVELOPER_TEST' | 'SANDBOX' | 'APP_DEVELOPER';
  companyCurrency: string;
  dataHostingLocation: string;
  /** ISO 3166 alpha-2: how HubSpot reads a phone number without a country; null: not at all. */
  defaultCountry: string | null;
  /** How long a write stays invisible to search, in ms. */
  searchLagMs: number;
  /** What each call takes on top, in ms: `fixedMs` plus up to `jitterMs`. */
  latency: { fixedMs: number; jitterMs: number };
  limits: PortalLimits;
  flags: PortalFlags;
}

export type PortalSettingsChange = Partial<Omit<PortalSettings, 'hubId' | 'limits' | 'flags' | 'latency'>> & {
  limits?: Partial<PortalLimits>;
  flags?: Partial<PortalFlags>;
  latency?: Partial<PortalSettings['latency']>;
};

const defaultFlags = (): PortalFlags => ({
  getBySecondaryEmail: true,
  searchEmailHitsSecondary: false,
  batch207OnDated: true,
  enforceRequiredProperties: false,
  requiredProperties: {},
  allowUniqueOnNotes: true,
  internationalSearchableForm: 'e164',
  retryAfterOn429: false,
  mergeMode: 'same',
  batchReadFollowsMerge: true,
  mergedAssociationTarget: 'refuse',
  lifecycleBackward: 'ignore',
  searchTotalCapped: true,
  searchNegationMatchesEmpty: true,
  searchOperatorsByType: true,
  searchChecksValues: true,
  ignoreUnknownOnPatch: false,
  accountInfoNeedsOauthScope: false,
  numericToObjectId: true,
  rotateRefreshTokens: false,
  tokenAnswersCarryHub: true,
  accessTokenAfterUninstall: 'dead',
  ungrantableScopes: [],
});

export const defaultSettings = (hubId: number): PortalSettings => ({
  hubId,
  name: `Portal ${hubId}`,
  uiDomain: null,
  hubDomain: `portal-${hubId}.example.com`,
  timeZone: 'America/New_York',
  accountType: 'STANDARD',
  companyCurrency: 'USD',
  dataHostingLocation: 'na1',
  defaultCountry: 'US',
  searchLagMs: 0,
  latency: { fixedMs: 0, jitterMs: 0 },
  limits: { oauthPer10s: 110, staticPer10s: 100, searchPerSecond: 5, daily: null },
  flags: defaultFlags(),
});

export const changeSettings = (settings: PortalSettings, change: PortalSettingsChange): PortalSettings => ({
  ...settings,
  ...change,
  hubId: settings.hubId,
  latency: { ...settings.latency, ...change.latency },
  limits: { ...settings.limits, ...change.limits },
  flags: { ...settings.flags, ...change.flags },
});
