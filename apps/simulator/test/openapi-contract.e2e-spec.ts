import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { dated, numbered, type ApiPaths } from './api-paths.js';
import { openContractPortal, type ContractPortal } from './contract-portal.js';
import { firstErrorCode, idOf, listOf, sampleTypes } from './sample-records.js';
import { shapeFindings, type WatchedCalls } from './watched-calls.js';

let portal: ContractPortal;
let watched: WatchedCalls;

beforeAll(async () => {
  portal = await openContractPortal();
  watched = portal.watched;
});
afterAll(() => portal.simulator.stop());
afterEach(() => watched.assertContract());

describe.each([numbered, dated])('$name paths', (paths: ApiPaths) => {
  const objects = (type: string, rest = ''): string => `${paths.objects}/${type}${rest}`;

  describe.each(sampleTypes)('$type', ({ type, create, change }) => {
    it('creates, reads, lists, changes and archives one', async () => {
      const made = await watched.call('POST', objects(type), { body: { properties: create(), associations: [] } });
      expect(made.status).toBe(201);
      const id = idOf(made.json);
      expect(made.headers.get('location')).toContain(id);
      expect(
        (await watched.call('GET', objects(type, `/${id}?properties=hs_object_id`))).json['properties'],
      ).toMatchObject({ hs_object_id: id });
      expect(
        (
          await watched.call(
            'GET',
            objects(type, `/${id}?propertiesWithHistory=${Object.keys(change)[0]}&associations=contacts`),
          )
        ).status,
      ).toBe(200);
      expect(
        (await watched.call('PATCH', objects(type, `/${id}`), { body: { properties: change } })).json['properties'],
      ).toMatchObject(change);
      const page = await watched.call('GET', objects(type, '?limit=2&associations=contacts'));
      expect(listOf(page.json).length).toBeGreaterThan(0);
      expect((await watched.call('DELETE', objects(type, `/${id}`))).status).toBe(204);
      expect((await watched.call('GET', objects(type, `/${id}`))).status).toBe(404);
      expect((await watched.call('GET', objects(type, `/${id}?archived=true`))).json['archived']).toBe(true);
    });

    it('creates, reads, changes and archives a batch', async () => {
      const made = await watched.call('POST', objects(type, '/batch/create'), {
        body: {
          inputs: [
            { properties: create(), associations: [] },
            { properties: create(), associations: [] },
          ],
        },
      });
      expect(made.status).toBe(201);
      const ids = listOf(made.json).map(idOf);
      expect(ids).toHaveLength(2);
      const inputs = ids.map((id) => ({ id }));
      const read = await watched.call('POST', objects(type, '/batch/read'), {
        body: { inputs, properties: ['hs_object_id'], propertiesWithHistory: [] },
      });
      expect(listOf(read.json).map(idOf).sort()).toEqual(ids.toSorted());
      const changed = await watched.call('POST', objects(type, '/batch/update'), {
        body: { inputs: ids.map((id) => ({ id, properties: change })) },
      });
      expect(changed.status).toBe(200);
      expect((await watched.call('POST', objects(type, '/batch/archive'), { body: { inputs } })).status).toBe(204);
    });

    it('finds by search', async () => {
      const body = {
        filterGroups: [{ filters: [{ propertyName: 'hs_object_id', operator: 'HAS_PROPERTY' }] }],
        sorts: ['-hs_object_id'],
        properties: ['hs_object_id'],
        limit: 3,
        after: '0',
      };
      const found = await watched.call('POST', objects(type, '/search'), { body });
      expect(found.status).toBe(200);
      expect(found.json['total']).toBeGreaterThan(0);
      expect((await watched.call('POST', objects(type, '/search'), { body: {} })).status).toBe(200);
    });

    it('refuses what HubSpot refuses', async () => {
      const unknown = await watched.call('POST', objects(type), {
        body: { properties: { ...create(), no_such_property: '1' } },
      });
      expect([unknown.status, firstErrorCode(unknown.json)]).toEqual([400, 'PROPERTY_DOESNT_EXIST']);
      const readOnly = await watched.call('POST', objects(type), {
        body: { properties: { ...create(), hs_object_source: 'x' } },
      });
      expect([readOnly.status, firstErrorCode(readOnly.json)]).toEqual([400, 'READ_ONLY_VALUE']);
      expect((await watched.call('POST', objects(type), { body: { properties: {} } })).status).toBe(400);
      expect((await watched.call('GET', objects(type, '/999'))).status).toBe(404);
      expect((await watched.call('GET', objects(type, '/not-a-number'))).json['category']).toBe('OBJECT_NOT_FOUND');
      expect((await watched.call('PATCH', objects(type, '/999'), { body: { properties: change } })).status).toBe(404);
      expect((await watched.call('GET', objects(type, '?limit=101'))).status).toBe(400);
      const partly = await watched.call('POST', objects(type, '/batch/read'), {
        body: { inputs: [{ id: '999' }], properties: [], propertiesWithHistory: [] },
      });
      expect([partly.status, listOf(partly.json, 'errors')[0]?.['category']]).toEqual([207, 'OBJECT_NOT_FOUND']);
      const many = Array.from({ length: 101 }, () => ({ id: '1' }));
      expect(
        (
          await watched.call('POST', objects(type, '/batch/read'), {
            body: { inputs: many, properties: [], propertiesWithHistory: [] },
          })
        ).status,
      ).toBe(400);
      expect((await watched.call('POST', objects(type, '/search'), { body: { limit: 201 } })).status).toBe(400);
      expect((await watched.call('GET', objects(type), { token: 'pat-na1-unknown' })).status).toBe(401);
    });
  });
});

describe('the shapes that are asserted without HubSpot’s files', () => {
  const exchange = { method: 'POST', path: '/crm/v3/objects/contacts/batch/read', status: 200 };

  it.each([
    ['an error without a message', { ...exchange, status: 400, responseBody: {} }],
    ['a batch without results', { ...exchange, responseBody: { status: 'COMPLETE' } }],
    ['a record without times', { ...exchange, responseBody: { results: [{ id: '1', properties: {} }] } }],
    ['a body with 204', { ...exchange, status: 204, responseBody: {} }],
    ['no body', { ...exchange, responseBody: undefined }],
  ])('find %s', (_what, broken) => {
    expect(shapeFindings(broken)).toHaveLength(1);
  });
});
