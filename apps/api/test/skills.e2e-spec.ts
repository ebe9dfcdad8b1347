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
  waitFor,
} from '@app/testing';
import { Client } from 'pg';
import { Browser, type Page } from './browser.js';

const HS = '/integrations/hubspot';
/** It never passes by itself: a test that needs it to have passed says so. */
const SETTLE_SECONDS = 300;
const CARD = '4111 1111 1111 1111';

let database: TestDatabase;
let simulator: TestSimulator;
/** Two processes of one installation. */
let apis: [StartedApi, StartedApi];
let portal: MadePortal;
let apiKey: string;
let agent: string;

const dataOf = ({ body }: Page) => body['data'] as Record<string, unknown>;
const codes = ({ status, body }: Page): unknown => [status, body['code'], body['reason']];
const NOTHING: Readonly<Record<string, string>> = {};

/** Holds every answer against openapi.json. */
function call(method: string, path: string, body?: unknown, { of = 0, headers = NOTHING } = {}): Promise<Page> {
  const { url } = apis[of] ?? apis[0];
  return new Browser(url, '').call(method, path, { body, headers: { authorization: `Bearer ${apiKey}`, ...headers } });
}

const run = (skill: string, body: object, options?: { of?: number; headers?: Record<string, string> }): Promise<Page> =>
  call('POST', `${agent}/skills/${skill}/execute`, body, options);

/** Asks, and says yes. */
async function runConfirmed(skill: string, body: object, options?: { of?: number }): Promise<Page> {
  return runToTheEnd(skill, { ...body, confirmation: await tokenFor(skill, body) }, options);
}

const isPassing = ({ body }: Page): boolean => body['code'] === 3002;

/** Asked again under the same token for as long as the answer is to: other tests may have the machine. */
async function runToTheEnd(skill: string, body: object, options?: { of?: number }): Promise<Page> {
  return waitFor(
    async () => {
      const answer = await run(skill, body, options);
      return isPassing(answer) ? undefined : answer;
    },
    { what: `${skill} to be done`, intervalMs: 100 },
  );
}

/** What was sent without an answer can't come any more. */
const settleTimePasses = (): Promise<unknown> =>
  inDatabase(`UPDATE skill_writes SET settles_at = now() WHERE state = 'unknown'`);

async function tokenFor(skill: string, body: object): Promise<string> {
  const asked = await run(skill, body);
  expect([asked.status, dataOf(asked)]).toMatchObject([200, { outcome: 'confirmation_required' }]);
  return (dataOf(asked)['confirmation'] as { token: string }).token;
}

async function makeSkill(body: { toolName: string; operation: string } & Record<string, unknown>): Promise<string> {
  const made = await call('POST', `${agent}${HS}/bindings`, { description: 'A skill', enabled: true, ...body });
  expect([made.status, made.body]).toMatchObject([201, {}]);
  const one = `${agent}${HS}/bindings/${String(dataOf(made)['id'])}`;
  const headers = { 'if-match': made.headers.get('etag') ?? '' };
  if (body.operation === 'restWrite')
    expect((await call('PATCH', one, { enabled: true }, { headers })).status).toBe(200);
  return one;
}

async function converse(): Promise<string> {
  const opened = await call('POST', '/conversations', { channel: 'voice', customer: { phone: '+4917612345678' } });
  return dataOf(opened)['id'] as string;
}

const callbackFor = async (contactId: string) => ({
  arguments: { subject: 'Callback', contact_id: contactId },
  conversationId: await converse(),
});

const contactIds = async (): Promise<string[]> =>
  (await simulator.control.records(portal.hubId, 'contacts')).map(({ id }) => id);

async function contactOf(id: string): Promise<Record<string, string | null>> {
  return (await simulator.control.record(portal.hubId, 'contacts', id)).properties;
}

const input = (name: string, rest: object = {}) => ({ name, description: name, ...rest });
const sets = (field: string, name: string) => ({ field, value: { input: name } });

const inHubSpot = (method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${simulator.url}/crm/properties/2026-09/contacts${path}`, {
    method,
    headers: { authorization: `Bearer ${portal.token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });

