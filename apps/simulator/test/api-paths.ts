/** The same resources under numbered and under dated paths (FACTS §0). */
export interface ApiPaths {
  readonly name: string;
  readonly objects: string;
  readonly properties: string;
  readonly owners: string;
  readonly pipelines: string;
  readonly schemas: string;
  readonly library: string;
  readonly account: string;
  readonly uninstall: string;
  readonly oauth: string;
  /** Batches of associations. */
  readonly associations: string;
  /** Kinds of associations between two types. */
  readonly labels: string;
  /** Associations of one object stand below it. */
  readonly associated: string;
  /** What a batch of associations answers: made, and removed (numbered paths: 201 and 204, dated: 200 and 200). */
  readonly associationsMade: number;
  readonly associationsRemoved: number;
  /** What a batch of properties answers when it made them. */
  readonly propertiesMade: number;
}

export const numbered: ApiPaths = {
  name: 'numbered',
  objects: '/crm/v3/objects',
  properties: '/crm/v3/properties',
  owners: '/crm/v3/owners',
  pipelines: '/crm/v3/pipelines',
  schemas: '/crm-object-schemas/v3/schemas',
  library: '/crm/v3/object-library/enablement',
  account: '/account-info/v3/details',
  uninstall: '/appinstalls/v3/external-install',
  oauth: '/oauth/v3/token',
  associations: '/crm/v4/associations',
  labels: '/crm/associations/v4',
  associated: '/crm/v4/objects',
  associationsMade: 201,
  associationsRemoved: 204,
  propertiesMade: 201,
};

export const dated: ApiPaths = {
  name: '2026-09',
  objects: '/crm/objects/2026-09',
  properties: '/crm/properties/2026-09',
  owners: '/crm/owners/2026-09',
  pipelines: '/crm/pipelines/2026-09',
  schemas: '/crm-object-schemas/2026-09/schemas',
  library: '/crm/object-library/2026-09/enablement',
  account: '/account-info/2026-09/details',
  uninstall: '/appinstalls/2026-09/external-install',
  oauth: '/oauth/2026-09/token',
  associations: '/crm/associations/2026-09',
  labels: '/crm/associations/2026-09',
  associated: '/crm/objects/2026-09',
  associationsMade: 200,
  associationsRemoved: 200,
  propertiesMade: 200,
};
