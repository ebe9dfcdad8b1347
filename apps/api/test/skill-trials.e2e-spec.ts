import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createTestDatabase,
  type MadePortal,
  makeAppEnvironment,
  startApi,
  type StartedApi,
  startSimulator,
  type TestDatabase,
  type TestSimulator,
} from '@app/testing';
import { Browser, type Page } from './browser.js';

const HS = '/integrations/hubspot';
const CARD = '4111 1111 1111 1111';

let database: TestDatabase;
let simulator: TestSimulator;
let api: StartedApi;
let portal: MadePortal;
let apiKey: string;
let admin: { email: string; password: string };
let agent: string;
let bindings: string;

const dataOf = ({ body }: Page) => body['data'] as Record<string, unknown>;
const listOf = ({ body }: Page) => body['data'] as Record<string, unknown>[];
const codes = ({ status, body }: Page): unknown => [status, body['code'], body['reason']];

/** Holds every answer against openapi.json. */
function call(
  method: string,
  path: string,
  body?: unknown,
  { key = apiKey, headers = {} }: { key?: string; headers?: Record<string, string> } = {},
): Promise<Page> {
  return new Browser(api.url, '').call(method, path, { body, headers: { authorization: `Bearer ${key}`, ...headers } });
}

const trying = (skill: string, body: object, key = apiKey): Promise<Page> =>
  call('POST', `${agent}/skills/${skill}/try`, body, { key });
async function makeKey(scopes: string[]): Promise<string> {
  const browser = new Browser(api.url, api.url.replace('127.0.0.1', 'localhost'));
  await browser.signIn(admin.email, admin.password);
  return dataOf(await browser.call('POST', '/api-keys', { body: { name: 'made', scopes } }))['key'] as string;
}

const readRuns = (query: string): Promise<Page> => call('GET', `${agent}/runs?${query}`);
const contacts = async (): Promise<unknown[]> => simulator.control.records(portal.hubId, 'contacts');

const FIND = {
  toolName: 'look_up_person',
  description: 'Finds a person by surname',
  operation: 'restSearch',
  restSearch: {
    object: 'contacts',
    where: [[{ field: 'lastname', operator: 'EQ', value: { input: 'surname' } }]],
    select: ['firstname', 'lastname'],
    take: 'one',
  },
  inputs: [{ name: 'surname', description: 'Their surname' }],
};
const NOTE = {
  toolName: 'note_person',
  description: 'Notes a new person',
  operation: 'restWrite',
  restWrite: {
    action: 'create',
    object: 'contacts',
    set: [{ field: 'lastname', value: { input: 'surname' } }],
  },
  inputs: [{ name: 'surname', description: 'Their surname' }],
};

beforeAll(async () => {
  [database, simulator] = await Promise.all([createTestDatabase(), startSimulator()]);
  portal = await simulator.control.createPortal({
    seed: { contacts: 0 },
    limits: { staticPer10s: null, searchPerSecond: null },
  });
  await simulator.control.createRecords(portal.hubId, 'contacts', [
    { properties: { firstname: 'Ada', lastname: 'Lovelace' } },
  ]);
  const made = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: simulator.url });
  ({ apiKey } = made.credentials);
  admin = { email: made.credentials.adminEmail, password: made.credentials.adminPassword };
  api = await startApi({ env: made.env });
  agent = `/agents/${String(dataOf(await call('POST', '/agents', { name: 'Reception' }))['id'])}`;
  bindings = `${agent}${HS}/bindings`;
  await call('POST', `${HS}/connect`, { accessToken: portal.token });
  await call('POST', `${HS}/discover`);
  for (const body of [FIND, NOTE]) await call('POST', bindings, body);
}, 120_000);

afterAll(async () => {
  await Promise.all([api?.stop(), simulator?.stop()]);
  await database?.drop();
});

