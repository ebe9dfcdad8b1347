import type { Clock } from '@app/platform';
import type { RateBudget } from '../budget/rate-budget.js';
import { TOKEN_INFO_PATH, type ApiPaths } from '../client/api-paths.js';
import { classifyAnswer } from '../client/classify-answer.js';
import type { HubSpotAnswer, HubSpotNotNow } from '../client/hubspot-answer.js';
import { turnedAway } from '../client/hubspot-client.js';
import type { HubSpotCall, HubSpotTransport } from '../client/hubspot-transport.js';
import { fieldsOf, idOf, listOf, textOf } from '../client/read-json.js';

const PLACE = { kind: 'burst', class: 'agent', connection: 'token' } as const;

/** What a token that works told of itself and its portal. */
export interface ProbedToken {
  portalId: string;
  uiDomain?: string;
  timeZone?: string;
  /** Email of the HubSpot user who made the token, where owners may be read. */
  user?: string;
  /** Undefined: HubSpot didn't say. */
  scopes?: string[];
}

export type TokenProbe =
  | { result: 'works'; token: ProbedToken }
  | { result: 'rejected' }
  | { result: 'missing_scopes'; scopes: string[] }
  | { result: 'not_now'; answer: HubSpotNotNow | undefined };

type Call = Omit<HubSpotCall, 'accessToken'>;

/**
 * Asks HubSpot about a static token that is not stored yet. Read-only, and within the portal's budget as soon as it is known
 * which portal that is: an admin waits, so before deliveries.
 */
export class ProbeToken {
  constructor(
    private readonly transport: Pick<HubSpotTransport, 'send'>,
    private readonly budget: Pick<RateBudget, 'acquire' | 'block'>,
    private readonly paths: ApiPaths,
    private readonly clock: Clock,
  ) {}

  /**
   * Two calls that say whose the token is, counted when they have said it; then contacts, and the user's email. Account
   * details are documented for the `oauth` scope only, the token's own info is documented nowhere: either of them may
   * refuse, as long as one names the portal.
   */
  async execute(accessToken: string): Promise<TokenProbe> {
    const [account, info] = await Promise.all([
      this.send({ accessToken, method: 'GET', path: this.paths.of('account-info', 'details') }),
      this.send({ accessToken, method: 'POST', path: TOKEN_INFO_PATH, body: { tokenKey: accessToken } }),
    ]);
    const details = fieldsOf(account.outcome === 'ok' ? account.body : undefined);
    const about = fieldsOf(info.outcome === 'ok' ? info.body : undefined);
    const portalId = idOf(details['portalId']) ?? idOf(about['hubId']);
    if (portalId === undefined) {
      if (account.outcome === 'unauthorised') return { result: 'rejected' };
      return notNow(account.outcome === 'ok' ? info : account);
    }
    const refusal = await this.count(portalId, [account, info]);
    if (refusal !== undefined) return notNow(refusal);
    const ask = (call: Call): Promise<HubSpotAnswer> => this.ask(portalId, { accessToken, ...call });
    const contacts = await ask({
      method: 'GET',
      path: this.paths.of('objects', 'contacts'),
      query: { limit: '1', archived: 'false' },
    });
    if (contacts.outcome === 'unauthorised') return { result: 'rejected' };
    if (contacts.outcome === 'missing_scopes') return { result: 'missing_scopes', scopes: contacts.scopes };
    if (contacts.outcome === 'refused' && contacts.refusal.status === 403) {
      return { result: 'missing_scopes', scopes: ['crm.objects.contacts.read'] };
    }
    if (contacts.outcome !== 'ok') return notNow(contacts);
    const scopes = listOf(about['scopes']).filter((scope) => typeof scope === 'string');
    return {
      result: 'works',
      token: {
        portalId,
        uiDomain: textOf(details['uiDomain']),
        timeZone: textOf(details['timeZone']),
        user: await this.findUser(ask, idOf(about['userId'])),
        scopes: Array.isArray(about['scopes']) ? scopes : undefined,
      },
    };
  }

  /** Of calls that were sent before it was known whose budget they spend from. @returns why nothing more may be sent. */
  private async count(portalId: string, answers: readonly HubSpotAnswer[]): Promise<HubSpotAnswer | undefined> {
    const grants = await Promise.all(answers.map(() => this.budget.acquire(portalId, PLACE)));
    for (const grant of grants) if (grant.granted) grant.settle();
    for (const answer of answers) await this.heed(portalId, answer);
    const away = grants.find((grant) => !grant.granted);
    return away && turnedAway(away);
  }

  private async ask(portalId: string, call: HubSpotCall): Promise<HubSpotAnswer> {
    const grant = await this.budget.acquire(portalId, PLACE);
    if (!grant.granted) return turnedAway(grant);
    const answer = await this.send(call).finally(() => grant.settle());
    await this.heed(portalId, answer);
    return answer;
  }

  /** What HubSpot says of the portal's limits holds for everyone who calls it. */
  private async heed(portalId: string, answer: HubSpotAnswer): Promise<void> {
    if (answer.outcome !== 'throttled') return;
    const { policy = 'unnamed', retryAfterSeconds } = answer;
    await this.budget.block(portalId, { kind: PLACE.kind, policy, seconds: retryAfterSeconds });
  }

  private async send(call: HubSpotCall): Promise<HubSpotAnswer> {
    return classifyAnswer(await this.transport.send(call), { write: false, now: this.clock.now() });
  }

  private async findUser(
    ask: (call: Call) => Promise<HubSpotAnswer>,
    userId: string | undefined,
  ): Promise<string | undefined> {
    if (userId === undefined) return undefined;
    const answer = await ask({ method: 'GET', path: this.paths.of('owners', userId), query: { idProperty: 'userId' } });
    return answer.outcome === 'ok' ? textOf(fieldsOf(answer.body)['email']) : undefined;
  }
}

function notNow(answer: HubSpotAnswer): TokenProbe {
  return { result: 'not_now', answer: answer.outcome === 'ok' || answer.outcome === 'refused' ? undefined : answer };
}
