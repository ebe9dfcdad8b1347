import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { knowSecret, waitFor } from '@app/testing';
import type { Page, Request } from 'playwright-core';
import { ENDED_ELSEWHERE, SIGNED_OUT } from './complaints.js';
import { ConsoleHouse, expectAccessible, fillIn } from './console-house.js';

const SETTINGS = '/settings/integrations/hubspot';
const PASSWORD = 'a long enough password';
const AGENT = { email: 'agent@settings.example', password: PASSWORD };
const STEP = 120_000;

let house: ConsoleHouse;

beforeAll(async () => {
  house = await ConsoleHouse.open();
  await house.chromium.with(async (open) => {
    const { page } = await open();
    await house.signIn(page, SETTINGS);
    const data = { ...AGENT, role: 'agent' };
    const made = await page.request.post(`${house.home}/users`, { data, headers: { origin: house.home } });
    if (!made.ok()) throw new Error(`the agent was not made: ${await made.text()}`);
  });
}, 120_000);

afterAll(async () => {
  await house?.close();
});

/** Each journey begins with no connection and no account in HubSpot. */
beforeEach(async () => {
  await house.simulator.control.clearFaults();
  await house.call('POST', '/integrations/hubspot/disable');
  const { portals } = await house.simulator.control.call<{ portals: { hubId: number }[] }>('GET', '/portals');
  for (const { hubId } of portals) await house.simulator.control.removePortal(hubId);
});

const banner = (page: Page, text: string): Promise<void> => page.getByText(text).waitFor();

const isProperties = (request: Request): boolean => request.url().endsWith('/hubspot/properties');

async function confirm(page: Page, dialog: string, action: string): Promise<void> {
  const asked = page.getByRole('dialog', { name: dialog });
  await asked.getByRole('button', { name: action, exact: true }).click();
  await asked.waitFor({ state: 'hidden' });
}

