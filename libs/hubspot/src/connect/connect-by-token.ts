import { AppError } from '@app/platform';
import type { Connection, ConnectionRepository } from '@app/tenants';
import { deferralOf, type HubSpotNotNow } from '../client/hubspot-answer.js';
import type { Feature } from '../oauth/scopes.js';
import { portalRefused } from './portal-refused.js';
import type { ProbeToken } from './probe-token.js';

/** HubSpot's tokens are `pat-<region>-<uuid>` today; anything printable without spaces may be one, and can go into a header. */
const TOKEN_FORM = /^[\x21-\x7e]{8,1024}$/;

const WHERE_TO_LOOK =
  'In HubSpot: Settings → Integrations. A Super Admin should make the token, since it sees only what its creator sees.';

/**
 * Connects a portal by a static access token that an admin pasted. Tested before it is stored: it must be accepted,
 * may read contacts, and its portal must be free.
 */
export class ConnectByToken {
  constructor(
    private readonly probe: ProbeToken,
    private readonly connections: Pick<ConnectionRepository, 'connect' | 'find'>,
  ) {}

  /**
   * @param features what it is connected for beyond transcripts; the token's own scopes say what of it works.
   * @returns the connection as stored: `connected`, or `active` when the same portal is connected again.
   * @throws AppError 1002 `token_rejected` (the field is wrong: a 401 would tell a browser that *its* sign-in is bad);
   * 2005 `missing_scopes` with `missing_scopes[]`; 1012 `account_connected_elsewhere` or `disconnect_first`;
   * 3002 with `retry_after` while HubSpot is busy; 3004 when it fails or can't be reached.
   */
  async execute(tenantId: string, accessToken: string, features: readonly Feature[] = []): Promise<Connection> {
    const token = accessToken.trim();
    if (!TOKEN_FORM.test(token)) throw rejected('This is not a HubSpot access token. They begin with pat-.');
    const probed = await this.probe.execute(token);
    switch (probed.result) {
      case 'rejected':
        throw rejected('HubSpot does not accept this token: it may be incomplete, rotated or deleted.');
      case 'missing_scopes':
        throw new AppError(
          2005,
          `The token lacks scopes: ${probed.scopes.join(', ')}. Grant them in HubSpot, then try again.`,
          {
            reason: 'missing_scopes',
            extra: { missing_scopes: probed.scopes },
          },
        );
      case 'not_now':
        throw notNow(probed.answer);
      case 'works': {
        const outcome = await this.connections.connect(
          tenantId,
          { kind: 'token', ...probed.token, features },
          { accessToken: token },
        );
        if (!outcome.connected) throw portalRefused(outcome.reason);
        return this.connections.find(tenantId);
      }
    }
  }
}

function rejected(why: string): AppError {
  return new AppError(1002, `${why} ${WHERE_TO_LOOK}`, {
    reason: 'token_rejected',
    errors: [{ field: 'accessToken', message: why }],
  });
}

function notNow(answer: HubSpotNotNow | undefined): AppError {
  if (answer === undefined)
    return new AppError(3004, 'HubSpot answered in a way that names no account. Try again later.');
  const { detail, retryAfterSeconds } = deferralOf(answer);
  const isBusy = answer.outcome === 'throttled' || answer.outcome === 'locked';
  return new AppError(isBusy ? 3002 : 3004, `${detail}. Nothing was stored; try again later.`, { retryAfterSeconds });
}
