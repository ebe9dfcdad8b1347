import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { knowSecret, waitFor } from '@app/testing';
import type { Page } from 'playwright-core';
import type { Person } from './chromium.js';
import { SIGNED_OUT } from './complaints.js';
import { ConsoleHouse, expectAccessible, fillIn } from './console-house.js';
import { look } from './look.js';

const STEP = 180_000;

let house: ConsoleHouse;
let hubId: number;

beforeAll(async () => {
  house = await ConsoleHouse.open({ DEMO: 'on' });
}, 120_000);

afterAll(async () => {
  await house?.close();
});

/** Each journey begins with an account of its own in HubSpot, no connection, and no conversation. */
beforeEach(async () => {
  await house.simulator.control.clearFaults();
  await house.call('POST', '/integrations/hubspot/disable');
  await house.sql.query('DELETE FROM conversations');
  const { portals } = await house.simulator.control.call<{ portals: { hubId: number }[] }>('GET', '/portals');
  for (const portal of portals) await house.simulator.control.removePortal(portal.hubId);
});

async function connectWith(contacts: readonly Record<string, string>[]): Promise<void> {
  const portal = await house.simulator.control.createPortal();
  hubId = portal.hubId;
  await house.simulator.control.createRecords(
    hubId,
    'contacts',
    contacts.map((properties) => ({ properties })),
  );
  await house.call('POST', '/integrations/hubspot/connect', { accessToken: portal.token });
  await house.call('POST', '/integrations/hubspot/enable', { mode: 'transcript', onNoMatch: 'skip' });
}

const ADA = { firstname: 'Ada', lastname: 'Lovelace', email: 'ada@example.com', phone: '+4917612345670' };
const GRACE = { firstname: 'Grace', lastname: 'Hopper', email: 'grace@example.com', phone: '+4917612345671' };

async function open(customer: object, text: string): Promise<string> {
  const messages = [{ author: 'customer', text }];
  const { id } = await house.call<{ id: string }>('POST', '/conversations', { channel: 'chat', customer, messages });
  return id;
}

async function closed(customer: object, text: string): Promise<string> {
  const id = await open(customer, text);
  await house.call('POST', `/conversations/${id}/close`, {});
  return id;
}

const notes = async (): Promise<string[]> =>
  (await house.simulator.control.records(hubId, 'notes')).map(({ properties }) => properties['hs_note_body'] ?? '');

async function closeChat(page: Page): Promise<void> {
  await page
    .getByRole('region', { name: 'Chat', exact: true })
    .getByRole('button', { name: 'Close', exact: true })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close conversation' }).click();
}