describe('trying a skill', () => {
  it('runs a look before it is enabled, which no AI agent can', async () => {
    expect(
      codes(await call('POST', `${agent}/skills/look_up_person/execute`, { arguments: { surname: 'Lovelace' } })),
    ).toEqual([409, 1012, 'skill_disabled']);
    const tried = await trying('look_up_person', { arguments: { surname: 'Lovelace' } });
    expect([tried.status, dataOf(tried)]).toMatchObject([
      200,
      { outcome: 'found', records: [{ values: { firstname: 'Ada', lastname: 'Lovelace' } }] },
    ]);
  });

  it('shows what a disabled write would do, and writes nothing, whatever is sent', async () => {
    const before = await contacts();
    for (const more of [{}, { onlyPlan: false }, { confirmation: 'confirm_of_nothing' }]) {
      const tried = await trying('note_person', { arguments: { surname: 'Hopper' }, ...more });
      expect([tried.status, dataOf(tried)]).toEqual([
        200,
        {
          outcome: 'planned',
          message: 'Shall I create a new contact with Last Name “Hopper”?',
          plan: {
            kind: 'write',
            write: { action: 'create', object: 'contacts', values: { lastname: 'Hopper' }, ties: [] },
          },
        },
      ]);
    }
    expect(await contacts()).toEqual(before);
  });

  it('only shows what an enabled one would do where that is asked for', async () => {
    const tried = await trying('look_up_person', { arguments: { surname: 'Lovelace' }, onlyPlan: true });
    expect(dataOf(tried)).toMatchObject({
      outcome: 'planned',
      message: 'This would be asked of HubSpot about contacts.',
      plan: { kind: 'find', find: { object: 'contacts', limit: 1, steps: [{ by: 'search' }] } },
    });
    expect(dataOf(tried)).not.toHaveProperty('records');
  });

  it('takes skills:execute as well of a key, wherever HubSpot is asked: who makes skills sees no records by it', async () => {
    const key = await makeKey(['skills:write']);
    const given = { arguments: { surname: 'Lovelace' } };
    const refused = await trying('look_up_person', given, key);
    expect([codes(refused), refused.body['missing_scopes']]).toEqual([
      [403, 2005, 'missing_scope'],
      ['skills:execute'],
    ]);
    expect(refused.headers.get('www-authenticate')).toContain('scope="skills:execute"');
    for (const [skill, more] of [
      ['look_up_person', { onlyPlan: true }],
      ['note_person', {}],
    ] as const)
      expect(dataOf(await trying(skill, { ...given, ...more }, key))).toMatchObject({ outcome: 'planned' });
    expect(codes(await trying('no_such_skill', given, key))).toEqual([404, 2011, 'unknown_skill']);
    const both = await makeKey(['skills:write', 'skills:execute']);
    expect(dataOf(await trying('look_up_person', given, both))).toMatchObject({ outcome: 'found' });
  });

  it('plans days and times as those of the portal’s clock, as they are written', async () => {
    const made = await call('POST', bindings, {
      toolName: 'note_visit',
      description: 'Notes a visit',
      operation: 'restWrite',
      restWrite: {
        action: 'create',
        object: 'deals',
        set: [
          { field: 'dealname', value: { input: 'name' } },
          { field: 'closedate', value: { input: 'on' } },
          { field: 'pipeline', value: { constant: 'default' } },
          { field: 'dealstage', value: { constant: 'appointmentscheduled' } },
        ],
      },
      inputs: [
        { name: 'name', description: 'Whom' },
        { name: 'on', description: 'The day', type: 'date' },
      ],
    });
    const visit = { arguments: { name: 'Ada', on: '2026-01-31' } };
    const planned = dataOf(await trying('note_visit', visit));
    const reviewed = { 'if-match': made.headers.get('etag') ?? '' };
    await call('PATCH', `${bindings}/${String(dataOf(made)['id'])}`, { enabled: true }, { headers: reviewed });
    const asked = dataOf(await trying('note_visit', visit));
    expect(planned['message']).toBe(asked['message']);
    const { token } = asked['confirmation'] as { token: string };
    expect(dataOf(await trying('note_visit', { ...visit, confirmation: token }))).toMatchObject({ outcome: 'created' });
    const [deal] = await simulator.control.records(portal.hubId, 'deals');
    expect(planned).toMatchObject({ plan: { write: { values: { closedate: '2026-01-31T05:00:00.000Z' } } } });
    expect(new Date(String(deal?.properties['closedate'])).toISOString()).toBe('2026-01-31T05:00:00.000Z');
  });

  it('refuses arguments as a run does, also where it only plans', async () => {
    for (const name of ['look_up_person', 'note_person']) {
      const tried = await trying(name, { arguments: { surname: 7 } });
      expect([codes(tried), tried.body['errors']]).toMatchObject([
        [400, 1002, 'invalid_arguments'],
        [{ field: 'arguments.surname' }],
      ]);
    }
    expect(codes(await trying('no_such_skill', {}))).toEqual([404, 2011, 'unknown_skill']);
  });

  it('writes through the same gate as an AI agent once it is enabled', async () => {
    const [{ id } = { id: '' }] = listOf(await call('GET', bindings)).filter(
      ({ toolName }) => toolName === 'note_person',
    );
    const one = `${bindings}/${String(id)}`;
    const reviewed = { 'if-match': (await call('GET', one)).headers.get('etag') ?? '' };
    await call('PATCH', one, { enabled: true }, { headers: reviewed });
    const asked = await trying('note_person', { arguments: { surname: 'Hopper' } });
    expect(dataOf(asked)).toMatchObject({ outcome: 'confirmation_required' });
    const { token } = dataOf(asked)['confirmation'] as { token: string };
    const tried = await trying('note_person', { arguments: { surname: 'Hopper' }, confirmation: token });
    expect(dataOf(tried)).toMatchObject({ outcome: 'created', records: [{ values: { lastname: 'Hopper' } }] });
    expect(await contacts()).toHaveLength(2);
  });
});

