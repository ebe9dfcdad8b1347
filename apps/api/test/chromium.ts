import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { knowSecret } from '@app/testing';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { Complaints } from './complaints.js';

/** Ignored by git. What a page looked like when its test failed. */
const RESULTS = fileURLToPath(new URL('../../../test-results/', import.meta.url));
/** A limit for what hangs, not for what is slow: other suites and builds may share the two cores. */
const STEP_WITHIN_MS = 30_000;

/**
 * Chromium makes two pages for its own address bar beside every window, which took more time than our page in it: 0.9 s of
 * processor time for a window with them, 0.36 s without (Chromium 156). Of several lists the last one counts, so what
 * Playwright 1.65 switches off stands here again.
 */
const WITHOUT = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

/** A person at a browser of their own: no cookie, cache or page is shared with another one. */
export interface Person {
  page: Page;
  context: BrowserContext;
  /** Of the documents shown, in order, redirects included: `302 /sign-in`. */
  statuses: string[];
}

interface OpenOptions extends BrowserContextOptions {
  /** Calls that this journey is about being refused, as `Complaints` writes them. Any other refusal fails it. */
  refusals?: RegExp;
}

interface Watched extends Person {
  complaints: Complaints;
}

/** The machine's Chromium, headless, for the tests of one file. */
export class Chromium {
  private constructor(private readonly browser: Browser) {}

  static async launch(): Promise<Chromium> {
    const browser = await chromium.launch({
      // Set by the run, which also saw to it that it is installed.
      executablePath: process.env['CHROMIUM_PATH'],
      // Chromium refuses to sandbox itself as root; the pages are our own.
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        `--disable-features=${WITHOUT.join(',')}`,
      ],
    });
    return new Chromium(browser);
  }

  /**
   * Runs a story with fresh people, and closes their browsers for certain. Whatever a browser complained of fails it. When
   * it fails, what each of them saw is saved and the error says where.
   */
  async with(story: (open: (options?: OpenOptions) => Promise<Person>) => Promise<void>): Promise<void> {
    const people: Watched[] = [];
    try {
      await story(async (options) => {
        const person = await this.open(options);
        people.push(person);
        return person;
      });
      const complaints = await complaintsOf(people);
      if (complaints.length > 0) throw new Error('The story went well but for what the browser complained of.');
    } catch (error) {
      const saved = await Promise.all(people.map((person, index) => save(person, index)));
      // Only the head of a run's output may be at hand: everything that explains a failure stands in its first lines.
      const lines = [
        headOf(error),
        ...(await complaintsOf(people)),
        `What was on the screen: ${saved.flat().join(', ')}`,
      ];
      throw new Error(lines.join('\n'), { cause: error });
    } finally {
      await Promise.all(people.map(leave));
    }
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  private async open({ refusals, ...options }: OpenOptions = {}): Promise<Watched> {
    const context = await this.browser.newContext(options);
    context.setDefaultTimeout(STEP_WITHIN_MS);
    const complaints = new Complaints(refusals);
    const statuses: string[] = [];
    // Also of tabs that a page opens.
    context.on('page', (page) => {
      complaints.listen(page);
      listen(page, statuses);
    });
    const page = await context.newPage();
    return { page, context, complaints, statuses };
  }
}

function listen(page: Page, statuses: string[]): void {
  page.on('request', (request) => {
    const { searchParams } = new URL(request.url());
    for (const name of ['code', 'state', 'ticket'])
      knowSecret(`${name} of an address`, searchParams.get(name) ?? undefined);
  });
  page.on('response', (response) => {
    if (response.request().isNavigationRequest()) {
      statuses.push(`${response.status()} ${new URL(response.url()).pathname}`);
    }
  });
}

async function complaintsOf(people: readonly Watched[]): Promise<string[]> {
  return (await Promise.all(people.map(({ complaints }) => complaints.all()))).flat();
}

/** The first lines of what went wrong, without colours. */
function headOf(error: unknown): string {
  // Not asked with instanceof: errors may come from outside the realm Jest runs a test in.
  const { message } = error as { message?: unknown };
  return stripVTControlCharacters(String(message ?? error))
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 8)
    .join('\n');
}

async function leave({ context }: Person): Promise<void> {
  for (const { name, value } of await context.cookies()) knowSecret(`cookie ${name}`, value);
  await context.close();
}

async function save({ page, complaints, statuses }: Watched, index: number): Promise<string[]> {
  await mkdir(RESULTS, { recursive: true });
  const name = join(RESULTS, `${new Date().toISOString().replaceAll(/\W/g, '-')}-${index + 1}`);
  const text = await page.innerText('body').catch((error: unknown) => String(error));
  const facts = [page.url(), ...statuses, ...(await complaints.all()).map((complaint) => `! ${complaint}`), '', text];
  await writeFile(`${name}.txt`, facts.join('\n'));
  const shot = await page.screenshot({ path: `${name}.png`, fullPage: true }).catch(() => undefined);
  const root = join(RESULTS, '..');
  return [`${name}.txt`, ...(shot ? [`${name}.png`] : [])].map((path) => relative(root, path));
}
