import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '@app/testing';
import type { Page, Route } from 'playwright-core';
import { SIGNED_OUT } from './complaints.js';
import { ConsoleHouse, expectAccessible, fillIn } from './console-house.js';

const SETTINGS = '/settings/integrations/hubspot';
const STEP = 120_000;
/** What is half faded in has too little contrast. */
const STILL = { reducedMotion: 'reduce' } as const;
/** For a problem that time cures, as the API words it. */
const UNAVAILABLE = {
  status: 503,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    type: 'about:blank',
    title: 'Service Unavailable',
    status: 503,
    detail: 'Threadline is busy.',
    code: 3002,
    retryable: true,
    trace_id: 'a-trace',
  }),
};

let house: ConsoleHouse;

beforeAll(async () => {
  house = await ConsoleHouse.open({ DEMO: 'on' });
}, 120_000);

afterAll(async () => {
  await house?.close();
});

beforeEach(async () => {
  await house.call('POST', '/integrations/hubspot/disable');
  await house.sql.query('DELETE FROM conversations');
});

async function open(customer: object, text: string): Promise<string> {
  const messages = [{ author: 'customer', text }];
  const { id } = await house.call<{ id: string }>('POST', '/conversations', { channel: 'chat', customer, messages });
  return id;
}

/** Calls that are answered when the test says so. */
async function hold(
  page: Page,
  address: string,
  method = 'POST',
): Promise<{ held: Route[]; release: () => Promise<void> }> {
  const held: Route[] = [];
  await page.route(address, async (route) => {
    if (route.request().method() !== method) return route.continue();
    held.push(route);
  });
  return {
    held,
    release: async () => {
      await Promise.all(held.splice(0).map((route) => route.continue()));
    },
  };
}

const textsOf = async (id: string): Promise<string[]> =>
  (await house.call<{ messages: { text: string }[] }>('GET', `/conversations/${id}`)).messages.map(({ text }) => text);

