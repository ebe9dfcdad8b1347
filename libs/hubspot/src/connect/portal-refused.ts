import { AppError } from '@app/platform';

/** Why a tested connection was not stored, as an answer. */
export function portalRefused(reason: 'portal_taken' | 'other_portal'): AppError {
  return reason === 'portal_taken'
    ? new AppError(1012, 'This HubSpot account is connected elsewhere. Disconnect it there first.', {
        reason: 'account_connected_elsewhere',
      })
    : new AppError(1012, 'Another HubSpot account is connected here. Disconnect it first.', {
        reason: 'disconnect_first',
      });
}
