import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { ConsoleHouse } from './console-house.js';
import { look } from './look.js';

const STEP = 240_000;
const REQUIRED_SCOPES = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.schemas.contacts.read',
  'crm.objects.owners.read',
];
const AGENT = { email: 'agent@skills.example', password: 'a long enough password' };

let house: ConsoleHouse;

beforeAll(async () => {
  house = await ConsoleHouse.open();
  await house.chromium.with(async (open) => {
    const { page } = await open();
    await house.signIn(page, '/skills');
    const data = { ...AGENT, role: 'agent' };
    const made = await page.request.post(`${house.home}/users`, { data, headers: { origin: house.home } });
    if (!made.ok()) throw new Error(`the agent was not made: ${await made.text()}`);
  });
}, 120_000);

afterAll(async () => {
  await house?.close();
});

/** Types until one option is left, and takes it; once more where the list has moved or closed meanwhile, as a person would. */
async function choose(within: Page | Locator, label: string, option: string, typed = option, again = 3): Promise<void> {
  const box = within.getByRole('combobox', { name: label, exact: true });
  await box.click();
  if (await box.isEditable()) await box.fill(typed);
  const page = 'page' in within ? within.page() : within;
  try {
    await page.getByRole('option', { name: option }).first().click({ timeout: 8_000 });
  } catch (error) {
    if (again === 0) throw error;
    await page.keyboard.press('Escape');
    await choose(within, label, option, typed, again - 1);
  }
}

async function confirm(page: Page, dialog: string, action: string): Promise<void> {
  const asked = page.getByRole('dialog', { name: dialog });
  await asked.getByRole('button', { name: action, exact: true }).click();
  await asked.waitFor({ state: 'hidden' });
}

const rowOf = (page: Page, table: string, text: string | RegExp): Locator =>
  page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: text });

const group = (page: Page, name: string): Locator => page.getByRole('group', { name, exact: true });

