import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { dated, numbered, type ApiPaths } from './api-paths.js';
import { HUB_ID, openContractPortal, registeredApp, type ContractPortal } from './contract-portal.js';
import { idOf, listOf, noteProperties, unique } from './sample-records.js';
import type { WatchedCalls } from './watched-calls.js';

let portal: ContractPortal;
let watched: WatchedCalls;

beforeAll(async () => {
  portal = await openContractPortal();
  watched = portal.watched;
});
afterAll(() => portal.simulator.stop());
afterEach(() => watched.assertContract());

const client = { client_id: registeredApp.clientId, client_secret: registeredApp.clientSecret };

describe.each([numbered, dated])('$name paths', (paths: ApiPaths) => {
  const objects = (type: string, rest = ''): string => `${paths.objects}/${type}${rest}`;

  it('lists, makes, changes and removes properties and groups', async () => {
    const base = `${paths.properties}/notes`;
    expect(listOf((await watched.call('GET', base)).json).map((each) => each['name'])).toContain('hs_note_body');
    expect((await watched.call('GET', `${paths.properties}/contacts/lifecyclestage`)).json['options']).toHaveLength(8);
    const group = `group_${paths.name.replaceAll(/\W/g, '')}`;
    expect(
      (await watched.call('POST', `${base}/groups`, { body: { name: group, label: 'Threadline', displayOrder: 3 } }))
        .status,
    ).toBe(201);
    expect((await watched.call('PATCH', `${base}/groups/${group}`, { body: { label: 'Threads' } })).json['label']).toBe(
      'Threads',
    );
    expect((await watched.call('GET', `${base}/groups/${group}`)).status).toBe(200);
    expect((await watched.call('GET', `${base}/groups`)).status).toBe(200);
    const property = {
      name: `key_${group}`,
      label: 'Key',
      type: 'string',
      fieldType: 'text',
      groupName: group,
      hasUniqueValue: true,
    };
    expect((await watched.call('POST', base, { body: property })).status).toBe(201);
    expect((await watched.call('POST', base, { body: property })).status).toBe(409);
    expect(
      (await watched.call('PATCH', `${base}/${property.name}`, { body: { label: 'Entry key' } })).json['label'],
    ).toBe('Entry key');
    const keyed = { ...noteProperties(), [property.name]: unique('k') };
    const upsert = await watched.call('POST', objects('notes', '/batch/upsert'), {
      body: { inputs: [{ id: keyed[property.name], idProperty: property.name, properties: keyed }] },
    });
    expect([upsert.status, listOf(upsert.json)[0]?.['new']]).toEqual([200, true]);
    const other = { ...property, name: `other_${group}`, hasUniqueValue: false };
    expect((await watched.call('POST', `${base}/batch/create`, { body: { inputs: [other] } })).status).toBe(
      paths.propertiesMade,
    );
    expect(
      (
        await watched.call('POST', `${base}/batch/read`, {
          body: { archived: false, dataSensitivity: 'non_sensitive', inputs: [{ name: other.name }] },
        })
      ).status,
    ).toBe(200);
    expect(
      (await watched.call('POST', `${base}/batch/archive`, { body: { inputs: [{ name: other.name }] } })).status,
    ).toBe(204);
    expect((await watched.call('DELETE', `${base}/${property.name}`)).status).toBe(204);
    expect((await watched.call('DELETE', `${base}/groups/${group}`)).status).toBe(204);
    expect((await watched.call('GET', `${base}/no_such_property`)).status).toBe(404);
    expect((await watched.call('DELETE', `${paths.properties}/contacts/email`)).status).toBe(400);
  });

  it('lists owners and pipelines', async () => {
    const owners = await watched.call('GET', `${paths.owners}?limit=3`);
    expect(listOf(owners.json)).toHaveLength(3);
    const [owner] = listOf(owners.json);
    expect((await watched.call('GET', `${paths.owners}/${String(owner?.['id'])}`)).json).toEqual(owner);
    expect((await watched.call('GET', `${paths.owners}/${String(owner?.['userId'])}?idProperty=userId`)).json).toEqual(
      owner,
    );
    expect(listOf((await watched.call('GET', `${paths.owners}?archived=true`)).json)).toEqual([
      expect.not.objectContaining({ userId: expect.anything() }),
    ]);
    expect((await watched.call('GET', `${paths.owners}/1`)).status).toBe(404);

    const pipelines = await watched.call('GET', `${paths.pipelines}/deals`);
    expect(listOf(pipelines.json)[0]).toMatchObject({ id: 'default' });
    expect((await watched.call('GET', `${paths.pipelines}/tickets/0`)).json['stages']).toHaveLength(4);
    expect((await watched.call('GET', `${paths.pipelines}/deals/default/stages`)).status).toBe(200);
    expect((await watched.call('GET', `${paths.pipelines}/deals/default/stages/closedwon`)).json['metadata']).toEqual({
      isClosed: 'true',
      probability: '1.0',
    });
    const made = await watched.call('POST', `${paths.pipelines}/deals`, {
      body: {
        label: unique('Partners'),
        displayOrder: 1,
        stages: [{ label: 'Open', displayOrder: 0, metadata: { probability: '0.5' } }],
      },
    });
    expect(made.status).toBe(201);
    expect((await watched.call('DELETE', `${paths.pipelines}/deals/${idOf(made.json)}`)).status).toBe(204);
    expect((await watched.call('GET', `${paths.pipelines}/deals/none`)).status).toBe(404);
  });

  it('knows custom objects from their schema on', async () => {
    const name = `vessel_${paths.name.replaceAll(/\W/g, '')}`;
    const made = await watched.call('POST', paths.schemas, {
      body: {
        name,
        allowsSensitiveProperties: false,
        labels: { singular: 'Vessel', plural: 'Vessels' },
        primaryDisplayProperty: 'hull',
        secondaryDisplayProperties: [],
        searchableProperties: ['hull'],
        requiredProperties: ['hull'],
        associatedObjects: ['CONTACT'],
        properties: [{ name: 'hull', label: 'Hull number', type: 'string', fieldType: 'text', hasUniqueValue: true }],
      },
    });
    expect(made.status).toBe(201);
    const typeId = String(made.json['objectTypeId']);
    expect(typeId).toMatch(/^2-\d+$/);
    const record = await watched.call('POST', objects(typeId), {
      body: { properties: { hull: unique('H') }, associations: [] },
    });
    expect(record.status).toBe(201);
    expect(
      (
        await watched.call(
          'GET',
          objects(String(made.json['fullyQualifiedName']), `/${idOf(record.json)}?properties=hull`),
        )
      ).status,
    ).toBe(200);
    expect((await watched.call('GET', `${paths.schemas}/${typeId}`)).json['name']).toBe(name);
    expect(listOf((await watched.call('GET', paths.schemas)).json).length).toBeGreaterThan(0);
    expect(
      (await watched.call('POST', objects('2-999999'), { body: { properties: {}, associations: [] } })).status,
    ).toBe(400);
  });

  it('tells about the account and its object library', async () => {
    expect((await watched.call('GET', paths.account)).json).toMatchObject({
      portalId: HUB_ID,
      dataHostingLocation: 'na1',
    });
    expect((await watched.call('GET', paths.account, { anonymous: true })).status).toBe(401);
    const library = await watched.call('GET', paths.library);
    expect(library.json['enablementByObjectTypeId']).toBeDefined();
    expect((await watched.call('GET', `${paths.library}/0-1`)).json).toEqual({ enablement: true });
  });

  it('exchanges, introspects, refreshes and revokes tokens, and uninstalls', async () => {
    const granted = await portal.simulator.control<{ code: string }>('POST', `/portals/${HUB_ID}/grant`, {
      clientId: registeredApp.clientId,
    });
    const form = {
      ...client,
      grant_type: 'authorization_code',
      code: granted.code,
      redirect_uri: registeredApp.redirectUrls[0] ?? '',
    };
    const tokens = await watched.call('POST', paths.oauth, { anonymous: true, form });
    expect(tokens.json).toMatchObject({ token_type: 'bearer', expires_in: 1800, hub_id: HUB_ID });
    const [access, refresh] = [String(tokens.json['access_token']), String(tokens.json['refresh_token'])];
    const introspected = await watched.call('POST', `${paths.oauth}/introspect`, {
      anonymous: true,
      form: { ...client, token: access, token_type_hint: 'access_token' },
    });
    expect(introspected.json).toMatchObject({ active: true, hub_id: HUB_ID, token_use: 'access_token' });
    expect(
      (
        await watched.call('POST', `${paths.oauth}/introspect`, {
          anonymous: true,
          form: { ...client, token: refresh, token_type_hint: 'refresh_token' },
        })
      ).json,
    ).toMatchObject({ active: true, token_use: 'refresh_token' });
    const again = { ...client, grant_type: 'refresh_token', refresh_token: refresh };
    expect((await watched.call('POST', paths.oauth, { anonymous: true, form: again })).json['refresh_token']).toBe(
      refresh,
    );
    const spent = await watched.call('POST', paths.oauth, { anonymous: true, form });
    expect([spent.status, spent.json['status']]).toEqual([400, 'BAD_AUTH_CODE']);
    expect((await watched.call('GET', objects('companies'), { token: access })).json['category']).toBe(
      'MISSING_SCOPES',
    );
    expect(
      (
        await watched.call('POST', `${paths.oauth}/revoke`, {
          anonymous: true,
          form: { ...client, token: refresh, token_type_hint: 'refresh_token' },
        })
      ).status,
    ).toBe(200);
    const revoked = await watched.call('POST', paths.oauth, { anonymous: true, form: again });
    expect([revoked.status, revoked.json['status']]).toEqual([400, 'BAD_REFRESH_TOKEN']);
    expect((await watched.call('DELETE', paths.uninstall, { token: access })).status).toBe(204);
    expect((await watched.call('GET', paths.account, { token: access })).status).toBe(401);
  });

  it('refuses in HubSpot’s words when it is told to', async () => {
    for (const [status, policy] of [
      [429, 'TEN_SECONDLY_ROLLING'],
      [429, 'DAILY'],
      [429, 'SECONDLY'],
      [423],
      [477],
      [500],
      [503],
    ] as const) {
      await portal.simulator.control('POST', '/faults', {
        hubId: HUB_ID,
        times: 1,
        actions: [{ kind: 'status', status, ...(policy === undefined ? {} : { policy }) }],
      });
      const refused = await watched.call('GET', objects('contacts'));
      expect([refused.status, refused.json['policyName']]).toEqual([status, policy]);
    }
  });
});

describe('numbered paths only', () => {
  it('describes tokens by the version 1 calls', async () => {
    const granted = await portal.simulator.control<{ code: string }>('POST', `/portals/${HUB_ID}/grant`, {
      clientId: registeredApp.clientId,
    });
    const form = {
      ...client,
      grant_type: 'authorization_code',
      code: granted.code,
      redirect_uri: registeredApp.redirectUrls[0] ?? '',
    };
    const tokens = await watched.call('POST', '/oauth/v1/token', { anonymous: true, form });
    expect(
      (await watched.call('GET', `/oauth/v1/access-tokens/${String(tokens.json['access_token'])}`, { anonymous: true }))
        .json['token_type'],
    ).toBe('access');
    const refresh = `/oauth/v1/refresh-tokens/${String(tokens.json['refresh_token'])}`;
    expect((await watched.call('GET', refresh, { anonymous: true })).json['token_type']).toBe('refresh');
    expect((await watched.call('DELETE', refresh, { anonymous: true })).status).toBe(204);
  });
});