describe('what an agent wrote', () => {
  it(
    'and could not be sent stays in the chat with the reason, whatever was sent after it, until it is sent again or taken back',
    async () => {
      const id = await open({ firstName: 'Ada' }, 'Hello?');
      await open({ firstName: 'Grace' }, 'Hi');
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson({ refusals: /\/replies → 503/, viewport: { width: 1280, height: 800 } });
        await house.signIn(page, `/desk/${id}`);
        const composer = page.getByLabel('Reply to Ada');
        const failing = new Set(['first', 'second']);
        await page.route('**/replies', (route) => {
          const { text } = route.request().postDataJSON() as { text: string };
          return failing.has(text) ? route.fulfill(UNAVAILABLE) : route.continue();
        });
        for (const text of ['first', 'second', 'third']) {
          await composer.fill(text);
          await composer.press('Enter');
        }
        const notSent = page.getByRole('log').getByRole('alert');
        await waitFor(async () => (await notSent.count()) === 2, { what: 'two that were not sent' });
        await notSent.first().getByText('Not sent. Threadline is busy. Try again in a moment.').waitFor();
        await expectAccessible(page);
        await waitFor(async () => (await textsOf(id)).includes('third'), { what: 'the third to be sent' });
        // Another chat and back: it stands there still.
        await page.getByRole('link', { name: /Grace/ }).click();
        await page.getByLabel('Reply to Grace').waitFor();
        await page.getByRole('link', { name: /Ada/ }).click();
        await waitFor(async () => (await notSent.count()) === 2, { what: 'both to be there again' });
        failing.clear();
        await notSent.filter({ hasText: 'first' }).getByRole('button', { name: 'Send again' }).click();
        await waitFor(async () => (await notSent.count()) === 1, { what: 'the first to be sent' });
        await composer.fill('and more');
        await notSent.getByRole('button', { name: 'Edit' }).click();
        await notSent.waitFor({ state: 'hidden' });
        expect(await composer.inputValue()).toBe('second\nand more');
        expect(await textsOf(id)).toEqual(['Hello?', 'third', 'first']);
      });
    },
    STEP,
  );

  it(
    'is there once, in the order of writing, also when the answers are slow; and a failure is told on other pages',
    async () => {
      const id = await open({ firstName: 'Ada' }, 'Hello?');
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson({ refusals: /\/replies → 503/, viewport: { width: 1280, height: 800 } });
        await house.signIn(page, `/desk/${id}`);
        const { held, release } = await hold(page, '**/replies');
        const composer = page.getByLabel('Reply to Ada');
        for (const text of ['one', 'two']) {
          await composer.fill(text);
          await composer.press('Enter');
        }
        await page.getByRole('log').getByText('two').waitFor();
        await waitFor(() => held.length === 1, { what: 'the first to be on its way' });
        await release();
        await waitFor(() => held.length === 1, { what: 'the second after it' });
        await release();
        await waitFor(async () => (await textsOf(id)).length === 3, { what: 'both' });
        expect(await textsOf(id)).toEqual(['Hello?', 'one', 'two']);

        await composer.fill('three');
        await composer.press('Enter');
        await waitFor(() => held.length === 1, { what: 'the third to be on its way' });
        await page.getByRole('link', { name: 'Deliveries', exact: true }).click();
        await page.getByText('No conversation has closed yet').waitFor();
        await held.pop()?.fulfill(UNAVAILABLE);
        await page.getByText('What you wrote to Ada was not sent').waitFor();
      });
    },
    STEP,
  );

  it(
    'and did not send yet, or sent as the session ended, is there again after another chat and the next sign-in',
    async () => {
      const id = await open({ firstName: 'Ada' }, 'Hello?');
      await open({ firstName: 'Grace' }, 'Hi');
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson({ refusals: SIGNED_OUT, viewport: { width: 1280, height: 800 } });
        // It is the reply that is refused: no event tells of the end before it.
        await page.route('**/events', () => undefined);
        await house.signIn(page, `/desk/${id}`);
        const composer = page.getByLabel('Reply to Ada');
        await composer.fill('I was just about to');
        await page.getByRole('link', { name: /Grace/ }).click();
        expect(await page.getByLabel('Reply to Grace').inputValue()).toBe('');
        await page.getByRole('link', { name: /Ada/ }).click();
        await waitFor(async () => (await composer.inputValue()) === 'I was just about to', { what: 'the draft' });
        await house.sql.query('DELETE FROM sessions');
        const { held, release } = await hold(page, '**/replies');
        await composer.press('Enter');
        // Two more wait for the first to be answered.
        for (const text of ['ask', 'something']) {
          await composer.fill(text);
          await composer.press('Enter');
        }
        await waitFor(() => held.length === 1, { what: 'the first to be on its way' });
        await page.unroute('**/replies');
        await release();
        await page.getByText('Your session ended. Sign in to go on where you were.').waitFor();
        await fillIn(page, house.admin);
        const words = 'I was just about to\nask\nsomething';
        await waitFor(async () => (await composer.inputValue()) === words, { what: 'the words again' });
        expect(await textsOf(id)).toEqual(['Hello?']);
      });
    },
    STEP,
  );

  it(
    'and was not sent before signing out, nor after it, stands where it was written; the next person is told nothing of it',
    async () => {
      await open({ firstName: 'Ada' }, 'Hello?');
      const id = await open({ firstName: 'Grace' }, 'Hi');
      await house.chromium.with(async (openPerson) => {
        const refusals = new RegExp(`/replies → 503|${SIGNED_OUT.source}`);
        const { page } = await openPerson({ ...STILL, refusals, viewport: { width: 1280, height: 800 } });
        await house.signIn(page, `/desk/${id}`);
        const { held } = await hold(page, '**/replies');
        const composer = page.getByRole('textbox', { name: /^Reply to/ });
        const write = async (text: string): Promise<void> => {
          await composer.fill(text);
          await composer.press('Enter');
          await waitFor(() => held.length === 1, { what: 'it to be on its way' });
        };
        const look = async (name: string): Promise<void> => {
          await page.getByRole('link', { name: new RegExp(name) }).click();
          await page.getByLabel(`Reply to ${name}`).waitFor();
        };
        await write('failed');
        await look('Ada');
        await held.pop()?.fulfill(UNAVAILABLE);
        const told = page.getByText('What you wrote to Grace was not sent');
        await told.waitFor();
        await write('on its way');
        await page.getByRole('button', { name: /^Account of/ }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
        await page.getByLabel('Password', { exact: true }).waitFor();
        await told.waitFor({ state: 'hidden' });
        await held.pop()?.fulfill(UNAVAILABLE);
        await fillIn(page, house.admin);
        await page.getByRole('link', { name: 'Desk', exact: true }).click();
        await look('Ada');
        await waitFor(async () => (await composer.inputValue()) === 'on its way', { what: 'the words to Ada' });
        await look('Grace');
        await waitFor(async () => (await composer.inputValue()) === 'failed', { what: 'the words to Grace' });
        expect(await page.getByText('was not sent').count()).toBe(0);
      });
    },
    STEP,
  );

  it(
    'first is one chat, also when the answer to it was lost and it is started again',
    async () => {
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson({ ...STILL, refusals: /^POST \/conversations → 503/ });
        await house.signIn(page, '/desk');
        let lost = 0;
        await page.route('**/conversations', async (route) => {
          if (route.request().method() !== 'POST' || lost > 0) return route.continue();
          lost += 1;
          expect((await route.fetch()).status()).toBe(201);
          await route.fulfill(UNAVAILABLE);
        });
        await page.getByRole('button', { name: 'Create New Chat' }).click();
        const dialog = page.getByRole('dialog', { name: 'Create New Chat' });
        await dialog.getByLabel('First name').fill('Ada');
        await dialog.getByLabel('Message').fill('Good morning');
        await dialog.getByRole('button', { name: 'Start chat' }).click();
        await dialog.getByText('Threadline is busy.').waitFor();
        await dialog.getByRole('button', { name: 'Start chat' }).click();
        await dialog.waitFor({ state: 'hidden' });
        const opened = await house.call<{ id: string }[]>('GET', '/conversations/open');
        expect(opened).toHaveLength(1);
        expect(await textsOf(String(opened[0]?.id))).toEqual(['Good morning']);
      });
    },
    STEP,
  );
});

