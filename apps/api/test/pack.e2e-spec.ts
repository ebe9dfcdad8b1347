import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createTestDatabase,
  type MadePortal,
  makeAppEnvironment,
  startApi,
  type StartedApi,
  startSimulator,
  startWorker,
  type TestDatabase,
  type TestSimulator,
  waitFor,
} from '@app/testing';
import { Browser, type Page } from './browser.js';

const HS = '/integrations/hubspot';
const NAMES = [
  'find_contact',
  'find_company',
  'find_ticket',
  'create_contact',
  'update_contact',
  'create_ticket',
  'create_deal',
];
const WITHOUT_TICKETS = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.schemas.contacts.read',
  'crm.objects.owners.read',
  'crm.objects.companies.read',
  'crm.schemas.companies.read',
  'crm.objects.deals.read',
  'crm.schemas.deals.read',
];

interface Skill {
  id: string;
  toolName: string;
  origin: string;
  enabled: boolean;
  state: string;
  gates: { confirmation: boolean; verifiedCaller: boolean };
  inputSchema: { required: string[] };
  restWrite?: { set: { field: string; value: { constant?: string } }[] };
}

let database: TestDatabase;
let simulator: TestSimulator;
let api: StartedApi;
let portal: MadePortal;
let poor: MadePortal;
let apiKey: string;
let env: Parameters<typeof startApi>[0]['env'];

const dataOf = ({ body }: Page): unknown => body['data'];
const codes = ({ status, body }: Page): unknown => [status, body['code'], body['reason']];

/** Holds every answer against openapi.json. */
function call(method: string, path: string, body?: unknown): Promise<Page> {
  return new Browser(api.url, '').call(method, path, { body, headers: { authorization: `Bearer ${apiKey}` } });
}

async function makeAgent(name: string): Promise<string> {
  return (dataOf(await call('POST', '/agents', { name, kind: 'voice' })) as { id: string }).id;
}

const install = (agentId: string): Promise<Page> => call('POST', `/agents/${agentId}${HS}/pack/install`);

async function skillsOf(agentId: string): Promise<Skill[]> {
  return dataOf(await call('GET', `/agents/${agentId}${HS}/bindings`)) as Skill[];
}

async function skillOf(agentId: string, name: string): Promise<Skill> {
  const found = (await skillsOf(agentId)).find(({ toolName }) => toolName === name);
  if (found === undefined) throw new Error(`The AI agent has no ${name}`);
  return found;
}

async function dealStageOf(agentId: string): Promise<unknown> {
  return (await skillOf(agentId, 'create_deal')).restWrite?.set.find(({ field }) => field === 'dealstage')?.value;
}

beforeAll(async () => {
  [database, simulator] = await Promise.all([createTestDatabase(), startSimulator()]);
  const seed = { contacts: 3 };
  const limits = { staticPer10s: 190 };
  portal = await simulator.control.createPortal({ seed, limits });
  poor = await simulator.control.createPortal({ seed, limits, token: { scopes: WITHOUT_TICKETS } });
  const made = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: simulator.url });
  ({ apiKey } = made.credentials);
  ({ env } = made);
  api = await startApi({ env });
}, 60_000);

afterAll(async () => {
  await api.stop();
  await simulator.stop();
  await database.drop();
});