beforeAll(async () => {
  [database, simulator] = await Promise.all([createTestDatabase(), startSimulator()]);
  portal = await simulator.control.createPortal({
    seed: { contacts: 0 },
    limits: { staticPer10s: null, searchPerSecond: null },
  });
  const extra = { UNKNOWN_OUTCOME_SETTLE_SECONDS: String(SETTLE_SECONDS), HUBSPOT_TIMEOUT_SECONDS: '20' };
  const made = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: simulator.url, extra });
  ({ apiKey } = made.credentials);
  apis = [await startApi({ env: made.env }), await startApi({ env: made.env })];
  agent = `/agents/${String(dataOf(await call('POST', '/agents', { name: 'Reception', kind: 'voice' }))['id'])}`;
  await call('POST', `${HS}/connect`, { accessToken: portal.token });
  await call('POST', `${HS}/discover`);
  await makeSkill({
    toolName: 'look_up_person',
    operation: 'restSearch',
    restSearch: {
      object: 'contacts',
      where: [
        [{ field: 'phone', operator: 'EQ', value: { input: 'number' } }],
        [{ field: 'lastname', operator: 'EQ', value: { input: 'surname' } }],
      ],
      select: ['firstname', 'lastname', 'phone'],
      take: { many: 2, paging: false },
    },
    inputs: [input('number', { required: false, type: 'phone' }), input('surname', { required: false })],
    projection: [{ field: 'firstname', as: 'name' }],
  });
  await makeSkill({
    toolName: 'note_person',
    operation: 'restWrite',
    restWrite: {
      action: 'findOrCreate',
      object: 'contacts',
      key: sets('phone', 'number'),
      set: [sets('firstname', 'name')],
    },
    inputs: [input('number', { type: 'phone' }), input('name', { required: false })],
  });
  await makeSkill({
    toolName: 'change_person',
    operation: 'restWrite',
    restWrite: {
      action: 'update',
      object: 'contacts',
      id: { input: 'contact_id' },
      set: [sets('lastname', 'surname')],
    },
    inputs: [input('contact_id'), input('surname')],
  });
  await makeSkill({
    toolName: 'open_case',
    operation: 'restWrite',
    restWrite: {
      action: 'create',
      object: 'tickets',
      set: [
        sets('subject', 'subject'),
        { field: 'hs_pipeline', value: { constant: '0' } },
        { field: 'hs_pipeline_stage', value: { constant: '1' } },
      ],
      associate: [{ to: 'contacts', id: { input: 'contact_id' } }],
    },
    inputs: [input('subject'), input('contact_id', { required: false })],
  });
}, 90_000);

afterAll(async () => {
  await Promise.all(apis.map((api) => api.stop()));
  await simulator.stop();
  await database.drop();
});