describe('the connection', () => {
  it(
    'goes through its states, each in words, with what can be done next',
    async () => {
      await house.chromium.with(async (open) => {
        const { page } = await open();
        await house.signIn(page, SETTINGS);
        await banner(page, 'HubSpot is not connected.');
        expect(await page.getByRole('heading', { name: 'Interaction logging' }).count()).toBe(0);

        const { token } = await house.connect();
        // Nobody reloads: the page hears of it.
        await banner(page, 'HubSpot is connected. Syncing is not enabled yet.');
        await page.getByRole('button', { name: 'Enable', exact: true }).click();
        await page.getByRole('radio', { name: 'Skip the conversation' }).last().check();
        await page.getByText('Conversations that match no contact in HubSpot').waitFor();
        await confirm(page, 'Enable syncing', 'Enable');
        await banner(page, 'HubSpot is connected and syncing.');
        expect(await house.call('GET', '/integrations/hubspot/writeback')).toMatchObject({
          mode: 'transcript',
          onNoMatch: 'skip',
          effective: true,
        });

        await page.getByRole('radio', { name: 'Off', exact: true }).check();
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await banner(page, 'It is not writing transcripts');

        await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
        await page.getByText('The tokens: revoked in HubSpot and deleted here').waitFor();
        await confirm(page, 'Disconnect HubSpot?', 'Disconnect');
        await banner(page, 'The connection is inactive. History and settings are kept.');

        // The same account again goes on where it was: by a token this time.
        await page.getByRole('button', { name: 'Connect again' }).click();
        await page.getByRole('tab', { name: 'Paste a token' }).click();
        await page.getByRole('textbox', { name: 'Private Access Token' }).fill(token);
        await page.getByRole('button', { name: 'Test and connect' }).click();
        await banner(page, 'HubSpot is connected and syncing.');

        await page.getByRole('button', { name: 'Disable', exact: true }).click();
        await page.getByText('Deliveries that wait: they are skipped and never written').waitFor();
        await confirm(page, 'Disable the HubSpot integration?', 'Disable and wipe');
        await banner(page, 'HubSpot is not connected.');
        await page.getByRole('button', { name: 'Integrate' }).waitFor();
      });
    },
    STEP,
  );

  it(
    'is ended while something is read of HubSpot: that is given up, and not asked for again',
    async () => {
      await house.chromium.with(async (open) => {
        const { page } = await open();
        await house.connect({ enable: true });
        const [asked, givenUp]: string[][] = [[], []];
        page.on('request', (request) => isProperties(request) && asked?.push(request.method()));
        page.on('requestfailed', (request) => isProperties(request) && givenUp?.push(request.method()));
        // Answered by nobody before the end.
        await page.route('**/hubspot/properties', () => undefined);
        await house.signIn(page, SETTINGS);
        await waitFor(() => asked?.length === 1, { what: 'the properties to be asked for' });
        // Whatever is shown is read anew at the worst moment: the connection has ended, and the page doesn't know.
        await page.route('**/integrations/hubspot', async (route) => {
          if (route.request().method() !== 'DELETE') return route.continue();
          const response = await route.fetch();
          await page.evaluate(`dispatchEvent(new Event('visibilitychange'))`);
          await route.fulfill({ response });
        });
        await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
        await confirm(page, 'Disconnect HubSpot?', 'Disconnect');
        await banner(page, 'The connection is inactive. History and settings are kept.');
        expect([asked, givenUp]).toEqual([['GET'], ['GET']]);
      });
    },
    STEP,
  );

  it(
    'says what to do when HubSpot refuses the token',
    async () => {
      await house.chromium.with(async (open) => {
        const { page } = await open({ refusals: ENDED_ELSEWHERE });
        const { token } = await house.connect({ enable: true });
        await house.signIn(page, SETTINGS);
        await banner(page, 'HubSpot is connected and syncing.');
        await house.simulator.control.revokeToken(token);
        await house.call('POST', '/conversations', {
          channel: 'chat',
          customer: { email: 'ada@customers.example' },
          closedAt: new Date().toISOString(),
          messages: [{ author: 'customer', text: 'Hello?' }],
        });
        await banner(page, 'HubSpot refuses the connection: someone must act.');
        await page.getByText('Deliveries wait until this is mended; none is lost.').waitFor();
        const { problem } = await house.call<{ problem: { detail: string } }>('GET', '/integrations/hubspot');
        await page.getByText(problem.detail).waitFor();
        await page.getByRole('button', { name: 'Connect again' }).waitFor();
        await expectAccessible(page);
      });
    },
    STEP,
  );

  it(
    'refuses a token that HubSpot doesn’t know, or can’t ask about, in words, and keeps what was typed',
    async () => {
      await house.chromium.with(async (open) => {
        const { page } = await open({ refusals: /^POST \/integrations\/hubspot\/connect → (4|502)/ });
        const { token } = await house.simulator.control.createPortal();
        await house.signIn(page, SETTINGS);
        await page.getByRole('button', { name: 'Integrate' }).click();
        await page.getByRole('tab', { name: 'Paste a token' }).click();
        const field = page.getByRole('textbox', { name: 'Private Access Token' });
        await field.fill('pat-na1-nobody-knows-this-one');
        await page.getByRole('button', { name: 'Test and connect' }).click();
        await page.getByText('HubSpot does not accept this token').waitFor();
        await page.getByText('A Super Admin should make the token').waitFor();

        await house.simulator.control.addFault({ actions: [{ kind: 'status', status: 503 }] });
        await field.fill(token);
        await page.getByRole('button', { name: 'Test and connect' }).click();
        await page.getByText('Nothing was stored; try again later').waitFor();
        expect(await field.inputValue()).toBe(token);

        await house.simulator.control.clearFaults();
        await page.getByRole('button', { name: 'Test and connect' }).click();
        await banner(page, 'HubSpot is connected. Syncing is not enabled yet.');
      });
    },
    STEP,
  );

  it(
    'is only looked at by an agent',
    async () => {
      await house.chromium.with(async (open) => {
        const { page } = await open({ refusals: /^GET \/users → 403, code 2005/ });
        await house.connect({ enable: true });
        await house.signIn(page, SETTINGS, AGENT);
        await banner(page, 'HubSpot is connected and syncing.');
        await page.getByRole('checkbox', { name: 'Allow HubSpot searching in outbound' }).waitFor();
        for (const name of ['Disconnect', 'Disable', 'Connect again', 'Save', 'Save Options']) {
          expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
        }
        expect(await page.getByRole('radio', { name: 'Off', exact: true }).isDisabled()).toBe(true);
        expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
        await page.goto(`${house.home}/settings/users`);
        await page.getByText('Only an admin may do this').waitFor();
      });
    },
    STEP,
  );
});

