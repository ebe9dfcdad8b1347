import { describe, expect, it } from '@jest/globals';
import { OpenApiContract, type Exchange } from './contract.js';
import type { OpenApiDocument, Specification } from './openapi-document.js';

const json = (name: string) => ({
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
});

const components: OpenApiDocument['components'] = {
  responses: { Error: { content: { '*/*': { schema: { $ref: '#/components/schemas/Error' } } } } },
  schemas: {
    Error: {
      type: 'object',
      required: ['category', 'correlationId', 'message'],
      properties: {
        category: { type: 'string' },
        correlationId: { type: 'string', format: 'uuid' },
        message: { type: 'string' },
      },
    },
    SimplePublicObject: {
      type: 'object',
      required: ['id', 'properties', 'createdAt'],
      properties: {
        id: { type: 'string' },
        createdAt: { type: 'string', format: 'date-time' },
        properties: { type: 'object', additionalProperties: { type: 'string' } },
        size: { type: 'integer', format: 'int32' },
        nickname: { type: 'string', nullable: true },
      },
    },
    SimplePublicObjectInputForCreate: {
      type: 'object',
      required: ['associations', 'properties'],
      properties: { properties: { type: 'object', additionalProperties: { type: 'string' } } },
    },
  },
};

const failed = { $ref: '#/components/responses/Error' };
const specification = (name: string, version: string, paths: OpenApiDocument['paths'] = {}): Specification => ({
  name,
  version,
  document: { paths, components },
});

const contract = new OpenApiContract([
  specification('objects', '2026-09', {
    '/crm/objects/2026-09/{objectType}': {
      post: {
        requestBody: json('SimplePublicObjectInputForCreate'),
        responses: { '201': json('SimplePublicObject'), default: failed },
      },
    },
    '/crm/objects/2026-09/{objectType}/{id}': { delete: { responses: { '204': {}, default: failed } } },
  }),
  specification('notes', '2026-09', {
    '/crm/objects/2026-09/{objectType}': { post: { responses: { '200': {}, default: failed } } },
  }),
  specification('oauth', '2026-09', { '/oauth/2026-09/token': { post: { responses: { default: failed } } } }),
  specification('oauth', 'v3', {
    '/oauth/v3/token': { post: { responses: { '200': json('SimplePublicObject'), default: failed } } },
  }),
]);

const created: Exchange = {
  method: 'POST',
  path: '/crm/objects/2026-09/contacts?archived=false',
  requestBody: { properties: { email: 'a@b.example' } },
  status: 201,
  responseBody: { id: '1', createdAt: '2026-01-02T03:04:05.678Z', properties: { email: 'a@b.example', phone: null } },
};

const findingsOf = (change: Partial<Exchange>): string[] =>
  contract.validate({ ...created, ...change }).map((finding) => finding.slice(finding.indexOf(': ') + 2));

describe('OpenApiContract', () => {
  it('finds nothing in an exchange that keeps the contract', () => {
    expect(contract.validate(created)).toEqual([]);
  });

  it.each<[string, Partial<Exchange>, string]>([
    [
      'a missing field',
      { responseBody: { id: '1', properties: {} } },
      "response 201 must have required property 'createdAt'",
    ],
    [
      'a field that HubSpot has not',
      { responseBody: { ...(created.responseBody as object), extra: 1 } },
      'response 201 must NOT have additional properties (extra)',
    ],
    [
      'a wrong type',
      { responseBody: { ...(created.responseBody as object), id: 1 } },
      'response 201/id must be string',
    ],
    [
      'a number as a property value',
      { responseBody: { ...(created.responseBody as object), properties: { n: 1 } } },
      'response 201/properties/n must be string,null',
    ],
    [
      'a malformed time',
      { responseBody: { ...(created.responseBody as object), createdAt: 'today' } },
      'response 201/createdAt must match format "date-time"',
    ],
    [
      'a number that is too long',
      { responseBody: { ...(created.responseBody as object), size: 2 ** 31 } },
      'response 201/size must match format "int32"',
    ],
    ['an undescribed status', { status: 202 }, 'status 202 is not described'],
    ['an answer without a body', { responseBody: '' }, 'response has no body'],
    ['a request without a body', { requestBody: undefined }, 'request has no body'],
    ['a request with a wrong type', { requestBody: { properties: { n: 1 } } }, 'request/properties/n must be string'],
    [
      'a body that should not be',
      { method: 'DELETE', path: '/crm/objects/2026-09/contacts/1', status: 204, requestBody: undefined },
      'response has a body where none is described',
    ],
    ['an unknown path', { path: '/crm/objects/2027-03/contacts' }, "no such operation in HubSpot's files"],
    [
      'an error without a message of its own',
      { status: 400, responseBody: { category: 'X', correlationId: 'not-a-uuid', message: 'm' } },
      'response 400/correlationId must match format "uuid"',
    ],
  ])('finds %s', (_what, change, finding) => {
    expect(findingsOf(change)).toContain(finding);
  });

  it('does not hold a refused request against the contract, nor a nullable null, nor a known deviation', () => {
    const refusal = {
      status: 'error',
      message: 'no',
      correlationId: 'aeb5f871-7f07-4993-9211-075dc63e7cbf',
      policyName: 'DAILY',
    };
    expect(findingsOf({ status: 429, requestBody: { anything: 1 }, responseBody: refusal })).toEqual([]);
    expect(findingsOf({ responseBody: { ...(created.responseBody as object), nickname: null } })).toEqual([]);
  });

  it('prefers the file of the object type among files that describe the same path', () => {
    const exchange = { ...created, requestBody: undefined, status: 200, responseBody: undefined };
    expect(contract.validate({ ...exchange, path: '/crm/objects/2026-09/notes' })).toEqual([]);
    expect(contract.validate({ ...exchange, path: '/crm/objects/2026-09/0-46' })).toEqual([]);
    expect(contract.validate({ ...exchange, path: '/crm/objects/2026-09/tickets' })).not.toEqual([]);
  });

  it('reads a success that one version leaves out by the version that describes it', () => {
    const token = { method: 'POST', path: '/oauth/2026-09/token', status: 200 };
    expect(contract.validate({ ...token, responseBody: created.responseBody })).toEqual([]);
    expect(contract.validate({ ...token, responseBody: { id: 1 } })).not.toEqual([]);
  });
});