/** Opens the customer's window from the desk. */
async function writeAs({ page, context }: Person, customer: Readonly<Record<string, string>>): Promise<Page> {
  await page.getByRole('button', { name: /Write as a customer/ }).click();
  for (const [label, value] of Object.entries(customer)) await page.getByLabel(label).fill(value);
  const opening = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Open the customer’s window' }).click();
  const other = await opening;
  await other.waitForURL(/\/customer\//);
  knowSecret('demo link', other.url().split('/').at(-1));
  return other;
}

describe('a newcomer', () => {
  it(
    'connects, enables, chats with a customer in a second window, closes, and the note is in HubSpot',
    async () => {
      ({ hubId } = await house.simulator.control.createPortal({ token: false, name: 'Lovelace & Daughters' }));
      await house.chromium.with(async (openPerson) => {
        const person = await openPerson();
        const { page, context } = person;
        await house.signIn(page, '/settings/integrations/hubspot');
        await page.getByRole('button', { name: 'Integrate' }).click();
        const consenting = context.waitForEvent('page');
        await page.getByRole('link', { name: 'Login to HubSpot' }).click();
        const consent = await consenting;
        await consent.getByRole('button', { name: 'Grant access' }).click();
        await page.getByRole('button', { name: 'Enable', exact: true }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Enable', exact: true }).click();
        await page.getByText('HubSpot is connected and syncing.').waitFor();

        await page.getByRole('link', { name: 'Desk', exact: true }).click();
        const customer = await writeAs(person, { 'First name': 'Ada', 'Last name': 'Lovelace', Email: ADA.email });
        await customer.getByLabel('Write a message').fill('Where is my order?');
        await customer.keyboard.press('Enter');

        await page.getByRole('link', { name: /Ada Lovelace/ }).click();
        await page.getByRole('log').getByText('Where is my order?').waitFor();
        await page.getByText('No contact in HubSpot matches').waitFor();
        await page.getByLabel('Reply to Ada Lovelace').fill('On its way.');
        await page.keyboard.press('Enter');
        // Nobody reloads on either side.
        await customer.getByRole('log').getByText('On its way.').waitFor();
        await look(customer, 'customer');
        await closeChat(page);
        const link = page.getByRole('link', { name: /Open in HubSpot/ });
        await link.waitFor();
        expect(await link.getAttribute('href')).toContain(`/contacts/${hubId}/record/0-1/`);
        await customer.getByText('This chat has ended.').waitFor();

        const [note, ...others] = await notes();
        expect(others).toEqual([]);
        expect(note).toMatch(/Where is my order\?[^]*On its way\./);

        await customer.getByRole('button', { name: 'Begin a new chat' }).click();
        await customer.getByLabel('Write a message').waitFor();
        knowSecret('demo link', customer.url().split('/').at(-1));
      });
    },
    STEP,
  );
});

describe('the desk', () => {
  it(
    'shows the contact beside the chat, and says in words why there is none',
    async () => {
      await connectWith([ADA, GRACE]);
      const known = await open({ email: ADA.email, firstName: 'Ada' }, 'Hello?');
      const unknown = await open({ email: 'nobody@example.com' }, 'Hi there');
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson({ viewport: { width: 1280, height: 800 } });
        await house.signIn(page, `/desk/${known}`);
        const details = page
          .getByRole('complementary', { name: 'User Details' })
          .getByRole('region', { name: 'HubSpot' });
        await details.getByText('Ada Lovelace').waitFor();
        await details.getByText(ADA.phone).waitFor();
        expect(await details.getByRole('link').getAttribute('href')).toContain('/record/0-1/');
        await look(page, 'desk');

        await page.getByRole('link', { name: /nobody@example.com/ }).click();
        await details.getByText('No contact in HubSpot matches').waitFor();
        expect(page.url()).toContain(unknown);

        // HubSpot is down: the chat goes on.
        await house.simulator.control.addFault({ hubId, actions: [{ kind: 'status', status: 503 }] });
        const late = await open({ email: GRACE.email }, 'Are you there?');
        await page.getByRole('link', { name: /grace@example.com/ }).click();
        await details.getByText(/HubSpot (does not answer|is slow)/).waitFor();
        await page.getByLabel(`Reply to ${GRACE.email}`).fill('I am.');
        await page.getByRole('button', { name: 'Send' }).click();
        await page.getByRole('log').getByText('I am.').waitFor();
        await closeChat(page);
        await page.getByText('Its transcript is on the way to HubSpot').waitFor();
        // Back again, it is written by itself, and the desk says so.
        await house.simulator.control.clearFaults();
        await house.sql.query('UPDATE deliveries SET due_at = now() WHERE conversation_id = $1', [late]);
        await page.getByRole('link', { name: /Open in HubSpot/ }).waitFor({ timeout: 30_000 });
        expect(page.url()).toContain(late);
      });
    },
    STEP,
  );

  it(
    'finds contacts by name, email and phone, opens one without selecting it, and writes to exactly the one selected',
    async () => {
      await connectWith([ADA, GRACE]);
      await house.call('PATCH', '/integrations/hubspot/options', { outboundSearch: true, outboundOnlyMatches: false });
      await house.chromium.with(async (openPerson) => {
        const { page, context } = await openPerson({ viewport: { width: 1280, height: 800 } });
        await house.signIn(page, '/desk');
        await page.getByRole('button', { name: 'Create New Chat' }).click();
        const dialog = page.getByRole('dialog', { name: 'Create New Chat' });
        const search = dialog.getByLabel('Search HubSpot contacts');
        await dialog.getByText('Typed by hand: if nobody in HubSpot matches, the chat is not written').waitFor();
        for (const query of ['lovelace', ADA.email, ADA.phone]) {
          await search.fill(query);
          await dialog.getByRole('option', { name: /Ada Lovelace/ }).waitFor();
          expect(await dialog.getByRole('option').count()).toBe(1);
          await search.fill('');
        }
        await search.fill('ada');
        const opening = context.waitForEvent('page');
        await dialog.getByRole('link', { name: 'Open Ada Lovelace in HubSpot' }).click();
        const record = await opening;
        expect(record.url()).toContain('/record/0-1/');
        await record.close();
        expect(await dialog.getByLabel('Email').inputValue()).toBe('');
        await expectAccessible(page);

        await search.focus();
        await search.press('ArrowDown');
        await search.press('Enter');
        await dialog.getByText('The transcript goes to this contact in HubSpot').waitFor();
        expect(await dialog.getByLabel('First name').inputValue()).toBe('Ada');
        expect(await dialog.getByLabel('Last name').inputValue()).toBe('Lovelace');
        expect(await dialog.getByLabel('Email').inputValue()).toBe(ADA.email);
        expect(await dialog.getByLabel('Phone').inputValue()).toBe(ADA.phone);
        // Another email than the contact's: it is the contact that counts.
        await dialog.getByLabel('Email').fill('elsewhere@example.com');
        await dialog.getByLabel('Message').fill('Hello Ada, your order is ready.');
        await look(page, 'new-chat');
        await dialog.getByRole('button', { name: 'Start chat' }).click();
        await page.getByRole('log').getByText('Hello Ada, your order is ready.').waitFor();
        await closeChat(page);
        await page.getByRole('link', { name: /Open in HubSpot/ }).waitFor();
        const [note] = await house.simulator.control.records(hubId, 'notes');
        const [ada] = (await house.simulator.control.records(hubId, 'contacts')).filter(
          ({ properties }) => properties['email'] === ADA.email,
        );
        expect(note?.associations['contacts']?.map(({ id }) => id)).toEqual([ada?.id]);
      });
    },
    STEP,
  );

  it(
    'keeps what was closed, with what became of it',
    async () => {
      await connectWith([ADA]);
      const known = await closed({ email: ADA.email, firstName: 'Ada', lastName: 'Lovelace' }, 'Is it there yet?');
      await closed({ email: 'nobody@example.com' }, 'Hello?');
      await open({ email: GRACE.email }, 'Still open');
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson({ viewport: { width: 1280, height: 800 } });
        await house.signIn(page, '/desk');
        await page.getByRole('link', { name: /grace@example.com/ }).waitFor();
        await page.getByText('Closed', { exact: true }).click();
        const list = page.getByRole('list', { name: 'Closed conversations' });
        await list.getByRole('link', { name: /nobody@example.com.*Skipped/ }).waitFor();
        expect(await list.getByRole('link').count()).toBe(2);
        await list.getByRole('link', { name: /Ada Lovelace.*Written/ }).click();
        await page.getByRole('log').getByText('Is it there yet?').waitFor();
        await page.getByRole('link', { name: /Open in HubSpot/ }).waitFor();
        expect(await page.getByLabel(/^Reply to/).count()).toBe(0);
        expect(page.url()).toContain(known);
        await look(page, 'desk-closed');
      });
    },
    STEP,
  );

  it(
    'and the deliveries are come back to after a session ended there',
    async () => {
      await connectWith([ADA]);
      const id = await open({ email: ADA.email, firstName: 'Ada' }, 'Hello?');
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson({ refusals: SIGNED_OUT });
        for (const [path, landmark] of [
          [`/desk/${id}`, page.getByRole('log').getByText('Hello?')],
          ['/deliveries?status=failed', page.getByText('No delivery is like this')],
        ] as const) {
          await house.signIn(page, path);
          await landmark.waitFor();
          await house.sql.query('DELETE FROM sessions');
          await page.getByText('Your session ended. Sign in to go on where you were.').waitFor();
          await fillIn(page, house.admin);
          await landmark.waitFor();
          expect(page.url()).toBe(house.home + path);
        }
      });
    },
    STEP,
  );

  it(
    'on a phone has the contact and the customer’s side at hand',
    async () => {
      await connectWith([ADA]);
      const id = await open({ email: ADA.email, firstName: 'Ada', lastName: 'Lovelace' }, 'Hello?');
      await house.chromium.with(async (openPerson) => {
        const { page, context } = await openPerson({ viewport: { width: 390, height: 844 } });
        await house.signIn(page, `/desk/${id}`);
        await page.getByRole('log').getByText('Hello?').waitFor();
        await page.getByRole('button', { name: 'User Details' }).click();
        const drawer = page.getByRole('dialog', { name: 'User Details' });
        await drawer.getByRole('link', { name: 'Open the contact in HubSpot' }).waitFor();
        await look(page, 'desk-details');
        await page.keyboard.press('Escape');
        await drawer.waitFor({ state: 'hidden' });
        const opening = context.waitForEvent('page');
        await page.getByRole('button', { name: /^Customer’s side/ }).click();
        const customer = await opening;
        await customer.getByRole('log').getByText('Hello?').waitFor();
        knowSecret('demo link', customer.url().split('/').at(-1));
        expect(await customer.getByText('You are Ada Lovelace here').count()).toBe(1);
      });
    },
    STEP,
  );

  it(
    'lets nobody be written to who is no contact, when only matches are allowed',
    async () => {
      await connectWith([ADA]);
      await house.call('PATCH', '/integrations/hubspot/options', { outboundSearch: true, outboundOnlyMatches: true });
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson({ refusals: /\/contacts → 502, code 3004 \(hubspot_down\)$/ });
        await house.signIn(page, '/desk');
        await page.getByRole('button', { name: 'Create New Chat' }).click();
        const dialog = page.getByRole('dialog', { name: 'Create New Chat' });
        await dialog.getByText('Choose a contact of HubSpot first').waitFor();
        expect(await dialog.getByLabel('Email').isDisabled()).toBe(true);
        expect(await dialog.getByRole('button', { name: 'Start chat' }).isDisabled()).toBe(true);
        await dialog.getByLabel('Search HubSpot contacts').fill('nobody like this');
        await dialog.getByText('Nobody in HubSpot is like this.').waitFor();
        await dialog.getByLabel('Search HubSpot contacts').fill('ada');
        await dialog.getByRole('option', { name: /Ada Lovelace/ }).click();
        await dialog.getByLabel('Message').fill('Hello');
        await dialog.getByRole('button', { name: 'Start chat' }).click();
        await page.getByRole('log').getByText('Hello').waitFor();

        // HubSpot down: the search says so.
        await house.simulator.control.addFault({ hubId, actions: [{ kind: 'status', status: 503 }] });
        await page.getByRole('button', { name: 'Create New Chat' }).click();
        await dialog.getByLabel('Search HubSpot contacts').fill('someone');
        await dialog.getByText(/HubSpot (does not answer|is slow)/).waitFor();
      });
    },
    STEP,
  );
});