describe('the desk where there is no demo', () => {
  it(
    'neither offers a customer’s window nor asks for one',
    async () => {
      await house.chromium.with(async (open) => {
        const { page } = await open();
        const asked: string[] = [];
        page.on('request', (request) => asked.push(new URL(request.url()).pathname));
        await house.signIn(page, '/desk', AGENT);
        await page.getByText('A conversation appears here the moment a customer writes.').waitFor();
        expect(asked).toContain('/conversations/open');
        expect(asked.filter((path) => path.startsWith('/demo'))).toEqual([]);
        expect(await page.getByRole('button', { name: /Write as a customer/ }).count()).toBe(0);
      });
    },
    STEP,
  );
});

describe('interaction logging and options', () => {
  it(
    'are saved as chosen; the second option only with the first; and asked about first',
    async () => {
      await house.chromium.with(async (open) => {
        const { page } = await open();
        await house.connect({ enable: true });
        await house.signIn(page, SETTINGS);
        await page.getByRole('radio', { name: 'Summary and transcript' }).check();
        await page.getByRole('combobox', { name: 'Default country' }).fill('germ');
        await page.getByRole('option', { name: 'Germany (DE)' }).click();
        await page.getByRole('combobox', { name: 'Ignored numbers' }).fill('030 12345678');
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page.getByText('Interaction logging is saved.').waitFor();
        expect(await house.call('GET', '/integrations/hubspot/writeback')).toMatchObject({
          mode: 'summary_transcript',
          defaultCountry: 'DE',
          ignoredNumbers: ['030 12345678'],
        });

        const search = page.getByRole('checkbox', { name: 'Allow HubSpot searching in outbound' });
        const only = page.getByRole('checkbox', { name: 'Only allow HubSpot matches in outbound' });
        expect(await only.isDisabled()).toBe(true);
        await search.check();
        await page.getByText('Such a contact is created in HubSpot when the chat closes.').waitFor();
        await only.check();
        const picker = page.getByRole('combobox', { name: 'Properties shown in the panel' });
        await picker.fill('job');
        await page.getByRole('option', { name: 'Job Title' }).click();
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Save Options' }).click();
        const dialog = page.getByRole('dialog', { name: 'Save these options?' });
        await dialog.getByText('A chat needs a contact chosen from HubSpot').waitFor();
        await dialog.getByText('The panel shows 1 further property').waitFor();
        await expectAccessible(page);
        await confirm(page, 'Save these options?', 'Save Options');
        await page.getByText('Options are saved.').waitFor();
        const options = { outboundSearch: true, outboundOnlyMatches: true, panelProperties: ['jobtitle'] };
        expect(await house.call('GET', '/integrations/hubspot/options')).toEqual(options);

        await search.uncheck();
        expect([await only.isChecked(), await only.isDisabled()]).toEqual([false, true]);
      });
    },
    STEP,
  );

  it(
    'say what is wrong with a number, and keep the rest of what was typed',
    async () => {
      await house.chromium.with(async (open) => {
        const { page } = await open({ refusals: /^PATCH \/integrations\/hubspot\/writeback → 400, code 1003/ });
        await house.connect({ enable: true });
        await house.signIn(page, SETTINGS);
        await page.getByRole('radio', { name: 'Summary', exact: true }).check();
        await page.getByRole('combobox', { name: 'Ignored numbers' }).fill('not a number');
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page.getByText('ignoredNumbers[0] is not a phone number').waitFor();
        expect(await page.getByRole('radio', { name: 'Summary', exact: true }).isChecked()).toBe(true);
      });
    },
    STEP,
  );

  it(
    'show in one browser what was saved in another',
    async () => {
      await house.chromium.with(async (open) => {
        const [first, second] = [await open(), await open()];
        await house.connect({ enable: true });
        await Promise.all([house.signIn(first.page, SETTINGS), house.signIn(second.page, SETTINGS)]);
        await second.page.getByRole('radio', { name: 'Transcript', exact: true, checked: true }).waitFor();
        await first.page.getByRole('radio', { name: 'Summary', exact: true }).check();
        await first.page.getByRole('button', { name: 'Save', exact: true }).click();
        await second.page.getByRole('radio', { name: 'Summary', exact: true, checked: true }).waitFor();
        await first.page.getByRole('checkbox', { name: 'Allow HubSpot searching in outbound' }).check();
        await first.page.getByRole('button', { name: 'Save Options' }).click();
        await confirm(first.page, 'Save these options?', 'Save Options');
        const search = second.page.getByRole('checkbox', { name: 'Allow HubSpot searching in outbound' });
        await waitFor(() => search.isChecked(), { what: 'the option to be shown' });
        expect(await second.page.getByRole('radio', { name: 'Summary', exact: true }).isChecked()).toBe(true);
      });
    },
    STEP,
  );

  it(
    'stay usable while HubSpot is down: only its properties can’t be chosen, and it says so',
    async () => {
      await house.chromium.with(async (open) => {
        const { page } = await open({ refusals: /\/properties → 502, code 3004 \(hubspot_down\)$/ });
        await house.connect({ enable: true });
        await house.simulator.control.addFault({ route: 'properties.*', actions: [{ kind: 'status', status: 503 }] });
        await house.signIn(page, SETTINGS);
        await page.getByText('HubSpot’s properties can’t be read now').waitFor({ timeout: 30_000 });
        await page.getByRole('checkbox', { name: 'Allow HubSpot searching in outbound' }).check();
        await page.getByRole('button', { name: 'Save Options' }).click();
        await confirm(page, 'Save these options?', 'Save Options');
        await page.getByText('Options are saved.').waitFor();
        expect(await house.call('GET', '/integrations/hubspot/options')).toMatchObject({ outboundSearch: true });
      });
    },
    STEP,
  );
});

