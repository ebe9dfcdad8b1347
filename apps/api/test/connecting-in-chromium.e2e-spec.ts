import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type AppCredentials,
  createTestDatabase,
  makeAppEnvironment,
  type SpawnedProgram,
  startApi,
  type StartedApi,
  startSimulator,
  startWorker,
  type TestDatabase,
  type TestSimulator,
  waitFor,
} from '@app/testing';
import type { Page } from 'playwright-core';
import { Client } from 'pg';
import { Chromium, type Person } from './chromium.js';
import { SIGNED_OUT } from './complaints.js';
import { fillIn, signInByCall } from './console-house.js';

const SETTINGS = '/settings/integrations/hubspot';
const CALLBACK = '/integrations/hubspot/oauth/callback';
const PASSWORD = 'a long enough password';
const COLLEAGUE = 'colleague@tenant.example';
const AGENT = 'agent@tenant.example';
const STEP = 120_000;
const TRACE_ID = /\b[0-9a-f]{32}\b/;

const app = { clientId: 'threadline-in-chromium', clientSecret: randomBytes(24).toString('hex') };

let chromium: Chromium;
let simulator: TestSimulator;
let database: TestDatabase;
let admin: Client;
let api: StartedApi;
let worker: SpawnedProgram;
let credentials: AppCredentials;
/** As a person types it: the public address, not the one it listens at. */
let home: string;
let hubId: number;

beforeAll(async () => {
  [chromium, simulator, database] = await Promise.all([Chromium.launch(), startSimulator(), createTestDatabase()]);
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  const extra = { HUBSPOT_CLIENT_ID: app.clientId, HUBSPOT_CLIENT_SECRET: app.clientSecret };
  const made = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: simulator.url, extra });
  credentials = made.credentials;
  [api, worker] = await Promise.all([startApi({ env: made.env }), startWorker({ env: made.env })]);
  home = api.url.replace('127.0.0.1', 'localhost');
  await simulator.control.call('POST', '/apps', { ...app, redirectUrls: [home + CALLBACK] });
  await chromium.with(async (open) => {
    const { page } = await open();
    await signIn(page, credentials.adminEmail, credentials.adminPassword);
    for (const [email, role] of [
      [COLLEAGUE, 'admin'],
      [AGENT, 'agent'],
    ] as const) {
      const data = { email, role, password: PASSWORD };
      const made = await page.request.post(`${home}/users`, { data, headers: { origin: home } });
      if (!made.ok()) throw new Error(`${email} was not made: ${await made.text()}`);
    }
  });
}, 120_000);

afterAll(async () => {
  await Promise.all([chromium?.close(), admin?.end(), api?.stop(), worker?.stop(), simulator?.stop()]);
  await database?.drop();
});

/** Each test begins with an account of its own in HubSpot, and no connection. */
beforeEach(async () => {
  const { portals } = await simulator.control.call<{ portals: { hubId: number }[] }>('GET', '/portals');
  for (const portal of portals) await simulator.control.removePortal(portal.hubId);
  ({ hubId } = await simulator.control.createPortal({ token: false, name: 'Lovelace & Daughters' }));
  await call('POST', '/integrations/hubspot/disable');
});

/** What is read here of answers about the connection. */
interface Connecting {
  status: string;
  oauthUrl: string;
}

/** As another system would: with an API key. */
async function call(method: string, path: string, body?: unknown): Promise<{ status: number; data: Connecting }> {
  const response = await fetch(api.url + path, {
    method,
    headers: {
      authorization: `Bearer ${credentials.apiKey}`,
      ...(method === 'POST' && { 'content-type': 'application/json' }),
    },
    body: method === 'POST' ? JSON.stringify(body ?? {}) : undefined,
  });
  return { status: response.status, data: ((await response.json()) as { data: Connecting }).data };
}

async function status(): Promise<string> {
  return (await call('GET', '/integrations/hubspot')).data.status;
}

/** @returns the start link to be opened by a person. */
async function begin(): Promise<string> {
  return (await call('POST', '/integrations/hubspot/connect')).data.oauthUrl;
}

async function signIn(page: Page, email: string, password: string, path = SETTINGS): Promise<void> {
  await signInByCall(page, home, { email, password });
  await page.goto(home + path);
}

