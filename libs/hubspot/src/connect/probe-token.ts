import type { Clock } from '@app/platform';
import { TOKEN_INFO_PATH, type ApiPaths } from '../client/api-paths.js';
import { classifyAnswer } from '../client/classify-answer.js';
import type { HubSpotAnswer, HubSpotNotNow } from '../client/hubspot-answer.js';
import type { HubSpotCall, HubSpotTransport } from '../client/hubspot-transport.js';
import { fieldsOf, idOf, listOf, textOf } from '../client/read-json.js';

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

/** Asks HubSpot about a static token that is not stored yet. Read-only. */
export class ProbeToken {
  constructor(
    private readonly transport: Pick<HubSpotTransport, 'send'>,
    private readonly paths: ApiPaths,
    private readonly clock: Clock,
  ) {}

  /**
   * Three calls at once, a fourth for the user's email. Account details are documented for the `oauth` scope only, the
   * token's own info is documented nowhere: either of them may refuse, as long as one names the portal.
   */
  async execute(accessToken: string): Promise<TokenProbe> {
    const ask = (call: Omit<HubSpotCall, 'accessToken'>): Promise<HubSpotAnswer> => this.ask({ accessToken, ...call });
    const [contacts, account, info] = await Promise.all([
      ask({ method: 'GET', path: this.paths.of('objects', 'contacts'), query: { limit: '1', archived: 'false' } }),
      ask({ method: 'GET', path: this.paths.of('account-info', 'details') }),
      ask({ method: 'POST', path: TOKEN_INFO_PATH, body: { tokenKey: accessToken } }),
    ]);
    if (contacts.outcome === 'unauthorised') return { result: 'rejected' };
    if (contacts.outcome === 'missing_scopes') return { result: 'missing_scopes', scopes: contacts.scopes };
    if (contacts.outcome === 'refused' && contacts.refusal.status === 403) {
      return { result: 'missing_scopes', scopes: ['crm.objects.contacts.read'] };
    }
    if (contacts.outcome !== 'ok') return notNow(contacts);
    const details = fieldsOf(account.outcome === 'ok' ? account.body : undefined);
    const about = fieldsOf(info.outcome === 'ok' ? info.body : undefined);
    const portalId = idOf(details['portalId']) ?? idOf(about['hubId']);
    if (portalId === undefined) return notNow(account.outcome === 'ok' ? info : account);
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

  private async ask(call: HubSpotCall): Promise<HubSpotAnswer> {
    return classifyAnswer(await this.transport.send(call), { write: false, now: this.clock.now() });
  }

  private async findUser(
    ask: (call: Omit<HubSpotCall, 'accessToken'>) => Promise<HubSpotAnswer>,
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
