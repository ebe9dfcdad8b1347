import { AppError } from '@app/platform';
import type { ConnectionRepository } from '@app/tenants';

type Refused = Extract<Awaited<ReturnType<ConnectionRepository['connect']>>, { connected: false }>;

/** Why a tested connection was not stored, as an answer. */
export function portalRefused(reason: Refused['reason']): AppError {
  switch (reason) {
    case 'portal_taken':
      return new AppError(1012, 'This HubSpot account is connected elsewhere. Disconnect it there first.', {
        reason: 'account_connected_elsewhere',
      });
    case 'other_portal':
      return new AppError(1012, 'Another HubSpot account is connected here. Disconnect it first.', {
        reason: 'disconnect_first',
      });
    case 'portal_busy':
      return new AppError(3002, 'HubSpot is being told of the end of a connection of this account. Connect it again.', {
        reason: 'portal_busy',
        retryAfterSeconds: 5,
      });
  }
}
