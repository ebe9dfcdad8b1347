import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { knowSecret } from '@app/testing';
import { ConsoleHouse, expectAccessible } from './console-house.js';

/** Ignored by git: what every page looks like, to be looked at. */
const SCREENSHOTS = fileURLToPath(new URL('../../../test-results/pages/', import.meta.url));

/** What stands on a page once it is all there. */
const PAGES: readonly (readonly [path: string, landmark: string])[] = [
  ['/settings/integrations/hubspot', 'Save Options'],
  ['/settings/api-keys', 'Help desk'],
  ['/settings/users', 'Last signed in'],
  ['/settings/audit', 'signed in'],
  ['/nothing', 'Nothing is at this address'],
];

const VIEWPORTS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

let house: ConsoleHouse;

beforeAll(async () => {
  house = await ConsoleHouse.open();
  await house.connect({ enable: true });
  await house.chromium.with(async (open) => {
    const { page } = await open();
    await house.signIn(page, '/settings/api-keys');
    const data = { name: 'Help desk', scopes: ['conversations:read', 'conversations:write'] };
    const made = await page.request.post(`${house.home}/api-keys`, { data, headers: { origin: house.home } });
    knowSecret('API key', ((await made.json()) as { data: { key: string } }).data.key);
  });
  await mkdir(SCREENSHOTS, { recursive: true });
}, 120_000);

afterAll(async () => {
  await house?.close();
});

it.each(['light', 'dark'] as const)(
  'every page stands in nobody’s way and fits, on a desk and in a hand, %s',
  async (colorScheme) => {
    await house.chromium.with(async (open) => {
      for (const viewport of VIEWPORTS) {
        const { page } = await open({ viewport, colorScheme, reducedMotion: 'reduce' });
        const look = async (path: string): Promise<void> => {
          await expectAccessible(page);
          const [shown, wide] = (await page.evaluate('[innerWidth, document.documentElement.scrollWidth]')) as number[];
          expect([path, wide]).toEqual([path, shown]);
          const name = `${path.slice(1).replaceAll('/', '-')}-${viewport.width}-${colorScheme}.png`;
          await page.screenshot({ path: join(SCREENSHOTS, name), fullPage: true });
        };
        await page.goto(`${house.home}/sign-in`);
        await page.getByRole('button', { name: 'Sign in' }).waitFor();
        await look('/sign-in');
        await house.signIn(page, '/settings/users');
        for (const [path, landmark] of PAGES) {
          await page.goto(house.home + path);
          await page.getByText(landmark).filter({ visible: true }).first().waitFor();
          await look(path);
        }
      }
    });
  },
  240_000,
);

it('the first page loads less than 200 kB of JavaScript, compressed', async () => {
  await house.chromium.with(async (open) => {
    const { page } = await open();
    await page.goto(`${house.home}/sign-in`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    const loaded = (await page.evaluate(
      `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).map(({ encodedBodySize }) => encodedBodySize)`,
    )) as number[];
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.reduce((sum, size) => sum + size, 0)).toBeLessThan(200_000);
  });
}, 120_000);