const adminOf = ({ adminEmail, adminPassword }: AppCredentials): { email: string; password: string } => ({
  email: adminEmail,
  password: adminPassword,
});

const signInAdmin = (page: Page, next?: string): Promise<void> =>
  signIn(page, credentials.adminEmail, credentials.adminPassword, next);

/** @returns the new tab, in which HubSpot asks. */
async function pressConnect(page: Page): Promise<Page> {
  await page.getByRole('button', { name: /^(Integrate|Connect again)$/ }).click();
  const opening = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Login to HubSpot' }).click();
  const tab = await opening;
  await consentIsAsked(tab);
  return tab;
}

async function consentIsAsked(page: Page): Promise<void> {
  await page.getByRole('heading', { name: /to your account$/ }).waitFor();
  expect(new URL(page.url()).origin).toBe(simulator.url);
}

async function signInIsAsked(page: Page): Promise<void> {
  await page.waitForURL(({ pathname }) => pathname === '/sign-in');
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
}

async function signOut(page: Page, email: string): Promise<void> {
  await page.getByRole('button', { name: `Account of ${email}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await signInIsAsked(page);
}

async function agree(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Grant access' }).click();
}

/** Agrees on HubSpot's page, but keeps the address it leads back to from being opened. @returns that address. */
async function agreeAndHold(page: Page): Promise<string> {
  let address = '';
  // A redirect can't be stopped where it leads to, only where it comes from.
  await page.route('**/oauth/authorize/decide', async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    address = response.headers()['location'] ?? '';
    await route.fulfill({ status: 200, contentType: 'text/html', body: 'held' });
  });
  await agree(page);
  await page.getByText('held').waitFor();
  await page.unroute('**/oauth/authorize/decide');
  expect(new URL(address).pathname).toBe(CALLBACK);
  return address;
}

/** The page of a failed return from HubSpot: what it says, and how to go on. */
async function expectRefusal(
  { page, statuses }: Person,
  { status: httpStatus, code, reason }: { status: number; code: number; reason?: string },
): Promise<void> {
  await page.getByRole('heading', { name: 'HubSpot was not connected' }).waitFor();
  expect(statuses.at(-1)).toMatch(new RegExp(`^${httpStatus} `));
  const text = await page.innerText('main');
  expect(text).toContain(`code ${code}`);
  if (reason !== undefined) expect(text).toContain(reason);
  expect(text).toMatch(TRACE_ID);
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { scrollWidth, innerWidth } = (await page.evaluate(
    'Object.assign({}, { scrollWidth: document.documentElement.scrollWidth, innerWidth })',
  )) as { scrollWidth: number; innerWidth: number };
  expect(scrollWidth).toBeLessThanOrEqual(innerWidth);
}

describe('an admin in Chromium', () => {
  it(
    'signs in, connects on HubSpot’s consent page, and comes back connected; then transcripts go out',
    async () => {
      await chromium.with(async (open) => {
        const { page } = await open();
        await page.goto(home + SETTINGS);
        await signInIsAsked(page);
        await fillIn(page, adminOf(credentials));
        await page.waitForURL(home + SETTINGS);
        await page.getByText('HubSpot is not connected.').waitFor();

        const tab = await pressConnect(page);
        await page.getByText('Waiting for HubSpot.').waitFor();
        await agree(tab);
        await tab.waitForURL(`${home}${SETTINGS}?connect=connected`);
        await tab.getByText('You can close this tab').waitFor();
        await tab.close();
        // The first tab noticed by itself.
        await page.getByText('HubSpot is connected. Syncing is not enabled yet.').waitFor();
        await page.getByText(/scopes are granted/).click();
        const text = await page.innerText('main');
        for (const fact of [
          'installer@',
          String(hubId),
          'crm.objects.contacts.write',
          'To find the contact of a conversation',
        ])
          expect(text).toContain(fact);
        expect(await status()).toBe('connected');

        await page.getByRole('button', { name: 'Enable' }).click();
        const dialog = page.getByRole('dialog', { name: 'Enable syncing' });
        await dialog.getByRole('radio', { name: 'Transcript', exact: true, checked: true }).waitFor();
        await dialog.getByRole('radio', { name: 'Create a contact', checked: true }).waitFor();
        await dialog.getByText('Anything closed before this moment, now or ever').waitFor();
        await dialog.getByRole('button', { name: 'Enable' }).click();
        await page.getByText('HubSpot is connected and syncing.').waitFor();
        expect(await status()).toBe('active');

        const closed = await call('POST', '/conversations', {
          channel: 'chat',
          customer: { email: 'ada@customers.example', firstName: 'Ada' },
          closedAt: new Date().toISOString(),
          messages: [{ author: 'customer', text: 'Is it there yet?' }],
        });
        expect(closed.status).toBe(202);
        await waitFor(async () => (await simulator.control.records(hubId, 'notes')).length === 1, { what: 'the note' });
      });
    },
    STEP,
  );

  it(
    'has several accounts in HubSpot: chooses one, and sees at the next time which it was',
    async () => {
      const other = await simulator.control.createPortal({ token: false, name: 'Hopper Ltd' });
      await chromium.with(async (open) => {
        const { page } = await open();
        await signInAdmin(page);
        const tab = await pressConnect(page);
        expect(await tab.getByRole('radio', { checked: true }).count()).toBe(0);
        // The browser asks for a choice; nothing is sent without one.
        await agree(tab);
        await consentIsAsked(tab);
        await tab.getByRole('radio', { name: /Hopper Ltd/ }).check();
        await agree(tab);
        await page.getByText(`portal ${other.hubId}`).waitFor();
        await tab.close();
        const again = await pressConnect(page);
        await again.getByRole('radio', { name: /Hopper Ltd.*installed already/ }).waitFor();
        expect(await again.getByText('installed already').count()).toBe(1);
      });
    },
    STEP,
  );

  it(
    'declines in HubSpot, and reads on the settings page that nothing was connected',
    async () => {
      await chromium.with(async (open) => {
        const { page } = await open();
        await signInAdmin(page);
        const tab = await pressConnect(page);
        await tab.getByRole('button', { name: 'Decline' }).click();
        await tab.waitForURL(`${home}${SETTINGS}?connect=declined`);
        await tab.getByText('Nothing was connected: the request was declined in HubSpot.').waitFor();
        await tab.getByText('HubSpot is not connected.').waitFor();
        expect(await status()).toBe('disconnected');
      });
    },
    STEP,
  );

  it(
    'grants only a part, and reads by name what is missing',
    async () => {
      await chromium.with(async (open) => {
        const person = await open();
        const { page } = person;
        await signInAdmin(page);
        const tab = await pressConnect(page);
        for (const scope of ['crm.objects.contacts.write', 'crm.objects.owners.read']) {
          await tab.getByLabel(scope).uncheck();
        }
        await agree(tab);
        await expectRefusal({ ...person, page: tab }, { status: 403, code: 2005, reason: 'missing_scopes' });
        const text = await tab.innerText('main');
        expect(text).toContain('crm.objects.contacts.write');
        expect(text).toContain('crm.objects.owners.read');
        expect(text).not.toContain('crm.schemas.contacts.read');
        expect(await status()).toBe('disconnected');
      });
    },
    STEP,
  );

  it.each([
    [
      'ran out',
      async (_page: Page) => {
        await admin.query('UPDATE oauth_attempts SET expires_at = now()');
      },
      'disconnected',
    ],
    [
      'was used',
      async (page: Page, address: string) => {
        await page.goto(address);
        await page.waitForURL(`${home}${SETTINGS}?connect=connected`);
      },
      'connected',
    ],
  ] as [string, (page: Page, address: string) => Promise<void>, string][])(
    'comes back with a state that %s, reads why not, and connects by the button on that page',
    async (_, spoil, before) => {
      await chromium.with(async (open) => {
        const person = await open();
        const { page } = person;
        await signInAdmin(page);
        const tab = await pressConnect(page);
        const address = await agreeAndHold(tab);
        await spoil(page, address);
        await tab.goto(address);
        await expectRefusal({ ...person, page: tab }, { status: 400, code: 2014, reason: 'state_mismatch' });
        expect(await status()).toBe(before);

        await tab.getByRole('link', { name: 'Connect HubSpot' }).click();
        await consentIsAsked(tab);
        await agree(tab);
        await tab.waitForURL(`${home}${SETTINGS}?connect=connected`);
        expect(await status()).toBe('connected');
      });
    },
    STEP,
  );

  it(
    'is refused with a forged state cookie',
    async () => {
      await chromium.with(async (open) => {
        const person = await open();
        const { page, context } = person;
        await signInAdmin(page);
        const tab = await pressConnect(page);
        const address = await agreeAndHold(tab);
        const cookie = (await context.cookies(home + CALLBACK)).find(({ name }) => name === 'threadline_connect');
        if (cookie === undefined) throw new Error('no state cookie was set');
        expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
        await context.addCookies([{ ...cookie, value: cookie.value.replace(/.{43}$/, 'A'.repeat(43)) }]);
        await tab.goto(address);
        await expectRefusal({ ...person, page: tab }, { status: 400, code: 2014, reason: 'invalid_state_cookie' });
        expect(await status()).toBe('disconnected');
      });
    },
    STEP,
  );

  it(
    'is signed out: the settings ask to sign in again, and the way back from HubSpot is closed',
    async () => {
      await chromium.with(async (open) => {
        const person = await open({ refusals: SIGNED_OUT });
        const { page } = person;
        await signInAdmin(page);
        const tab = await pressConnect(page);
        const address = await agreeAndHold(tab);
        await signOut(page, credentials.adminEmail);
        await tab.goto(address);
        await expectRefusal({ ...person, page: tab }, { status: 401, code: 2012 });
        await page.goto(home + SETTINGS);
        await signInIsAsked(page);
        expect(await status()).toBe('disconnected');
      });
    },
    STEP,
  );
});

describe('a second browser', () => {
  it(
    'that is not signed in opens the start link: sign-in comes first, and then on to HubSpot and back',
    async () => {
      await chromium.with(async (open) => {
        const { page } = await open();
        await page.goto(await begin());
        await signInIsAsked(page);
        await fillIn(page, adminOf(credentials));
        await consentIsAsked(page);
        await agree(page);
        await page.waitForURL(`${home}${SETTINGS}?connect=connected`);
        expect(await status()).toBe('connected');
      });
    },
    STEP,
  );

  it(
    'can’t open a start link that the first one opened',
    async () => {
      await chromium.with(async (open) => {
        const [first, second] = [await open(), await open()];
        await signInAdmin(first.page);
        await signIn(second.page, COLLEAGUE, PASSWORD);
        const link = await begin();
        await first.page.goto(link);
        await consentIsAsked(first.page);
        await second.page.goto(link);
        await expectRefusal(second, { status: 400, code: 2014, reason: 'state_mismatch' });
        expect(await status()).toBe('disconnected');
      });
    },
    STEP,
  );

  it.each([
    ['of a colleague', COLLEAGUE, { status: 400, code: 2014, reason: 'missing_state_cookie' }],
    ['of an agent', AGENT, { status: 403, code: 2005, reason: 'admin_required' }],
    ['of nobody who is signed in', undefined, { status: 401, code: 2012 }],
  ])(
    '%s opens the address that leads the first one back: refused, and the first one’s own return still works',
    async (_, email, refusal) => {
      await chromium.with(async (open) => {
        const [first, second] = [await open(), await open()];
        await signInAdmin(first.page);
        const tab = await pressConnect(first.page);
        const address = await agreeAndHold(tab);
        if (email !== undefined) await signIn(second.page, email, PASSWORD);
        await second.page.goto(address);
        await expectRefusal(second, refusal);
        expect(await status()).toBe('disconnected');

        await tab.goto(address);
        await tab.waitForURL(`${home}${SETTINGS}?connect=connected`);
        expect(await status()).toBe('connected');
      });
    },
    STEP,
  );

  it(
    'of a colleague who begins too can’t bring the first one’s answer back',
    async () => {
      await chromium.with(async (open) => {
        const [first, second] = [await open(), await open()];
        await signInAdmin(first.page);
        await signIn(second.page, COLLEAGUE, PASSWORD);
        const [ours, theirs] = [await pressConnect(first.page), await pressConnect(second.page)];
        await theirs.goto(await agreeAndHold(ours));
        await expectRefusal({ ...second, page: theirs }, { status: 400, code: 2014, reason: 'state_mismatch' });
        expect(await status()).toBe('disconnected');
      });
    },
    STEP,
  );

  it(
    'of an agent sees the connection but no button, and is told who may connect',
    async () => {
      await chromium.with(async (open) => {
        const person = await open();
        const { page } = person;
        await signIn(page, AGENT, PASSWORD);
        await page.getByText('An admin connects HubSpot.').waitFor();
        await page.getByText('HubSpot is not connected.').waitFor();
        expect(await page.getByRole('button', { name: 'Integrate' }).count()).toBe(0);
        await page.goto(`${home}${SETTINGS}/connect`);
        await expectRefusal(person, { status: 403, code: 2005, reason: 'admin_required' });
        // Connecting again as the same agent would lead nowhere.
        await page.getByRole('link', { name: 'Sign in as an admin' }).click();
        await page.getByText(`You are signed in as ${AGENT}.`).waitFor();
        await fillIn(page, adminOf(credentials));
        await page.waitForURL(home + SETTINGS);
        await page.getByRole('button', { name: 'Integrate' }).waitFor();
      });
    },
    STEP,
  );
});

describe('the pages', () => {
  it(
    'never lead from sign-in to another site',
    async () => {
      await chromium.with(async (open) => {
        const { page, context } = await open();
        await page.route(
          ({ hostname }) => hostname === 'evil.example',
          (route) => route.fulfill({ body: 'gotcha' }),
        );
        for (const next of [
          'https://evil.example/',
          '//evil.example/',
          '/\\evil.example/',
          '/\t/evil.example/',
          '/x/..//evil.example/',
          'javascript:alert(1)',
          'http://localhost@evil.example/',
        ]) {
          // Nothing is asked any more by the page of the last round.
          await page.goto('about:blank');
          await context.clearCookies();
          await page.goto(`${home}/sign-in?${new URLSearchParams({ next }).toString()}`);
          await fillIn(page, adminOf(credentials));
          await page.getByRole('button', { name: `Account of ${credentials.adminEmail}` }).waitFor();
          expect([next, new URL(page.url()).origin]).toEqual([next, home]);
        }
      });
    },
    STEP,
  );

  it(
    'say so when the password is wrong, and sign in by the keyboard alone',
    async () => {
      await chromium.with(async (open) => {
        const { page, statuses } = await open({
          refusals: /^POST \/auth\/login → 401, code 2004 \(wrong_credentials\)$/,
        });
        await page.goto(`${home}/sign-in?next=${SETTINGS}`);
        await fillIn(page, { ...adminOf(credentials), password: 'not the password' });
        await page.getByText('Email or password is wrong.').waitFor();
        await page.getByLabel('Password', { exact: true }).fill(credentials.adminPassword);
        await page.keyboard.press('Enter');
        await page.waitForURL(home + SETTINGS);
        await page.getByRole('heading', { level: 1, name: 'HubSpot' }).waitFor();
        // Within the page that was open: no other document was loaded.
        expect(statuses).toEqual(['200 /sign-in']);
      });
    },
    STEP,
  );

  it(
    'fit a screen of 320 px without scrolling sideways',
    async () => {
      await chromium.with(async (open) => {
        const person = await open({ viewport: { width: 320, height: 640 } });
        const { page } = person;
        await page.goto(home + SETTINGS);
        await expectNoSidewaysScroll(page);
        await signInAdmin(page);
        await expectNoSidewaysScroll(page);
        const tab = await pressConnect(page);
        await agree(tab);
        await page.getByText('Syncing is not enabled yet').waitFor();
        await expectNoSidewaysScroll(page);
        await tab.goto(`${home}${CALLBACK}?code=x&state=x`);
        await expectRefusal({ ...person, page: tab }, { status: 400, code: 2014 });
        await expectNoSidewaysScroll(tab);
        for (const path of ['/settings/api-keys', '/settings/users', '/settings/audit', '/nothing']) {
          await page.goto(home + path);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await expectNoSidewaysScroll(page);
        }
      });
    },
    STEP,
  );
});