describe('the desk by keyboard', () => {
  it(
    'leads from a chosen conversation to where one writes, and says in its title who waits',
    async () => {
      await open({ firstName: 'Ada' }, 'Hello?');
      await open({ firstName: 'Grace' }, 'Hi');
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson({ viewport: { width: 1280, height: 800 } });
        const focused = (): Promise<string> =>
          page.evaluate<string>('document.activeElement.ariaLabel ?? document.activeElement.id');
        await house.signIn(page, '/desk');
        await page.getByRole('link', { name: /Ada/ }).focus();
        expect(await page.title()).toBe('(2) Desk · Threadline');
        await page.keyboard.press('Enter');
        await waitFor(async () => (await focused()) === 'Reply to Ada', { what: 'the place to write' });
        await page.keyboard.type('Hello Ada');
        await page.keyboard.press('Enter');
        await page.getByRole('log').getByText('Hello Ada').waitFor();
        await waitFor(async () => (await page.title()) === '(1) Desk · Threadline', { what: 'Ada to be answered' });
        await page.getByRole('link', { name: /Grace/ }).focus();
        await page.keyboard.press('Enter');
        await waitFor(async () => (await focused()) === 'Reply to Grace', { what: 'the other place to write' });
        await page.getByRole('link', { name: 'Deliveries', exact: true }).focus();
        await page.keyboard.press('Enter');
        await waitFor(async () => (await focused()) === 'page', { what: 'the new page to be where one goes on' });
      });
    },
    STEP,
  );
});

describe('what was done is told', () => {
  it(
    'also when the page heard of it first: a token that connects closes its form before the answer comes',
    async () => {
      const { token } = await house.simulator.control.createPortal();
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson(STILL);
        await house.signIn(page, SETTINGS);
        await page.getByRole('button', { name: 'Integrate' }).click();
        await page.getByRole('tab', { name: 'Paste a token' }).click();
        const field = page.getByRole('textbox', { name: 'Private Access Token' });
        await field.fill(token);
        const mayAnswer = Promise.withResolvers<void>();
        await page.route('**/hubspot/connect', async (route) => {
          const response = await route.fetch();
          await mayAnswer.promise;
          await route.fulfill({ response });
        });
        await page.getByRole('button', { name: 'Test and connect' }).click();
        await page.getByText('HubSpot is connected. Syncing is not enabled yet.').waitFor();
        await field.waitFor({ state: 'hidden' });
        mayAnswer.resolve();
        await page.getByText('HubSpot accepted the token, and the connection is stored.').waitFor();
        await expectAccessible(page);
      });
    },
    STEP,
  );

  it(
    'of each of several replays that are on their way at once, also on another page',
    async () => {
      await house.connect({ enable: true });
      await house.call('PATCH', '/integrations/hubspot/writeback', { onNoMatch: 'skip' });
      for (const firstName of ['Charles', 'Mary']) {
        const id = await open({ firstName, email: `${firstName.toLowerCase()}@example.com` }, 'Hi');
        await house.call('POST', `/conversations/${id}/close`, {});
      }
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson({ ...STILL, refusals: /\/replay → 503/ });
        await house.signIn(page, '/deliveries');
        const { held } = await hold(page, '**/replay');
        await page.getByRole('button', { name: 'Replay Charles' }).click();
        await waitFor(() => held.length === 1, { what: 'the first replay' });
        await page.getByRole('button', { name: 'Replay Mary' }).click();
        await waitFor(() => held.length === 2, { what: 'the second replay' });
        await page.getByRole('link', { name: 'Desk', exact: true }).click();
        await page.getByText('Choose a conversation').waitFor();
        await held[0]?.fulfill(UNAVAILABLE);
        await page.getByText('The delivery was not replayed').waitFor();
        await held[1]?.continue();
        await page.getByText('The delivery is back in line.').waitFor();
        await expectAccessible(page);
      });
    },
    STEP,
  );
});

