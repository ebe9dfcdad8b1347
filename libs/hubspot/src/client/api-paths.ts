/** HubSpot's APIs that this product calls; each may be held at a version of its own. */
export type HubSpotApi =
  | 'objects'
  | 'associations'
  | 'owners'
  | 'properties'
  | 'pipelines'
  | 'schemas'
  | 'account-info'
  | 'oauth'
  | 'appinstalls'
  | 'journal'
  | 'journal-subscriptions';

/**
 * Where an API lives, by kind of version: dated (`2026-09`, the one to use) or numbered (`v3`, `v4`; supported until
 * 2027). Source: the path map in HubSpot's OpenAPI files of both trees.
 */
const ROOTS: Record<HubSpotApi, { dated: (version: string) => string; numbered: (version: string) => string }> = {
  objects: { dated: (version) => `/crm/objects/${version}`, numbered: (version) => `/crm/${version}/objects` },
  associations: {
    dated: (version) => `/crm/associations/${version}`,
    numbered: (version) => `/crm/${version}/associations`,
  },
  properties: {
    dated: (version) => `/crm/properties/${version}`,
    numbered: (version) => `/crm/${version}/properties`,
  },
  pipelines: { dated: (version) => `/crm/pipelines/${version}`, numbered: (version) => `/crm/${version}/pipelines` },
  schemas: {
    dated: (version) => `/crm-object-schemas/${version}/schemas`,
    numbered: (version) => `/crm-object-schemas/${version}/schemas`,
  },
  owners: { dated: (version) => `/crm/owners/${version}`, numbered: (version) => `/crm/${version}/owners` },
  'account-info': { dated: (version) => `/account-info/${version}`, numbered: (version) => `/account-info/${version}` },
  appinstalls: { dated: (version) => `/appinstalls/${version}`, numbered: (version) => `/appinstalls/${version}` },
  oauth: { dated: (version) => `/oauth/${version}`, numbered: (version) => `/oauth/${version}` },
  journal: {
    dated: (version) => `/webhooks-journal/journal/${version}`,
    numbered: (version) => `/webhooks/${version}/journal`,
  },
  'journal-subscriptions': {
    dated: (version) => `/webhooks-journal/subscriptions/${version}`,
    numbered: (version) => `/webhooks/${version}/subscriptions`,
  },
};

/** The newest there is a specification of; a later one is found by nobody yet. */
export const JOURNAL_VERSION = '2026-03';

/** Has neither a dated form nor a place in the published specifications; answers for static tokens only. */
export const TOKEN_INFO_PATH = '/oauth/v2/private-apps/get/access-token-info';

/** Builds every path from the one configured version, or from the override of an API that has no such version. */
export class ApiPaths {
  constructor(
    private readonly version: string,
    private readonly overrides: Partial<Record<HubSpotApi, string>> = {},
  ) {}

  /** @param segments are encoded: a caller's id can't reach another path. */
  of(api: HubSpotApi, ...segments: readonly string[]): string {
    const version = this.overrides[api] ?? this.version;
    const root = /^\d{4}-\d{2}/.test(version) ? ROOTS[api].dated(version) : ROOTS[api].numbered(version);
    return [root, ...segments.map(encodeURIComponent)].join('/');
  }
}
