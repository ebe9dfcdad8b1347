import { formatUtcOffset, utcOffsetMs } from '../limits/portal-day.js';
import { mounted, noContent, ok, type Answer, type ApiCall, type ApiRoute } from '../serve/api-route.js';
import type { SimulatorState } from '../serve/simulator-state.js';

/** Account details, API usage and uninstalling (FACTS §1.6, §1.7). */
export const accountRoutes = (state: SimulatorState): readonly ApiRoute[] => [
  {
    name: 'account.details',
    method: 'GET',
    paths: mounted('/account-info/v3/details', '/account-info/{version}/details'),
    limit: 'burst',
    // Whether a static token needs the scope isn't known (FACTS §1.7).
    scopes: ({ credential, portal }) =>
      credential.kind === 'oauth' || portal.flags.accountInfoNeedsOauthScope ? ['oauth'] : null,
    handle: details,
  },
  {
    name: 'account.apiUsage',
    method: 'GET',
    paths: mounted(
      '/account-info/v3/api-usage/daily/private-apps',
      '/account-info/{version}/api-usage/daily/private-apps',
    ),
    limit: 'burst',
    scopes: ({ credential, portal }) =>
      credential.kind === 'oauth' || portal.flags.accountInfoNeedsOauthScope ? ['oauth'] : null,
    handle: ({ portal, now }) =>
      ok({
        results:
          portal.settings.limits.daily === null
            ? []
            : [
                {
                  name: 'private-apps-api-calls-daily',
                  usageLimit: portal.settings.limits.daily,
                  currentUsage: state.limiter.callsToday(portal, now),
                  collectedAt: new Date(now).toISOString(),
                  fetchStatus: 'SUCCESS',
                },
              ],
      }),
  },
  {
    name: 'account.uninstall',
    method: 'DELETE',
    paths: mounted('/appinstalls/v3/external-install', '/appinstalls/{version}/external-install'),
    limit: 'burst',
    scopes: () => ['oauth'],
    handle: ({ credential, portal }) => {
      state.oauth.uninstall(credential.appId, portal.hubId, portal.flags.accessTokenAfterUninstall === 'alive');
      return noContent;
    },
  },
];

function details({ portal, origin, now }: ApiCall): Answer {
  const { settings } = portal;
  const offset = utcOffsetMs(settings.timeZone, now);
  return ok({
    portalId: portal.hubId,
    accountType: settings.accountType,
    timeZone: settings.timeZone,
    companyCurrency: settings.companyCurrency,
    additionalCurrencies: [],
    utcOffset: formatUtcOffset(offset),
    utcOffsetMilliseconds: offset,
    uiDomain: settings.uiDomain ?? new URL(origin).host,
    dataHostingLocation: settings.dataHostingLocation,
  });
}
