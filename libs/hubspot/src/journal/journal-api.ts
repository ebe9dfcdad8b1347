import type { Clock, Logger } from '@app/platform';
import { anySignal } from '../client/any-signal.js';
import type { ApiPaths } from '../client/api-paths.js';
import { classifyAnswer } from '../client/classify-answer.js';
import { deferralOf, type HubSpotAnswer } from '../client/hubspot-answer.js';
import type { HubSpotTransport } from '../client/hubspot-transport.js';
import { fieldsOf, listOf, parseJson, textOf } from '../client/read-json.js';
import type { Stopping } from '../client/stopping.js';
import { UNINSTALL_EVENT } from '../webhooks/parse-events.js';
import type { AppTokens } from './app-tokens.js';

/** The next file of the journal, or why there is none. */
export type JournalStep =
  | { outcome: 'file'; offset: string; url: string }
  | { outcome: 'end' }
  /** HubSpot doesn't know the offset, or no longer: it keeps three days. */
  | { outcome: 'lost' }
  | JournalNotNow;

export interface JournalNotNow {
  outcome: 'not_now';
  detail: string;
  retryAfterSeconds?: number;
  /** Nothing will change until whoever runs the installation has acted. */
  isOurs: boolean;
}

const FILE_TIMEOUT_MS = 30_000;

/** HubSpot's Webhooks Journal, as the HubSpot fact sheet has it. Never throws for anything HubSpot does. */
export class JournalApi {
  constructor(
    private readonly apiUrl: string,
    private readonly transport: Pick<HubSpotTransport, 'send'>,
    private readonly tokens: AppTokens,
    private readonly paths: ApiPaths,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly stopping?: Stopping,
  ) {}

  /** @param offset of the file read last; undefined: from the earliest there is. */
  async next(offset: string | undefined): Promise<JournalStep> {
    const where = offset === undefined ? ['earliest'] : ['offset', offset, 'next'];
    const answer = await this.ask('GET', this.paths.of('journal', ...where));
    if (answer.outcome === 'not_now') return answer;
    if (answer.outcome === 'refused') {
      const isLost = [400, 404, 410].includes(answer.refusal.status);
      if (isLost) return offset === undefined ? { outcome: 'end' } : { outcome: 'lost' };
      return { outcome: 'not_now', detail: `HubSpot answered ${answer.refusal.status}`, isOurs: true };
    }
    if (answer.body === undefined) return { outcome: 'end' };
    const fields = fieldsOf(answer.body);
    const [next, url] = [textOf(fields['currentOffset']), textOf(fields['url'])];
    if (next === undefined || url === undefined) {
      return notNow('HubSpot named no file of the journal');
    }
    // At the end some APIs answer the last one again.
    return next === offset ? { outcome: 'end' } : { outcome: 'file', offset: next, url };
  }

  /** A file's content: JSON, or undefined when it came whole and is none. The address is signed; no token goes there. */
  async read(url: string): Promise<{ outcome: 'content'; content: unknown } | JournalNotNow> {
    if (!this.mayRead(url)) return notNow('HubSpot named a file at an address that is not https');
    const over = anySignal([AbortSignal.timeout(FILE_TIMEOUT_MS), this.stopping?.begun]);
    try {
      const response = await fetch(url, { redirect: 'error', signal: over.signal });
      const text = await response.text();
      if (response.status !== 200) return notNow(`the file answered ${response.status}`);
      return { outcome: 'content', content: parseJson(text) };
    } catch {
      return notNow('the file could not be read');
    } finally {
      over.release();
    }
  }

  /** Asks for uninstalls to be in the journal, unless they are already. @returns whether they will be. */
  async subscribe(): Promise<boolean> {
    const path = this.paths.of('journal-subscriptions');
    const known = await this.ask('GET', path);
    if (known.outcome === 'ok' && listOf(fieldsOf(known.body)['results']).some(asksForUninstalls)) return true;
    const body = { subscriptionType: 'APP_LIFECYCLE_EVENT', eventTypeId: UNINSTALL_EVENT, properties: [] };
    const made = await this.ask('POST', path, body);
    const isThere = made.outcome === 'ok' || (made.outcome === 'refused' && made.refusal.status === 409);
    if (!isThere) {
      const detail = made.outcome === 'refused' ? `HubSpot answered ${made.refusal.status}` : made.detail;
      this.logger.warn({ detail }, 'uninstalls could not be subscribed to in the Webhooks Journal');
    }
    return isThere;
  }

  /** One call, or two when the app's token was rejected. */
  private async ask(
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<Extract<HubSpotAnswer, { outcome: 'ok' | 'refused' }> | JournalNotNow> {
    for (let attempt = 1; ; attempt++) {
      const token = await this.tokens.get();
      if (token.outcome !== 'granted') {
        const { outcome, detail, retryAfterSeconds } = token;
        return { outcome: 'not_now', detail, retryAfterSeconds, isOurs: outcome !== 'unavailable' };
      }
      const { accessToken } = token;
      const reply = await this.transport.send({ accessToken, method, path, body });
      const answer = classifyAnswer(reply, { write: false, now: this.clock.now() });
      if (answer.outcome === 'ok' || answer.outcome === 'refused') return answer;
      if (answer.outcome === 'unauthorised') this.tokens.drop(accessToken);
      if (answer.outcome !== 'unauthorised' || attempt === 2) {
        const isOurs = answer.outcome === 'unauthorised' || answer.outcome === 'missing_scopes';
        const { detail, retryAfterSeconds } = deferralOf(answer);
        return { outcome: 'not_now', detail, retryAfterSeconds, isOurs };
      }
    }
  }

  private mayRead(url: string): boolean {
    if (!URL.canParse(url)) return false;
    const { protocol, origin } = new URL(url);
    return protocol === 'https:' || origin === new URL(this.apiUrl).origin;
  }
}

function notNow(detail: string): JournalNotNow {
  return { outcome: 'not_now', detail, isOurs: false };
}

/** The event's id stands in no specified field of the answer: any that holds it will do. */
function asksForUninstalls(subscription: unknown): boolean {
  const { eventTypeId, objectTypeId, actions, deletedAt } = fieldsOf(subscription);
  if (typeof deletedAt === 'string') return false;
  return (
    eventTypeId === UNINSTALL_EVENT || objectTypeId === UNINSTALL_EVENT || listOf(actions).includes('APP_UNINSTALL')
  );
}