describe('settings', () => {
  it.each([
    ['hears of it', true],
    ['is refused to save', false],
  ])(
    'that someone else saved meanwhile take nothing typed away without a word, for who %s',
    async (_, hears) => {
      await house.connect({ enable: true });
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson({ refusals: /^PATCH \/integrations\/hubspot\/writeback → 412, code 1016/ });
        if (!hears) await page.route('**/events', () => undefined);
        await house.signIn(page, SETTINGS);
        const country = page.getByRole('combobox', { name: 'Default country' });
        await country.fill('germ');
        await page.getByRole('option', { name: 'Germany (DE)' }).click();
        await house.call('PATCH', '/integrations/hubspot/writeback', { mode: 'summary' });
        const save = page.getByRole('button', { name: 'Save', exact: true });
        if (!hears) await save.click();
        await page.getByText('Someone else has saved these meanwhile.').waitFor();
        await expectAccessible(page);
        expect(await country.inputValue()).toBe('Germany (DE)');
        expect(await save.isDisabled()).toBe(true);
        await page.getByRole('button', { name: 'Show what is saved now' }).click();
        await page.getByRole('radio', { name: 'Summary', exact: true, checked: true }).waitFor();
        expect(await country.inputValue()).toBe('');
        expect(await page.getByText('Someone else').count()).toBe(0);
        await country.fill('germ');
        await page.getByRole('option', { name: 'Germany (DE)' }).click();
        await save.click();
        await page.getByText('Interaction logging is saved.').waitFor();
        expect(await house.call('GET', '/integrations/hubspot/writeback')).toMatchObject({
          mode: 'summary',
          defaultCountry: 'DE',
        });
      });
    },
    STEP,
  );
});

describe('while the connection is inactive', () => {
  it(
    'what waits says so, at the deliveries and below the closed chat, with the way to the connection',
    async () => {
      await house.connect({ enable: true });
      await house.call('DELETE', '/integrations/hubspot');
      const id = await open({ firstName: 'Ada', email: 'ada@example.com' }, 'Hello?');
      await house.call('POST', `/conversations/${id}/close`, {});
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson();
        await house.signIn(page, `/desk/${id}`);
        const words = 'HubSpot is disconnected: deliveries wait until it is connected again.';
        await page.getByRole('region', { name: 'Chat', exact: true }).getByText(words).waitFor();
        await page.getByRole('link', { name: 'Delivery', exact: true }).click();
        await page.getByRole('dialog', { name: 'Delivery' }).getByText('Pending').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('main').getByText(words).waitFor();
        await expectAccessible(page);
        await page.getByRole('link', { name: 'To the connection' }).click();
        await page.getByText('The connection is inactive. History and settings are kept.').waitFor();
      });
    },
    STEP,
  );
});

describe('a page that hears nothing any more', () => {
  it(
    'says that what it shows may be old, until it hears again',
    async () => {
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson({ ...STILL, refusals: /^GET \/events → 503/ });
        await page.route('**/events', (route) => route.fulfill(UNAVAILABLE));
        await house.signIn(page, '/desk');
        await page.getByText('Live updates are interrupted').waitFor();
        await expectAccessible(page);
        await page.unroute('**/events');
        await page.getByText('Live updates are interrupted').waitFor({ state: 'hidden' });
      });
    },
    STEP,
  );
});