describe('the log of runs', () => {
  it('shows what ran, refused or not, newest first and without what nobody may keep; what was only planned did not run', async () => {
    await trying('look_up_person', { arguments: { surname: CARD } });
    const runs = listOf(await call('GET', `${agent}/runs`)).filter(({ skill }) => skill !== 'note_visit');
    expect(runs.map(({ skill, outcome, reason }) => [skill, outcome, reason])).toEqual([
      ['look_up_person', 'found', undefined],
      ['note_person', 'created', undefined],
      ['note_person', 'confirmation_required', undefined],
      ['look_up_person', 'refused', 'invalid_arguments'],
      // With a key that may run skills, too: without it nothing ran.
      ['look_up_person', 'found', undefined],
      ['look_up_person', 'found', undefined],
      ['look_up_person', 'refused', 'skill_disabled'],
    ]);
    expect(runs[0]).toMatchObject({ arguments: { surname: '[card •••• 1111]' }, records: 0, version: 1 });
    expect(runs.every(({ calledBy }) => typeof calledBy === 'string' && calledBy !== '')).toBe(true);
    expect(JSON.stringify(runs)).not.toContain('confirm_');
  });

  it('is read by skill, by outcome, and page by page', async () => {
    expect(listOf(await readRuns('skill=note_person')).map(({ outcome }) => outcome)).toEqual([
      'created',
      'confirmation_required',
    ]);
    expect(listOf(await readRuns('outcome=refused&skill=look_up_person')).map(({ reason }) => reason)).toEqual([
      'invalid_arguments',
      'skill_disabled',
    ]);
    const all = listOf(await readRuns('limit=100')).map(({ id }) => id);
    const first = await readRuns('limit=5');
    const rest = await readRuns(`limit=5&cursor=${String(first.body['nextCursor'])}`);
    expect([...listOf(first), ...listOf(rest)].map(({ id }) => id)).toEqual(all);
    expect(rest.body).not.toHaveProperty('nextCursor');
    expect(codes(await readRuns('outcome=nonsense'))).toEqual([400, 1002, undefined]);
  });
});

describe('checking a binding', () => {
  it('says what making it would, and makes nothing', async () => {
    const before = listOf(await call('GET', bindings)).length;
    const right = await call('POST', `${bindings}/check`, { ...FIND, toolName: 'another' });
    expect([right.status, dataOf(right)]).toMatchObject([
      200,
      { valid: true, problems: [], gates: { confirmation: false }, inputSchema: { required: ['surname'] } },
    ]);
    const where = [[{ field: 'lastnam', operator: 'EQ', value: { input: 'surname' } }]];
    const wrong = await call('POST', `${bindings}/check`, { ...FIND, restSearch: { ...FIND.restSearch, where } });
    expect(dataOf(wrong)).toMatchObject({
      valid: false,
      problems: [
        { field: 'toolName', reason: 'name_taken' },
        { field: 'restSearch.where[0][0].field', reason: 'unknown_field' },
      ],
    });
    const empty = await call('POST', `${bindings}/check`, {});
    expect([empty.status, dataOf(empty)]).toMatchObject([200, { valid: false }]);
    expect(listOf(await call('GET', bindings))).toHaveLength(before);
  });

  it('says what a change would: its own name is no clash, and the rest stays', async () => {
    const [{ id } = { id: '' }] = listOf(await call('GET', bindings)).filter(
      ({ toolName }) => toolName === 'look_up_person',
    );
    const checking = (body: object): Promise<Page> => call('POST', `${bindings}/${String(id)}/check`, body);
    expect(dataOf(await checking({ toolName: 'look_up_person', description: 'Another' }))).toMatchObject({
      valid: true,
    });
    expect(dataOf(await checking({ toolName: 'note_person' }))).toMatchObject({
      valid: false,
      problems: [{ field: 'toolName', reason: 'name_taken' }],
    });
    expect(dataOf(await checking({ inputs: [] }))).toMatchObject({
      valid: false,
      problems: [{ reason: 'undeclared_input' }],
    });
  });

  it('refuses only where nothing can be said', async () => {
    await call('POST', `${agent}${HS}/pack/install`);
    const packs = listOf(await call('GET', bindings)).find(({ origin }) => origin === 'pack');
    expect(codes(await call('POST', `${bindings}/${String(packs?.['id'])}/check`, {}))).toEqual([
      409,
      1012,
      'of_the_pack',
    ]);
    await call('DELETE', HS);
    expect(codes(await call('POST', `${bindings}/check`, FIND))).toEqual([409, 1012, 'not_connected']);
    expect(codes(await trying('note_person', { arguments: { surname: 'Hopper' }, onlyPlan: true }))).toEqual([
      409,
      1012,
      'not_connected',
    ]);
  });
});
