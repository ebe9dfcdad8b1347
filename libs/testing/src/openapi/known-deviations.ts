import type { Schema } from './openapi-document.js';

/** A place where HubSpot's files and HubSpot's recorded behaviour differ, or where the files leave a choice open. */
export interface KnownDeviation {
  /** Names of component schemas it applies to. */
  readonly schemas: RegExp;
  /** What is known, and from where. */
  readonly reason: string;
  readonly amend: (schema: Schema) => Schema;
}

const anything: Schema = {};
const text: Schema = { type: 'string' };

const optional = (schema: Schema, ...names: readonly string[]): Schema => ({
  ...schema,
  required: (schema.required ?? []).filter((name) => !names.includes(name)),
});

const also = (schema: Schema, properties: Readonly<Record<string, Schema>>): Schema => ({
  ...schema,
  properties: { ...schema.properties, ...properties },
});

const introspectedFields: Readonly<Record<string, Schema>> = {
  token: text,
  token_type: text,
  token_use: text,
  hub_id: { type: 'integer' },
  hub_domain: text,
  user_id: { type: 'integer' },
  user: text,
  app_id: { type: 'integer' },
  client_id: text,
  scopes: { type: 'array', items: text },
  expires_in: { type: 'integer' },
  is_private_distribution: { type: 'boolean' },
  signed_access_token: { type: 'object' },
};

/** Everything that is tolerated, and nothing else: an answer that deviates in any other way is a finding. */
export const knownDeviations: readonly KnownDeviation[] = [
  {
    schemas: /^Error$/,
    reason:
      'Error bodies carry `status`; 429 adds `errorType`, `policyName`, `groupName`, `requestId`; 404 and 429 have no `category` (fact sheet §2, §3.6).',
    amend: (schema) =>
      also(optional(schema, 'category'), {
        status: text,
        errorType: text,
        policyName: text,
        groupName: text,
        requestId: text,
      }),
  },
  {
    schemas: /^Error$/,
    reason: 'OAuth errors follow RFC 6749 beside HubSpot’s own fields, and not all carry a correlation id (§1.4).',
    amend: (schema) => also(optional(schema, 'correlationId', 'message'), { error: text, error_description: text }),
  },
  {
    schemas: /^StandardError$/,
    reason: 'Recorded batch errors have `status`, `category`, `message`, `context` and nothing else (§3.1, §3.6).',
    amend: (schema) => also(optional(schema, 'context', 'errors', 'links'), { subCategory: anything }),
  },
  {
    schemas: /^(SimplePublicObject(WithAssociations)?|SimplePublicUpsertObject)$/,
    reason: 'Values are strings or null in every answer (§3.2); only some of the files say `nullable`.',
    amend: (schema) =>
      also(schema, { properties: { type: 'object', additionalProperties: { type: 'string', nullable: true } } }),
  },
  {
    schemas: /^(SimplePublicObjectInputForCreate|SimplePublicObjectBatchInputForCreate)$/,
    reason: 'A create without `associations` is accepted (§3.1); the files require it.',
    amend: (schema) => optional(schema, 'associations'),
  },
  {
    schemas: /^PublicObjectSearchRequest$/,
    reason: 'All search fields are optional; sorts may be objects with a direction; bare `filters` are read (§3.3).',
    amend: (schema) =>
      also(optional(schema, 'after', 'filterGroups', 'limit', 'properties', 'sorts'), {
        sorts: {
          type: 'array',
          items: {
            oneOf: [
              text,
              {
                type: 'object',
                required: ['propertyName'],
                properties: { propertyName: text, direction: { type: 'string', enum: ['ASCENDING', 'DESCENDING'] } },
              },
            ],
          },
        },
        filters: { type: 'array', items: { $ref: '#/components/schemas/Filter' } },
      }),
  },
  {
    schemas: /^BatchReadInputSimplePublicObjectId$/,
    reason: 'A batch read without `propertiesWithHistory` or `properties` is accepted (§3.1).',
    amend: (schema) => optional(schema, 'properties', 'propertiesWithHistory'),
  },
  {
    schemas: /^AssociationSpecWithLabel$/,
    reason: '`label` is null for an unlabelled type (§5).',
    amend: (schema) => also(schema, { label: { type: 'string', nullable: true } }),
  },
  {
    schemas: /^(LabelsBetweenObjectPair|MultiAssociatedObjectWithLabel)$/,
    reason: 'Object ids of associations are numbers in the documentation’s samples and strings in the files (§5).',
    amend: (schema) => {
      const id: Schema = { oneOf: [text, { type: 'integer' }] };
      const named = Object.keys(schema.properties ?? {}).filter((name) => name.endsWith('ObjectId'));
      return also(schema, Object.fromEntries(named.map((name) => [name, id])));
    },
  },
  {
    schemas: /^SubscriptionResponse$/,
    reason: 'A subscription to an app’s life is told with its `eventTypeId`, as it is asked for (§1.6, practitioners).',
    amend: (schema) => also(schema, { eventTypeId: text }),
  },
  {
    schemas: /^TokenInfoResponseBaseIF$/,
    reason: 'The 2026-09 file describes only what all tokens share; the fields are those of the v3 file (§1.3).',
    amend: (schema) => (schema.oneOf === undefined ? also(schema, introspectedFields) : schema),
  },
];

/** A component schema with every known deviation applied. */
export const amended = (name: string, schema: Schema): Schema =>
  knownDeviations
    .filter((deviation) => deviation.schemas.test(name))
    .reduce((current, deviation) => deviation.amend(current), schema);