describe('a skill that looks something up', () => {
  it('finds by the number itself, and shows what the projection names', async () => {
    const [known = ''] = await simulator.control.createRecords(portal.hubId, 'contacts', [
      { properties: { firstname: 'Ada', lastname: 'Lovelace', phone: '+49 30 901820' } },
      { properties: { firstname: 'Other', lastname: 'Land', phone: '+43 30 901820' } },
    ]);
    await simulator.control.advanceClock(60_000);
    const found = await run('look_up_person', { arguments: { number: '0049 30 901820' } });
    expect(dataOf(found)).toEqual({
      outcome: 'found',
      message: 'I found one contact.',
      records: [{ id: known, values: { name: 'Ada' } }],
    });
    const nobody = await run('look_up_person', { arguments: { surname: 'Nobody' } });
    expect(dataOf(nobody)).toEqual({ outcome: 'found', message: 'I found no contact.', records: [] });
  });

  it('says what is wrong with its arguments, each with its place', async () => {
    const answer = await run('look_up_person', { arguments: { number: 'soon', colour: 'red' } });
    expect([answer.status, answer.body]).toMatchObject([
      400,
      {
        code: 1002,
        reason: 'invalid_arguments',
        errors: [
          { field: 'arguments.number', reason: 'not_a_phone_number' },
          { field: 'arguments.colour', reason: 'unknown_input' },
        ],
      },
    ]);
    expect(codes(await run('look_up_person', {}))).toEqual([400, 1002, 'invalid_arguments']);
    expect(codes(await run('note_person', {}))).toEqual([400, 1001, 'invalid_arguments']);
    expect(codes(await run('look_up_person', { arguments: [] }))).toEqual([400, 1002, undefined]);
  });

  it('is not there, switched off, or of another conversation', async () => {
    expect(codes(await run('no_such_skill', {}))).toEqual([404, 2011, 'unknown_skill']);
    expect(codes(await run('look_up_person', { conversationId: 'nobody' }))).toEqual([404, 2002, undefined]);
    const one = await makeSkill({
      toolName: 'all_people',
      operation: 'restSearch',
      restSearch: { object: 'contacts', where: [], select: ['firstname'], take: { many: 1, paging: true } },
      inputs: [],
    });
    const first = dataOf(await run('all_people', {}));
    const second = dataOf(await run('all_people', { arguments: { cursor: first['nextCursor'] } }));
    expect(first['records']).not.toEqual(second['records']);
    await call('PATCH', one, { enabled: false });
    expect(codes(await run('all_people', {}))).toEqual([409, 1012, 'skill_disabled']);
  });

  it('says when to try again where HubSpot is slow, within its limit', async () => {
    const { hubId } = portal;
    await simulator.control.addFault({ hubId, path: '**/search', times: 1, actions: [{ kind: 'delay', ms: 8_000 }] });
    const answer = await run('look_up_person', { arguments: { surname: 'Lovelace' } });
    expect([codes(answer), answer.body['retryable']]).toEqual([[503, 3002, 'hubspot_slow'], true]);
    await simulator.control.clearFaults(hubId);
  });
});

