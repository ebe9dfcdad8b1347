import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { knowSecret } from '@app/testing';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Ignored by git. What a page looked like when its test failed. */
const RESULTS = fileURLToPath(new URL('../../../test-results/', import.meta.url));
const STEP_WITHIN_MS = 10_000;

/** A person at a browser of their own: no cookie, cache or page is shared with another one. */
export interface Person {
  page: Page;
  context: BrowserContext;
  /** What the browser's console complained about, refused content included. Refused pages (4xx) are told by `statuses`. */
  complaints: string[];
  /** Of the documents shown, in order, redirects included: `302 /sign-in`. */
  statuses: string[];
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
      ],
    });
    return new Chromium(browser);
  }

  /**
   * Runs a story with fresh people, and closes their browsers for certain. When it fails, what each of them saw is
   * saved and the error says where.
   */
  async with(story: (open: (options?: BrowserContextOptions) => Promise<Person>) => Promise<void>): Promise<void> {
    const people: Person[] = [];
    try {
      await story(async (options) => {
        const person = await this.open(options);
        people.push(person);
        return person;
      });
    } catch (error) {
      const saved = await Promise.all(people.map((person, index) => save(person, index)));
      throw new Error(`What was on the screen: ${saved.flat().join(', ')}`, { cause: error });
    } finally {
      await Promise.all(people.map(leave));
    }
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  private async open(options: BrowserContextOptions = {}): Promise<Person> {
    const context = await this.browser.newContext(options);
    context.setDefaultTimeout(STEP_WITHIN_MS);
    const complaints: string[] = [];
    const statuses: string[] = [];
    // Also of tabs that a page opens.
    context.on('page', (page) => listen(page, { complaints, statuses }));
    const page = await context.newPage();
    return { page, context, complaints, statuses };
  }
}

function listen(page: Page, { complaints, statuses }: Pick<Person, 'complaints' | 'statuses'>): void {
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const { url } = message.location();
    // A page may be refused, and the console asks who is signed in before anybody is.
    const isRefusal = message.text().startsWith('Failed to load resource');
    const isExpected = isRefusal && (url === page.url() || new URL(url).pathname === '/auth/me');
    if (['error', 'warning'].includes(message.type()) && !isExpected) complaints.push(`${message.text()} ${url}`);
  });
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

async function leave({ context }: Person): Promise<void> {
  for (const { name, value } of await context.cookies()) knowSecret(`cookie ${name}`, value);
  await context.close();
}

async function save({ page, complaints, statuses }: Person, index: number): Promise<string[]> {
  await mkdir(RESULTS, { recursive: true });
  const name = join(RESULTS, `${new Date().toISOString().replaceAll(/\W/g, '-')}-${index + 1}`);
  const text = await page.innerText('body').catch((error: unknown) => String(error));
  const facts = [page.url(), ...statuses, ...complaints.map((complaint) => `! ${complaint}`), '', text];
  await writeFile(`${name}.txt`, facts.join('\n'));
  const shot = await page.screenshot({ path: `${name}.png`, fullPage: true }).catch(() => undefined);
  const root = join(RESULTS, '..');
  return [`${name}.txt`, ...(shot ? [`${name}.png`] : [])].map((path) => relative(root, path));
}
