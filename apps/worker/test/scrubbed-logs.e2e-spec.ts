import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newApiKey } from '@app/tenants';
import { type House, openHouse } from './house.js';

const MESSAGE = 'my cat is called Schrodinger';
const PHONE = '+4930901820';
const EMAIL = 'private.person@example.com';

let house: House;

beforeAll(async () => {
  house = await openHouse({ logLevel: 'trace' });
}, 60_000);

afterAll(async () => {
  await house.stop();
});

async function signIn(password: string): Promise<string> {
  const response = await fetch(`${house.api.url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: house.credentials.adminEmail, password }),
  });
  return /=([\w-]{43});/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
}

it('nothing that API and worker print holds a token, key, password, session, message text or customer', async () => {
  const { tenant, api, credentials, simulator, hubId } = house;
  const session = await signIn(credentials.adminPassword);
  expect(session).toHaveLength(43);
  await signIn('a password that was mistyped');
  const guessed = newApiKey();
  await fetch(`${api.url}/conversations?cursor=${guessed}`, { headers: { authorization: `Bearer ${guessed}` } });

  const conversation = {
    channel: 'chat',
    customer: { email: EMAIL, phone: PHONE, firstName: 'Erwina' },
    closedAt: new Date().toISOString(),
    messages: [{ author: 'customer', text: MESSAGE }],
  };
  // One that is written, one that HubSpot fails first, and one that is refused here.
  await simulator.control.addFault({ hubId, times: 2, actions: [{ kind: 'status', status: 500 }] });
  expect((await tenant.post('/conversations', conversation)).status).toBe(202);
  await house.settled();
  await tenant.post('/conversations', { ...conversation, channel: MESSAGE });
  await tenant.post('/integrations/hubspot/connect', { accessToken: 'pat-na1-of-someone-else' });

  const printed = [...api.lines(), ...house.worker().lines()].join('\n');
  expect(printed).toContain('"level":"debug"');
  expect(printed).toContain('/auth/login');
  const secrets = {
    apiKey: credentials.apiKey,
    guessed,
    password: credentials.adminPassword,
    mistyped: 'a password that was mistyped',
    session,
    token: house.accessToken,
    otherToken: 'pat-na1-of-someone-else',
    message: MESSAGE,
    email: EMAIL,
    phone: PHONE,
    name: 'Erwina',
    ring: house.encryptionKey,
  };
  const found = Object.entries(secrets).filter(([, secret]) => printed.includes(secret));
  expect(found.map(([name]) => name)).toEqual([]);
}, 60_000);
