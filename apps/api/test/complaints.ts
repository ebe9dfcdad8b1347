import type { ConsoleMessage, Page, Response } from 'playwright-core';

/** Of a refusal the browser's console tells no more than the status: it is read from the answer instead. */
const TOLD_BY_THE_ANSWER = 'Failed to load resource: the server responded with a status of';

/**
 * What is refused by chance of time, on any page, with nothing wrong: the connection ended in another window while something
 * of HubSpot was on the way; a busy machine made HubSpot slow, which the page says, and asks again.
 */
const CHANCES = [
  /^GET \/integrations\/hubspot\/(properties|contacts) → 403, code 2010 \(not_connected\)$/,
  /^GET \/integrations\/hubspot\/(properties|contacts) → 503, code 3002 \(hubspot_slow\)$/,
];

/**
 * What a person's browser complains of: errors of scripts, content that the pages' own policy refuses, and calls that the API
 * refuses, each as `GET /path → 403, code 2005 (reason)`. Refused pages are for the journey to look at.
 */
export class Complaints {
  private readonly told: string[] = [];
  /** Answers that are still being read. */
  private readonly reading = new Set<Promise<void>>();

  /** @param refusals that the journey is about. */
  constructor(private readonly refusals?: RegExp) {}

  listen(page: Page): void {
    page.on('pageerror', (error) => this.told.push(String(error)));
    page.on('console', (message) => this.hear(message));
    page.on('response', (response) => {
      if (response.status() < 400 || response.request().isNavigationRequest()) return;
      const reading = this.read(response).finally(() => this.reading.delete(reading));
      this.reading.add(reading);
    });
  }

  async all(): Promise<readonly string[]> {
    while (this.reading.size > 0) await Promise.all(this.reading);
    return this.told;
  }

  private hear(message: ConsoleMessage): void {
    const text = message.text();
    if (!['error', 'warning'].includes(message.type()) || text.startsWith(TOLD_BY_THE_ANSWER)) return;
    this.told.push(`${text} ${message.location().url}`);
  }

  private async read(response: Response): Promise<void> {
    const refusal = await describe(response);
    if (this.refusals?.test(refusal) === true || CHANCES.some((chance) => chance.test(refusal))) return;
    this.told.push(refusal);
  }
}

async function describe(response: Response): Promise<string> {
  const call = `${response.request().method()} ${new URL(response.url()).pathname} → ${response.status()}`;
  // The page may have gone elsewhere before its body was read: then the status has to do.
  const body = (await response.json().catch(() => ({}))) as { code?: number; reason?: string };
  const reason = body.reason === undefined ? '' : ` (${body.reason})`;
  return body.code === undefined ? call : `${call}, code ${body.code}${reason}`;
}