describe('a session', () => {
  it.each([
    ['hears of it', true],
    ['is refused a call', false],
  ])(
    'that ends while a page is open, which %s, leads to signing in and back to that page',
    async (_, hasEvents) => {
      await house.chromium.with(async (open) => {
        const { page } = await open({ refusals: SIGNED_OUT });
        // A stream that never begins.
        if (!hasEvents) await page.route('**/events', () => undefined);
        await house.connect({ enable: true });
        await house.signIn(page, SETTINGS);
        await page.getByRole('radio', { name: 'Summary', exact: true }).check();
        await house.sql.query('DELETE FROM sessions');
        if (!hasEvents) await page.getByRole('button', { name: 'Save', exact: true }).click();
        await page.getByText('Your session ended. Sign in to go on where you were.').waitFor();
        await expectAccessible(page);
        await fillIn(page, house.admin);
        await page.waitForURL(house.home + SETTINGS);
        await banner(page, 'HubSpot is connected and syncing.');
        expect(await house.call('GET', '/integrations/hubspot/writeback')).toMatchObject({ mode: 'transcript' });
      });
    },
    STEP,
  );

  it(
    'that is signed out in one tab is signed out in the other',
    async () => {
      await house.chromium.with(async (open) => {
        const { page, context } = await open({ refusals: SIGNED_OUT });
        await house.signIn(page, SETTINGS);
        const other = await context.newPage();
        await other.goto(`${house.home}/settings/users`);
        await other.getByRole('table', { name: 'Users' }).waitFor();
        await page.getByRole('button', { name: /^Account of/ }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
        await page.getByRole('button', { name: 'Sign in' }).waitFor();
        await other.getByRole('button', { name: 'Sign in' }).waitFor();
        expect(new URL(other.url()).searchParams.get('next')).toBe('/settings/users');
      });
    },
    STEP,
  );
});

describe('keys and people', () => {
  it(
    'are made, changed and taken away, and the audit log tells of it',
    async () => {
      await house.chromium.with(async (open) => {
        const { page } = await open();
        await house.signIn(page, '/settings/api-keys');
        await page.getByRole('button', { name: 'Create API key' }).first().click();
        await page.getByLabel('Name').fill('Help desk of the suite');
        await page.getByRole('button', { name: 'Create', exact: true }).click();
        await page.getByText('Copy the key now').waitFor();
        const key = await page.getByRole('dialog').locator('pre').innerText();
        knowSecret('API key', key);
        expect(key).toMatch(/^tl_live_[\w-]{43}$/);
        const conversations = (): Promise<Response> =>
          fetch(`${house.home}/conversations`, { headers: { authorization: `Bearer ${key}` } });
        expect((await conversations()).status).toBe(200);
        await expectAccessible(page);
        await page.getByRole('button', { name: 'Done' }).click();
        expect(await page.getByText(key).count()).toBe(0);
        await page.getByRole('button', { name: 'Revoke Help desk of the suite' }).click();
        await confirm(page, 'Revoke Help desk of the suite?', 'Revoke');
        expect((await conversations()).status).toBe(401);

        await page.getByRole('link', { name: 'Users' }).click();
        await page.getByRole('button', { name: 'Add user' }).click();
        await page.getByLabel('Email').fill('grace@settings.example');
        await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
        await page.getByRole('button', { name: 'Add', exact: true }).click();
        await page.getByRole('cell', { name: 'grace@settings.example', exact: true }).waitFor();
        await page.getByRole('button', { name: 'Change grace@settings.example' }).click();
        await page.getByRole('menuitem', { name: 'Make them an admin' }).click();
        await confirm(page, 'Make grace@settings.example an admin?', 'Make admin');
        await page.getByRole('button', { name: 'Change grace@settings.example' }).click();
        await page.getByRole('menuitem', { name: 'Let out' }).click();
        await confirm(page, 'Let grace@settings.example out?', 'Let out');
        await page.getByText('Let out', { exact: true }).waitFor();

        await page.getByRole('link', { name: 'Audit log' }).click();
        const log = page.getByRole('table', { name: 'Audit log' });
        await log.getByText('name: Help desk of the suite').first().waitFor();
        for (const words of ['created an API key', 'revoked an API key', 'let a person in', 'changed a person']) {
          expect(await log.getByText(words).count()).toBeGreaterThan(0);
        }
        await page.getByRole('combobox', { name: 'Show only' }).click();
        await page.getByRole('option', { name: 'Who revoked an API key' }).click();
        await waitFor(async () => (await log.getByText('created an API key').count()) === 0, { what: 'the filter' });
        await log.getByText('revoked an API key').first().waitFor();
      });
    },
    STEP,
  );

  it(
    'can’t lock out the last admin, and it says why',
    async () => {
      await house.chromium.with(async (open) => {
        const { page } = await open({ refusals: /^PATCH \/users\/.* → 409, code 1012 \(last_admin\)$/ });
        await house.signIn(page, '/settings/users');
        await page.getByRole('button', { name: `Change ${house.admin.email}` }).click();
        await page.getByRole('menuitem', { name: 'Let out' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('button', { name: 'Let out' }).click();
        const alert = dialog.getByRole('alert');
        await alert.waitFor();
        expect(await alert.innerText()).toMatch(/admin/);
      });
    },
    STEP,
  );
});
