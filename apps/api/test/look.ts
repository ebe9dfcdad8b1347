import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expectAccessible } from './console-house.js';

/** Ignored by git: what the pages look like, for people to look at. */
const SCREENS = fileURLToPath(new URL('../../../test-results/screens/', import.meta.url));
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

/** The page at two widths in both themes: accessible, and kept as pictures. It is left as it was. */
export async function look(page: Page, name: string): Promise<void> {
  await mkdir(SCREENS, { recursive: true });
  const before = page.viewportSize();
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // Its colours have changed, and no transition is half way.
      await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' });
      await expectAccessible(page);
      await page.screenshot({ path: join(SCREENS, `${name}-${size}-${colorScheme}.png`), animations: 'disabled' });
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (before !== null) await page.setViewportSize(before);
}