describe('a skill that writes', () => {
  it('asks first, in words that name what was said, and writes once with the token', async () => {
    const body = { arguments: { subject: 'Printer on fire' } };
    const before = (await simulator.control.records(portal.hubId, 'tickets')).length;
    const asked = await run('open_case', body);
    expect(dataOf(asked)['message']).toMatch(/^Shall I create a new ticket with .*“Printer on fire”\?$/);
    expect(await simulator.control.records(portal.hubId, 'tickets')).toHaveLength(before);
    const { token } = dataOf(asked)['confirmation'] as { token: string };
    const [one, again] = [
      await run('open_case', { ...body, confirmation: token }),
      await run('open_case', { ...body, confirmation: token }, { of: 1 }),
    ];
    expect(dataOf(one)).toMatchObject({ outcome: 'created', records: [{ values: { subject: 'Printer on fire' } }] });
    expect(dataOf(again)['records']).toEqual(dataOf(one)['records']);
    expect(await simulator.control.records(portal.hubId, 'tickets')).toHaveLength(before + 1);
  });

  it('holds a token to what was agreed', async () => {
    const conversationId = await converse();
    const body = { arguments: { subject: 'Door' }, conversationId };
    const confirmation = await tokenFor('open_case', body);
    const outcomeWith = async (skill: string, other: object): Promise<unknown> =>
      codes(await run(skill, { ...body, confirmation, ...other }));
    const mismatch = [409, 1012, 'confirmation_mismatch'];
    expect(await outcomeWith('open_case', { arguments: { subject: 'Window' } })).toEqual(mismatch);
    expect(await outcomeWith('open_case', { conversationId: undefined })).toEqual(mismatch);
    expect(await outcomeWith('open_case', { confirmation: 'confirm_none' })).toEqual([
      409,
      1012,
      'confirmation_unknown',
    ]);
    await inDatabase(`UPDATE skill_writes SET expires_at = now() - interval '1 second' WHERE state = 'asked'`);
    expect(await outcomeWith('open_case', {})).toEqual([409, 1012, 'confirmation_expired']);
  });

  it('is answered the same under the same Idempotency-Key', async () => {
    const body = { arguments: { subject: 'Lift' } };
    const confirmed = { ...body, confirmation: await tokenFor('open_case', body) };
    const headers = { 'idempotency-key': 'lift' };
    const [one, again] = [
      await run('open_case', confirmed, { headers }),
      await run('open_case', confirmed, { headers }),
    ];
    expect([again.headers.get('idempotency-replayed'), dataOf(again)]).toEqual(['true', dataOf(one)]);
  });

  it('says what HubSpot refuses, and never that again under the same token', async () => {
    const body = { arguments: { subject: 'Roof', contact_id: '999999999' } };
    const confirmed = { ...body, confirmation: await tokenFor('open_case', body) };
    expect(codes(await run('open_case', confirmed))).toEqual([409, 1012, 'unknown_related_record']);
    expect(codes(await run('open_case', confirmed))).toEqual([409, 1012, 'confirmation_used']);
  });

  it('makes one contact of the same caller, also in two processes at once, while search lags', async () => {
    await simulator.control.changePortal(portal.hubId, { searchLagMs: 30_000 });
    const before = (await contactIds()).length;
    const body = { arguments: { number: '+4915112345678', name: 'Grace' } };
    const tokens = await Promise.all([0, 1, 2, 3].map(() => tokenFor('note_person', body)));
    const answers = await Promise.all(
      tokens.map((confirmation, index) => runToTheEnd('note_person', { ...body, confirmation }, { of: index % 2 })),
    );
    const outcomes = answers.map((answer) => dataOf(answer)['outcome']);
    expect(outcomes.toSorted()).toEqual(['already_there', 'already_there', 'already_there', 'created']);
    const ids = new Set(answers.map((answer) => JSON.stringify(dataOf(answer)['records']).match(/"id":"(\d+)"/)?.[1]));
    expect([ids.size, (await contactIds()).length]).toEqual([1, before + 1]);
    const later = await runConfirmed('note_person', { arguments: { number: '0049 151 12345678' } }, { of: 1 });
    expect(dataOf(later)).toMatchObject({ outcome: 'already_there', message: 'The contact was there already.' });
    await simulator.control.changePortal(portal.hubId, { searchLagMs: 0 });
  });

  it('looks up what it may have written, and never writes it twice', async () => {
    const { hubId } = portal;
    const before = (await contactIds()).length;
    const body = { arguments: { number: '+4915187654321', name: 'Lost' } };
    const confirmed = { ...body, confirmation: await tokenFor('note_person', body) };
    const path = '/crm/objects/*/contacts';
    await simulator.control.addFault({
      hubId,
      path,
      method: 'POST',
      times: 1,
      actions: [{ kind: 'reset', when: 'after' }],
    });
    expect(codes(await run('note_person', confirmed))).toEqual([503, 3002, 'outcome_unknown']);
    expect((await contactIds()).length).toBe(before + 1);
    const other = { ...body, confirmation: await tokenFor('note_person', body) };
    expect(codes(await run('note_person', other, { of: 1 }))).toEqual([503, 3002, 'outcome_unknown']);
    await settleTimePasses();
    const settled = await runToTheEnd('note_person', other, { of: 1 });
    const again = await run('note_person', confirmed);
    expect(dataOf(again)['records']).toEqual(dataOf(settled)['records']);
    expect((await contactIds()).length).toBe(before + 1);
  }, 30_000);

  it('takes no other caller’s record for one that was lost, and knows its own when it was moved on', async () => {
    const { hubId } = portal;
    const [one = '', two = ''] = await simulator.control.createRecords(hubId, 'contacts', [
      { properties: { firstname: 'One' } },
      { properties: { firstname: 'Two' } },
    ]);
    const callbacks = async () =>
      (await simulator.control.records(hubId, 'tickets')).filter(
        ({ properties }) => properties['subject'] === 'Callback',
      );
    const lose = async (body: object, when: 'before' | 'after'): Promise<object> => {
      const path = '/crm/objects/*/tickets';
      await simulator.control.addFault({ hubId, path, method: 'POST', times: 1, actions: [{ kind: 'reset', when }] });
      const confirmed = { ...body, confirmation: await tokenFor('open_case', body) };
      expect(codes(await run('open_case', confirmed))).toEqual([503, 3002, 'outcome_unknown']);
      await settleTimePasses();
      return confirmed;
    };
    expect(dataOf(await runConfirmed('open_case', await callbackFor(one)))).toMatchObject({ outcome: 'created' });
    const [others] = await callbacks();
    const never = await lose(await callbackFor(two), 'before');
    const made = dataOf(await runToTheEnd('open_case', never));
    expect(made).toMatchObject({ outcome: 'created' });
    expect(made).not.toMatchObject({ records: [{ id: others?.id }] });
    const lost = await lose(await callbackFor(two), 'after');
    const third = (await callbacks()).at(-1);
    expect(await callbacks()).toHaveLength(3);
    await fetch(`${simulator.url}/crm/objects/2026-09/tickets/${third?.id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${portal.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ properties: { hs_pipeline_stage: '2' } }),
    });
    expect(dataOf(await runToTheEnd('open_case', lost))).toMatchObject({ records: [{ id: third?.id }] });
    expect(await callbacks()).toHaveLength(3);
  });

  it('tells what came of a yes that was given long ago, and writes nothing more for it', async () => {
    const { hubId } = portal;
    const path = '/crm/objects/*/tickets';
    const subjects = async (): Promise<unknown[]> =>
      (await simulator.control.records(hubId, 'tickets')).map(({ properties }) => properties['subject']);
    const lose = async (subject: string, when: 'before' | 'after'): Promise<object> => {
      await simulator.control.addFault({ hubId, path, method: 'POST', times: 1, actions: [{ kind: 'reset', when }] });
      const body = { arguments: { subject } };
      const confirmed = { ...body, confirmation: await tokenFor('open_case', body) };
      expect(codes(await run('open_case', confirmed))).toEqual([503, 3002, 'outcome_unknown']);
      return confirmed;
    };
    const [made, lost] = [await lose('Made and lost', 'after'), await lose('Lost', 'before')];
    await inDatabase(`UPDATE skill_writes SET expires_at = now(), settles_at = now() WHERE state = 'unknown'`);
    expect(dataOf(await run('open_case', made))).toMatchObject({ outcome: 'created' });
    expect(codes(await run('open_case', lost))).toEqual([409, 1012, 'confirmation_expired']);
    expect(codes(await run('open_case', lost))).toEqual([409, 1012, 'confirmation_expired']);
    expect((await subjects()).filter((subject) => subject === 'Lost' || subject === 'Made and lost')).toEqual([
      'Made and lost',
    ]);
  });

  it('never twice at once for one conversation', async () => {
    const { hubId } = portal;
    const conversationId = await converse();
    const [one, two] = [
      { arguments: { subject: 'First' }, conversationId },
      { arguments: { subject: 'Second' }, conversationId },
    ];
    const [first, second] = [await tokenFor('open_case', one), await tokenFor('open_case', two)];
    const path = '/crm/objects/*/tickets';
    await simulator.control.addFault({
      hubId,
      path,
      method: 'POST',
      times: 1,
      actions: [{ kind: 'delay', ms: 10_000 }],
    });
    const working = run('open_case', { ...one, confirmation: first });
    await waitFor(async () => (await inDatabase(`SELECT FROM skill_writes WHERE state = 'writing'`)).length > 0, {
      what: 'the first to be sent',
      intervalMs: 50,
    });
    // Its id in another spelling is the same conversation.
    const spelt = { ...two, conversationId: conversationId.toUpperCase(), confirmation: second };
    const refused = await run('open_case', spelt, { of: 1 });
    expect([codes(refused), refused.body['retryable']]).toEqual([[503, 3002, 'write_in_progress'], true]);
    expect(codes(await working)).toEqual([503, 3002, 'still_working']);
    const done = await runToTheEnd('open_case', { ...one, confirmation: first }, { of: 1 });
    expect(dataOf(done)).toMatchObject({ outcome: 'created' });
    expect(dataOf(await runToTheEnd('open_case', spelt, { of: 1 }))).toMatchObject({ outcome: 'created' });
    const subjects = (await simulator.control.records(hubId, 'tickets')).map(({ properties }) => properties['subject']);
    expect(subjects.filter((subject) => subject === 'First' || subject === 'Second')).toHaveLength(2);
  }, 30_000);
});

describe('a skill that changes somebody', () => {
  it('does so for the verified caller alone', async () => {
    const [theirs = '', foreign = ''] = await simulator.control.createRecords(portal.hubId, 'contacts', [
      { properties: { firstname: 'Ada' } },
      { properties: { firstname: 'Eve' } },
    ]);
    const conversationId = await converse();
    const change = (id: string) => ({ arguments: { contact_id: id, surname: 'Byron' }, conversationId });
    const refused = [409, 1012, 'caller_not_verified'];
    expect(codes(await run('change_person', { arguments: change(theirs).arguments }))).toEqual(refused);
    expect(codes(await run('change_person', change(theirs)))).toEqual(refused);
    const verification = { contactId: theirs, method: 'one_time_code', verifiedBy: 'IVR' };
    const verified = await call('POST', `/conversations/${conversationId}/verification`, verification);
    expect([verified.status, dataOf(verified)]).toMatchObject([200, { contactId: theirs, conversationId }]);
    expect(codes(await run('change_person', change(foreign)))).toEqual(refused);
    expect(dataOf(await runConfirmed('change_person', change(theirs)))).toMatchObject({
      outcome: 'updated',
      records: [{ id: theirs }],
    });
    expect([await contactOf(theirs), await contactOf(foreign)]).toMatchObject([
      { lastname: 'Byron' },
      { firstname: 'Eve' },
    ]);
    const confirmation = await tokenFor('change_person', change(theirs));
    await call('POST', `/conversations/${conversationId}/close`, {});
    expect(codes(await run('change_person', { ...change(theirs), confirmation }))).toEqual(refused);
  });
});

describe('a skill that can’t run', () => {
  it('says what HubSpot no longer has', async () => {
    const field = { name: 'shoe_size', label: 'Shoe size', type: 'string', fieldType: 'text' };
    expect((await inHubSpot('POST', '', { ...field, groupName: 'contactinformation' })).status).toBe(201);
    await call('POST', `${HS}/discover`);
    await makeSkill({
      toolName: 'look_up_shoes',
      operation: 'restSearch',
      restSearch: { object: 'contacts', where: [], select: ['shoe_size'], take: 'one' },
      inputs: [],
    });
    expect((await run('look_up_shoes', {})).status).toBe(200);
    expect((await inHubSpot('DELETE', '/shoe_size')).status).toBe(204);
    await call('POST', `${HS}/discover`);
    const broken = await run('look_up_shoes', {});
    expect([codes(broken), broken.body['errors']]).toMatchObject([
      [409, 1012, 'skill_broken'],
      [{ field: 'restSearch.select[0]', reason: 'unknown_field' }],
    ]);
  });

  it('says that HubSpot is not connected', async () => {
    expect((await call('DELETE', HS)).status).toBe(200);
    expect(codes(await run('look_up_person', { arguments: { surname: 'Ada' } }))).toEqual([403, 2010, 'not_connected']);
    await call('POST', `${HS}/connect`, { accessToken: portal.token });
    expect((await run('look_up_person', { arguments: { surname: 'Ada' } })).status).toBe(200);
  });
});

describe('what AI agents did', () => {
  it('is written down without what nobody may keep, and goes with the AI agent', async () => {
    await run('open_case', { arguments: { subject: `Pay with ${CARD}` } });
    const rows = await inDatabase(`SELECT * FROM skill_runs ORDER BY id DESC LIMIT 1`);
    expect(rows).toMatchObject([
      { skill: 'open_case', outcome: 'confirmation_required', arguments: { subject: 'Pay with [card •••• 1111]' } },
    ]);
    const outcomes = await inDatabase(`SELECT DISTINCT outcome FROM skill_runs ORDER BY outcome`);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'already_there',
      'confirmation_required',
      'created',
      'failed',
      'found',
      'refused',
      'updated',
    ]);
    const audited = await inDatabase(`SELECT count(*)::int AS count FROM audit_log WHERE action = 'skill.wrote'`);
    expect(audited[0]?.['count']).toBeGreaterThan(4);
    expect((await call('DELETE', agent)).status).toBe(200);
    expect(await inDatabase(`SELECT FROM skill_runs`)).toEqual([]);
  });
});

async function inDatabase(sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