describe('the Connector Pack by the API', () => {
  let agentId: string;

  it('is shown before anything is connected, and not installed', async () => {
    agentId = await makeAgent('Reception');
    const pack = dataOf(await call('GET', `${HS}/pack`)) as {
      unknown: string;
      skills: { skill: string; state: string }[];
    };
    expect([pack.unknown, pack.skills.map(({ skill }) => skill)]).toEqual(['not_connected', NAMES]);
    expect(codes(await install(agentId))).toEqual([409, 1012, 'not_connected']);
    expect(codes(await install('0190a7f2-0000-7000-8000-000000000000'))).toEqual([404, 2011, undefined]);
    expect(codes(await call('PATCH', `${HS}/pack`, { deals: {} }))).toEqual([409, 1012, 'not_connected']);
  });

  it('gives a portal without tickets the rest, and says what to grant', async () => {
    expect((await call('POST', `${HS}/connect`, { accessToken: poor.token })).status).toBe(200);
    expect(dataOf(await call('GET', `${HS}/pack`))).toMatchObject({ unknown: 'not_discovered' });
    const poorly = await makeAgent('Poor');
    // Nothing was discovered: it is done on the way.
    const { status, body } = await install(poorly);
    expect([status, body['data']]).toMatchObject([
      200,
      NAMES.map((skill) =>
        skill === 'find_ticket' || skill === 'create_ticket'
          ? { skill, created: false, leftOut: { reason: 'withheld_object', missingScopes: ['tickets'] } }
          : skill === 'create_deal'
            ? { skill, created: false, leftOut: { missingScopes: ['crm.objects.deals.write'] } }
            : { skill, created: true },
      ),
    ]);
    const pack = dataOf(await call('GET', `${HS}/pack`)) as { skills: { skill: string; state: string }[] };
    expect(pack.skills.filter(({ state }) => state === 'left_out').map(({ skill }) => skill)).toEqual([
      'find_ticket',
      'create_ticket',
      'create_deal',
    ]);
    expect((await call('DELETE', HS)).status).toBe(200);
    expect((await call('POST', `${HS}/disable`)).status).toBe(200);
  });

  it('is installed once, enabled and gated, however often it is asked for', async () => {
    expect((await call('POST', `${HS}/connect`, { accessToken: portal.token })).status).toBe(200);
    const both = await Promise.all([install(agentId), install(agentId)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const created = both
      .flatMap((answer) => dataOf(answer) as { skill: string; created: boolean }[])
      .filter((one) => one.created);
    expect(created.map(({ skill }) => skill).toSorted()).toEqual(NAMES.toSorted());
    const skills = await skillsOf(agentId);
    expect(skills.map(({ toolName }) => toolName).toSorted()).toEqual(NAMES.toSorted());
    for (const { toolName, origin, enabled, state, gates } of skills) {
      const confirmation = !toolName.startsWith('find_');
      expect({ toolName, origin, enabled, state, gates }).toEqual({
        toolName,
        origin: 'pack',
        enabled: true,
        state: 'ready',
        gates: { confirmation, verifiedCaller: toolName === 'update_contact' },
      });
    }
    expect((await skillOf(agentId, 'create_ticket')).inputSchema.required).toEqual(['subject']);
  });

  it('holds skills that are switched and deleted, not changed; installing brings them back', async () => {
    const { id } = await skillOf(agentId, 'create_deal');
    const one = `/agents/${agentId}${HS}/bindings/${id}`;
    expect(codes(await call('PATCH', one, { description: 'Mine' }))).toEqual([409, 1012, 'of_the_pack']);
    expect(dataOf(await call('PATCH', one, { enabled: false }))).toMatchObject({ enabled: false, version: 1 });
    expect((await call('DELETE', one)).status).toBe(200);
    expect(
      (dataOf(await install(agentId)) as { skill: string; created: boolean }[]).filter(({ created }) => created),
    ).toEqual([{ skill: 'create_deal', created: true }]);
  });

  it('lands deals where an admin says, also those of skills that are installed', async () => {
    expect(await dealStageOf(agentId)).toEqual({ constant: 'appointmentscheduled' });
    const landing = { pipelineId: 'default', stageId: 'qualifiedtobuy' };
    const pack = dataOf(await call('PATCH', `${HS}/pack`, { deals: landing })) as {
      skills: { skill: string; landing?: unknown }[];
    };
    expect(pack.skills.find(({ skill }) => skill === 'create_deal')?.landing).toMatchObject({
      pipeline: { id: 'default' },
      stage: { id: 'qualifiedtobuy' },
    });
    expect(await dealStageOf(agentId)).toEqual({ constant: 'qualifiedtobuy' });
    const refused = await call('PATCH', `${HS}/pack`, { tickets: { pipelineId: 'nope' } });
    expect([refused.status, refused.body]).toMatchObject([
      400,
      { code: 1002, errors: [{ field: 'tickets.pipelineId', reason: 'unknown_option' }] },
    ]);
    expect(codes(await call('PATCH', `${HS}/pack`, { deals: { stageId: '1' } }))).toEqual([400, 1001, undefined]);
    await call('PATCH', `${HS}/pack`, { deals: { pipelineId: null } });
    expect(await dealStageOf(agentId)).toEqual({ constant: 'appointmentscheduled' });
  });
});

describe('the Connector Pack by itself', () => {
  it('comes to AI agents that are there when HubSpot is connected for skills, and to new ones', async () => {
    expect((await call('POST', `${HS}/disable`)).status).toBe(200);
    const before = await makeAgent('Before');
    const connection = { accessToken: portal.token, features: ['skills'] };
    expect((await call('POST', `${HS}/connect`, connection)).status).toBe(200);
    const worker = await startWorker({ env });
    try {
      await waitFor(async () => (await skillsOf(before)).length === NAMES.length, { what: 'the pack of the first' });
      expect((await call('GET', `${HS}/objects/tickets`)).status).toBe(200);
      const after = await makeAgent('After');
      await waitFor(async () => (await skillsOf(after)).length === NAMES.length, { what: 'the pack of the new one' });
      const skills = await skillsOf(after);
      expect(skills.map(({ toolName, enabled }) => [toolName, enabled]).toSorted()).toEqual(
        NAMES.map((name) => [name, true]).toSorted(),
      );
    } finally {
      await worker.stop();
    }
  }, 60_000);
});
