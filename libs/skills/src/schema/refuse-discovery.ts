import { AppError } from '@app/platform';
import type { Discovery } from './discover-schema.js';

/** @param notConnected 2010 where HubSpot itself is asked for, 1012 where something else would need it. */
export function refuseDiscovery(
  discovery: Exclude<Discovery, { state: 'discovered' }>,
  notConnected: 1012 | 2010,
): AppError {
  if (discovery.state === 'not_connected')
    return new AppError(notConnected, discovery.detail, { reason: 'not_connected' });
  const { state, detail, retryAfterSeconds } = discovery;
  const reason = state === 'busy' ? 'busy' : `hubspot_${state}`;
  return new AppError(state === 'down' ? 3004 : 3002, detail, { reason, retryAfterSeconds });
}