describe('the skills of an AI agent', () => {
  it(
    'begin with what stands in their way, each with the next step, and the Connector Pack',
    async () => {
      await house.chromium.with(async (open) => {
        const { page } = await open({ viewport: { width: 1280, height: 800 } });
        await house.signIn(page, '/skills');
        await page.getByText('HubSpot is not connected').waitFor();
        await page.getByText('No AI agent yet').waitFor();
        await look(page, 'skills-empty');
        await page.getByRole('button', { name: 'Create AI agent' }).first().click();
        const dialog = page.getByRole('dialog', { name: 'Create AI agent' });
        await dialog.getByLabel('Name').fill('Reception');
        await dialog.getByLabel('Description').fill('Answers the phone at night');
        await dialog.getByRole('button', { name: 'Create', exact: true }).click();
        await page.getByRole('link', { name: 'Reception' }).waitFor();

        // With what every connection has, and no more.
        const poor = await house.simulator.control.createPortal({ token: { scopes: REQUIRED_SCOPES } });
        await house.call('POST', '/integrations/hubspot/connect', { accessToken: poor.token });
        // Nobody reloads: the page hears of the connection.
        await page.getByRole('button', { name: 'Discover now' }).click();
        await page.getByText('HubSpot is connected without all that skills need').waitFor();
        await rowOf(page, 'Objects of HubSpot', 'Deals').getByText('Nothing yet').waitFor();
        await page.getByRole('link', { name: 'Reception' }).click();
        await rowOf(page, 'Connector Pack', 'find_ticket').getByText('Left out').waitFor();
        await page.getByRole('link', { name: 'Skills', exact: true }).click();
        await house.call('POST', '/integrations/hubspot/disable');
        await page.getByText('HubSpot is not connected').waitFor();
        await house.simulator.control.removePortal(poor.hubId);

        const { hubId } = await house.connect();
        await house.simulator.control.createRecords(hubId, 'deals', [
          {
            properties: { dealname: 'Winter order', amount: '1200', pipeline: 'default', dealstage: 'qualifiedtobuy' },
          },
        ]);
        await page.getByText('What HubSpot holds is not known yet').waitFor();
        await page.getByRole('button', { name: 'Discover now' }).click();
        await rowOf(page, 'Objects of HubSpot', 'Deals').getByText('Read and write').waitFor();
        await look(page, 'skills-agents');

        await page.getByRole('link', { name: 'Reception' }).click();
        await page.getByRole('button', { name: 'Install the pack' }).click();
        await page.getByText('7 skills are installed.').waitFor();
        await rowOf(page, 'Skills', 'update_contact').getByText('Confirmation, verified caller').waitFor();
        expect(await rowOf(page, 'Connector Pack', 'Installed').count()).toBe(7);

        await page.getByRole('button', { name: 'Disable create_deal' }).click();
        await confirm(page, 'Disable create_deal?', 'Disable');
        await rowOf(page, 'Skills', 'create_deal').getByText('To review').waitFor();
        await page.getByRole('button', { name: 'Enable create_deal' }).click();
        await page.getByText('From then on it may write to HubSpot:').waitFor();
        await page.getByText('The caller is asked first, and must say yes.').waitFor();
        await look(page, 'skills-enable');
        await confirm(page, 'Enable create_deal?', 'Enable');
        await rowOf(page, 'Skills', 'create_deal').getByText('Enabled').waitFor();
      });
    },
    STEP,
  );

  it(
    'are described in a sentence, looked at, saved, enabled and tried with the real answer',
    async () => {
      await house.chromium.with(async (open) => {
        // A goal that fits nothing is told what is missing.
        const { page } = await open({
          viewport: { width: 1280, height: 800 },
          refusals: /bindings\/auto → 400, code 1002 \(no_binding_fits\)$/,
        });
        await house.signIn(page, '/skills');
        await page.getByRole('link', { name: 'Reception' }).click();
        await page.getByRole('link', { name: 'New skill' }).first().click();
        const goal = page.getByLabel('What should it do?');
        await goal.fill('Delete everything');
        await page.getByRole('button', { name: 'Draft it' }).click();
        await page.getByText('No draft could be made of this').waitFor();
        await goal.fill('find deals by name');
        await page.getByRole('button', { name: 'Draft it' }).click();
        await page.getByText('Why it looks like this').waitFor();
        await look(page, 'skills-describe');
        await page.getByRole('button', { name: 'Use this draft' }).click();
        await page.getByText('It holds').waitFor();
        const name = await page.getByLabel('Name', { exact: true }).first().inputValue();
        await page.getByLabel('Enable it at once').uncheck();
        await page.getByRole('button', { name: 'Save skill' }).click();
        await page.getByRole('heading', { name, level: 1 }).waitFor();
        await page.getByText('The AI agent does not see it.').waitFor();

        await page.getByRole('button', { name: 'Enable', exact: true }).click();
        await page.getByText('From then on the AI agent may call it:').waitFor();
        await confirm(page, `Enable ${name}?`, 'Enable');
        await page.getByText('The AI agent may call it.').waitFor();

        await page.getByRole('tab', { name: 'Try it' }).click();
        await page.getByRole('textbox').first().fill('winter');
        await page.getByRole('button', { name: 'Run it' }).click();
        await page.getByText('Winter order').waitFor();
        expect(await page.getByRole('region', { name: /^Record / }).count()).toBe(1);
        await look(page, 'skills-try');
      });
    },
    STEP,
  );

  it(
    'are built by hand, mended where they are wrong, and write only after a yes; all of it stands in the log',
    async () => {
      await house.chromium.with(async (open) => {
        const { page } = await open({ viewport: { width: 1280, height: 900 } });
        await house.signIn(page, '/skills');
        await page.getByRole('link', { name: 'Reception' }).click();
        await page.getByRole('link', { name: 'New skill' }).first().click();
        const form = page.getByRole('region', { name: 'The skill' });
        await form.getByLabel('Name', { exact: true }).fill('create_deal');
        await form.getByLabel('Description', { exact: true }).first().fill('Notes that somebody asked for an offer');
        await form.getByRole('radio', { name: 'Write something' }).check();
        await choose(form, 'Object', 'Deals');
        await choose(group(page, 'Field 1'), 'Field', 'Deal Name');
        await form.getByRole('button', { name: 'Set another field' }).click();
        await choose(group(page, 'Field 2'), 'Field', 'Amount');
        await choose(group(page, 'Field 2'), 'Value', 'Always the same');
        await group(page, 'Field 2').getByRole('textbox', { name: 'Pinned to' }).fill('a lot');
        // Each at its place, as it is typed.
        await form.getByText('is the name of a skill of the Connector Pack').first().waitFor();
        await group(page, 'Field 2').getByText('is not a number').waitFor();
        await look(page, 'skills-build-wrong');
        await page.getByRole('button', { name: 'Save skill' }).click();
        await page.getByText('Mend what is marked first.').waitFor();

        await form.getByLabel('Name', { exact: true }).first().fill('note_offer');
        await group(page, 'Field 2').getByRole('textbox', { name: 'Pinned to' }).fill('500');
        await form.getByText('which HubSpot requires of new deals', { exact: false }).first().waitFor();
        for (const [index, field, option] of [
          [3, 'Pipeline', 'Sales Pipeline'],
          [4, 'Deal Stage', 'Qualified To Buy'],
        ] as const) {
          await form.getByRole('button', { name: 'Set another field' }).click();
          await choose(group(page, `Field ${index}`), 'Field', field);
          await choose(group(page, `Field ${index}`), 'Value', 'Always the same');
          const value = group(page, `Field ${index}`).getByRole('combobox', { name: 'Pinned to' });
          await value.click();
          await page
            .getByRole('option', { name: new RegExp(option, 'i') })
            .first()
            .click();
        }
        await page.getByText('It holds').waitFor();
        await page.getByRole('button', { name: 'Save skill' }).click();
        await page.getByText('It may write to HubSpot only after an admin has looked at it and enabled it.').waitFor();

        await page.getByRole('tab', { name: 'Try it' }).click();
        await page.getByLabel('dealname').fill('An offer for Ada');
        await page.getByRole('button', { name: 'Show what it would do' }).click();
        await page.getByLabel('Plan').getByText('An offer for Ada').waitFor();
        await page.getByRole('button', { name: 'Enable', exact: true }).click();
        await page.getByText('Sets Deal Name to ‹dealname›', { exact: false }).last().waitFor();
        await confirm(page, 'Enable note_offer?', 'Enable');
        await page.getByRole('button', { name: 'Run it' }).click();
        await page.getByText('The caller is asked first').waitFor();
        await page.getByRole('button', { name: 'Yes, write it' }).click();
        await page.getByText('The deal is saved.').waitFor();
        const [portal] = (await house.simulator.control.call<{ portals: { hubId: number }[] }>('GET', '/portals'))
          .portals;
        const deals = await house.simulator.control.records(portal?.hubId ?? 0, 'deals');
        expect(deals.map(({ properties }) => properties['dealname'])).toEqual(['Winter order', 'An offer for Ada']);

        await page.getByRole('link', { name: 'Its runs' }).click();
        await rowOf(page, 'Runs', 'Created').getByText('An offer for Ada').waitFor();
        await rowOf(page, 'Runs', 'Asked the caller').waitFor();
        await look(page, 'skills-log');
      });
    },
    STEP,
  );

  it(
    'are asked again with the same yes where HubSpot takes long, and write once',
    async () => {
      await house.chromium.with(async (open) => {
        const { page } = await open({ refusals: /^POST .*\/try → 503, code 3002/ });
        await house.signIn(page, '/skills');
        await page.getByRole('link', { name: 'Reception' }).click();
        await page.getByRole('link', { name: 'note_offer' }).click();
        await page.getByRole('tab', { name: 'Try it' }).click();
        await page.getByLabel('dealname').fill('A slow offer');
        await page.getByRole('button', { name: 'Run it' }).click();
        await page.getByText('The caller is asked first').waitFor();
        const [portal] = (await house.simulator.control.call<{ portals: { hubId: number }[] }>('GET', '/portals'))
          .portals;
        const hubId = portal?.hubId ?? 0;
        const actions = [{ kind: 'delay' as const, ms: 5_000 }];
        const path = '/crm/objects/*/deals';
        await house.simulator.control.addFault({ hubId, path, method: 'POST', times: 1, actions });
        await page.getByRole('button', { name: 'Yes, write it' }).click();
        const again = page.getByRole('button', { name: 'Ask again' });
        await again.waitFor();
        await page.getByText('Asking again tells what became of it').waitFor();
        expect(await page.getByRole('button', { name: 'Run it' }).count()).toBe(0);
        const saved = page.getByText('The deal is saved.');
        while (!(await saved.isVisible())) {
          await again.click();
          await saved.or(again).first().waitFor();
        }
        const deals = await house.simulator.control.records(hubId, 'deals');
        expect(deals.filter(({ properties }) => properties['dealname'] === 'A slow offer')).toHaveLength(1);
        await page.getByRole('button', { name: 'Run it' }).waitFor();
      });
    },
    STEP,
  );

  it(
    'are shown to those who change nothing, and someone else’s change is told',
    async () => {
      await house.chromium.with(async (open) => {
        const { page: reader } = await open();
        await house.signIn(reader, '/skills', AGENT);
        expect(await reader.getByRole('button', { name: 'Create AI agent' }).count()).toBe(0);
        await reader.getByRole('link', { name: 'Reception' }).click();
        await reader.getByRole('link', { name: 'note_offer' }).click();
        await reader.getByText('Creates a deal.').waitFor();
        expect(await reader.getByRole('tab').allTextContents()).toEqual(['What it does', 'Versions']);
        // Nor by a link of an admin's.
        const shown = reader.url();
        for (const tab of ['try', 'change']) {
          await reader.goto(`${shown}?tab=${tab}`);
          await reader.getByText('Creates a deal.').waitFor();
          expect(await reader.getByRole('tab', { selected: true }).allTextContents()).toEqual(['What it does']);
        }
        await reader.goto(new URL('new', shown).href);
        await reader.getByText('Only an admin makes skills').waitFor();
        expect(await reader.getByRole('textbox').count()).toBe(0);
        await reader.goto(shown);

        const { page } = await open({ refusals: /^PATCH .* → (412, code 1016|503, code 3004)/ });
        await house.signIn(page, new URL(reader.url()).pathname + '?tab=change');
        await page.getByText('It holds').waitFor();
        const { pathname } = new URL(reader.url());
        const [, , agentId = '', bindingId = ''] = pathname.split('/');
        await house.call('PATCH', `/agents/${agentId}/integrations/hubspot/bindings/${bindingId}`, {
          description: 'Changed by somebody else',
        });
        await page.getByLabel('Description', { exact: true }).first().fill('Changed here');
        await page.getByText('Checking …').waitFor({ state: 'hidden' });
        await page.getByRole('button', { name: 'Save changes' }).click();
        await page.getByText('Someone else changed this in the meantime', { exact: false }).waitFor();
        await page.getByRole('button', { name: 'Begin anew with what is there now' }).click();
        await page.getByText('It holds').waitFor();
        expect(await page.getByLabel('Description', { exact: true }).first().inputValue()).toBe(
          'Changed by somebody else',
        );
        await page.getByLabel('Description', { exact: true }).first().fill('Changed by both');
        await page.getByText('Checking …').waitFor({ state: 'hidden' });
        await page.getByRole('button', { name: 'Save changes' }).click();
        await page.getByText('note_offer is saved').waitFor();

        // What one saved oneself is nobody else's, also while the next saving is under way, and when it fails.
        const told: number[] = [];
        const news = page.getByText('Someone else changed this skill');
        await page.route(
          '**/bindings/*',
          async (route) => {
            told.push(await news.count());
            const body = { code: 3004, detail: 'HubSpot is down.', retryable: true };
            await route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(body) });
          },
          { times: 1 },
        );
        await page.getByLabel('Description', { exact: true }).first().fill('Changed by both, twice');
        await page.getByText('Checking …').waitFor({ state: 'hidden' });
        await page.getByRole('button', { name: 'Save changes' }).click();
        await page.getByText('HubSpot is down.', { exact: false }).waitFor();
        expect([...told, await news.count()]).toEqual([0, 0]);
        await page.getByRole('button', { name: 'Save changes' }).click();
        await page.getByText('HubSpot is down.', { exact: false }).waitFor({ state: 'hidden' });
        await page.getByRole('tab', { name: 'Versions' }).click();
        await page.getByText('Version 4 (now)').waitFor();
      });
    },
    STEP,
  );
});