describe('deliveries', () => {
  it(
    'that HubSpot refused say why and what to do, and are replayed one by one or all of the filter once that is done',
    async () => {
      const people = ['Charles', 'Mary', 'Annabella'].map((firstname) => ({
        firstname,
        email: `${firstname.toLowerCase()}@example.com`,
      }));
      await connectWith(people);
      const require = (notes: string[]): Promise<unknown> =>
        house.simulator.control.changePortal(hubId, {
          flags: { enforceRequiredProperties: true, requiredProperties: { notes } },
        });
      await require(['hubspot_owner_id']);
      for (const { email, firstname } of people) await closed({ email, firstName: firstname }, 'Hi');
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson({ viewport: { width: 1280, height: 900 } });
        await house.signIn(page, '/deliveries');
        const rows = page.getByRole('table', { name: 'Deliveries', exact: true }).getByRole('row');
        const failed = rows.filter({ hasText: 'HubSpot requires a property that is not filled' });
        await waitFor(async () => (await failed.count()) === 3, { what: 'three failed deliveries' });
        await page.getByRole('button', { name: /^Failed/ }).click();
        await page.waitForURL(({ searchParams }) => searchParams.get('status') === 'failed');
        await page.getByRole('button', { name: 'Mary', exact: true }).click();
        const drawer = page.getByRole('dialog', { name: 'Delivery' });
        await drawer
          .getByText(/hubspot_owner_id/)
          .first()
          .waitFor();
        await look(page, 'delivery-failed');
        await page.keyboard.press('Escape');

        await require([]);
        await page.getByRole('button', { name: 'Replay Charles' }).click();
        await waitFor(async () => (await failed.count()) === 2, { what: 'Charles to be written' });
        await page.getByRole('button', { name: 'Replay all of these' }).click();
        const dialog = page.getByRole('dialog', { name: 'Replay failed deliveries' });
        await dialog.getByText('2 deliveries go back in line.').waitFor();
        await dialog.getByRole('button', { name: 'Replay all', exact: true }).click();
        await page.getByText('No delivery is like this').waitFor();
        await page.getByRole('button', { name: 'Show all' }).first().click();
        await waitFor(async () => (await rows.filter({ hasText: 'Written' }).count()) === 3, { what: 'all written' });
        expect(await notes()).toHaveLength(3);
      });
    },
    STEP,
  );

  it(
    'are listed live with their reasons, filtered, and replayed one by one or all of a filter',
    async () => {
      await connectWith([ADA]);
      for (const name of ['Charles', 'Mary', 'Annabella'])
        await closed({ email: `${name}@example.com`, firstName: name }, 'Hi');
      await closed({ email: ADA.email, firstName: 'Ada' }, 'Hi');
      await house.chromium.with(async (openPerson) => {
        const { page } = await openPerson({ viewport: { width: 1280, height: 900 } });
        await house.signIn(page, '/deliveries');
        const table = page.getByRole('table', { name: 'Deliveries', exact: true });
        const rows = table.getByRole('row');
        const skipped = rows.filter({ hasText: 'Nobody in HubSpot matches the customer' });
        await waitFor(async () => (await skipped.count()) === 3, { what: 'three skipped deliveries' });
        await rows
          .filter({ hasText: 'Written' })
          .getByRole('link', { name: /1 entry/ })
          .waitFor();
        await look(page, 'deliveries');

        await page.getByRole('button', { name: /^Skipped/ }).click();
        await waitFor(async () => (await rows.count()) === 4, { what: 'the skipped ones alone' });
        expect(new URL(page.url()).searchParams.get('status')).toBe('skipped');

        // Charles is a contact now.
        const add = (name: string): Promise<unknown> =>
          house.simulator.control.createRecords(hubId, 'contacts', [{ properties: { email: `${name}@example.com` } }]);
        await add('charles');
        await table.getByRole('button', { name: 'Replay Charles' }).click();
        await waitFor(async () => (await skipped.count()) === 2, { what: 'Charles to be written' });

        await table.getByRole('button', { name: 'Mary', exact: true }).click();
        const drawer = page.getByRole('dialog', { name: 'Delivery' });
        await drawer.getByText('Nobody in HubSpot matches the customer').waitFor();
        await drawer.getByRole('heading', { name: 'Attempts' }).waitFor();
        await look(page, 'delivery');
        await page.keyboard.press('Escape');

        await Promise.all([add('mary'), add('annabella')]);
        await page.getByRole('button', { name: 'Replay all of these' }).click();
        const dialog = page.getByRole('dialog', { name: 'Replay deliveries without a contact' });
        await dialog.getByText('2 deliveries go back in line.').waitFor();
        await dialog.getByRole('button', { name: 'Replay all', exact: true }).click();
        await page.getByText('No delivery is like this').waitFor();
        await page.getByRole('button', { name: 'Show all' }).first().click();
        await waitFor(async () => (await rows.filter({ hasText: 'Written' }).count()) === 4, {
          what: 'all written',
        });
      });
    },
    STEP,
  );
});
