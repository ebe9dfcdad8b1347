import type { Portal } from '../portal/portal.js';
import type { SimulatorState } from '../serve/simulator-state.js';
import { INSTALLED } from '../webhooks-journal/journal-feed.js';
import type { ConsentRequest } from './consent-request.js';

export type Grant = { readonly code: string } | { readonly refusedScopes: readonly string[] };

/**
 * Installs the app in the portal with the scopes that were ticked and gives the code. Optional scopes the account
 * can't grant are dropped silently; required ones end the attempt (FACTS §1.1).
 */
export function grantInstallation(
  state: SimulatorState,
  request: Pick<ConsentRequest, 'app' | 'redirectUri' | 'scopes' | 'optionalScopes' | 'challenge'>,
  portal: Portal,
  ticked: readonly string[],
): Grant {
  const { ungrantableScopes } = portal.flags;
  const refusedScopes = request.scopes.filter((scope) => ungrantableScopes.includes(scope));
  if (refusedScopes.length > 0) return { refusedScopes };
  const now = state.clock.now();
  const scopes = [...request.scopes, ...request.optionalScopes].filter(
    (scope) => ticked.includes(scope) && !ungrantableScopes.includes(scope),
  );
  const { app } = request;
  state.oauth.install({
    appId: app.appId,
    hubId: portal.hubId,
    userId: portal.owners()[0]?.userIdIncludingInactive ?? 1,
    user: `installer@${portal.settings.hubDomain}`,
    scopes,
    installedAt: now,
  });
  state.journalFeed.raiseLifecycle(app.appId, portal.hubId, INSTALLED);
  const code = state.oauth.issueCode(
    {
      appId: app.appId,
      hubId: portal.hubId,
      redirectUri: request.redirectUri,
      scopes,
      expiresAt: now + app.codeSeconds * 1000,
      ...(request.challenge === undefined ? {} : { challenge: request.challenge }),
    },
    portal.settings.dataHostingLocation,
  );
  return { code };
}
