import type { ConsoleMessage, Page, Response } from 'playwright-core';

/** Of a refusal the browser's console tells no more than the status: it is read from the answer instead. */
const TOLD_BY_THE_ANSWER = 'Failed to load resource: the server responded with a status of';

/** By chance of time, on any page, with nothing wrong: a busy machine made HubSpot slow, which the page says, and asks again. */
const SLOW = /^GET \/integrations\/hubspot\/(properties|contacts) → 503, code 3002 \(hubspot_slow\)$/;

/** For journeys in which the connection ends elsewhere: a page that ends it itself asks nothing of HubSpot meanwhile. */
export const ENDED_ELSEWHERE =
  /^GET \/integrations\/hubspot\/(properties|contacts) → 403, code 2010 \(not_connected\)$/;

/** For journeys in which a session ends: whatever was being asked meanwhile, without the cookie once that is cleared. */
export const SIGNED_OUT = /^\w+ \S+ → 401, code (2004 \(session_over\)|2012)$/;

interface Refusal {
  /** `GET /path → 403` */
  call: string;
  /** `, code 2005 (reason)`; undefined: nobody can tell any more. */
  told: string | undefined;
}

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
    const refusal = await readRefusal(response);
    if ([SLOW, this.refusals].some((expected) => expected !== undefined && isExpected(refusal, expected))) return;
    this.told.push(refusal.call + (refusal.told ?? ', its body is gone'));
  }
}

/** Without a body, method, path and status have to do. */
function isExpected({ call, told }: Refusal, expected: RegExp): boolean {
  if (told !== undefined) return expected.test(call + told);
  return new RegExp(expected.source.replace(/, code.*$/, '$')).test(call);
}

async function readRefusal(response: Response): Promise<Refusal> {
  const call = `${response.request().method()} ${new URL(response.url()).pathname} → ${response.status()}`;
  // The page may have gone elsewhere before its body was read.
  const text = await response.text().catch(() => undefined);
  return { call, told: text === undefined ? undefined : codeIn(text) };
}

function codeIn(text: string): string {
  const { code, reason } = bodyOf(text);
  if (code === undefined) return '';
  return `, code ${code}${reason === undefined ? '' : ` (${reason})`}`;
}

function bodyOf(text: string): { code?: number; reason?: string } {
  try {
    return (JSON.parse(text) ?? {}) as { code?: number; reason?: string };
  } catch {
    return {};
  }
}
