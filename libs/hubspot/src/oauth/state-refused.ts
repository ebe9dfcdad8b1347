import { AppError } from '@app/platform';

export type StateRefusal = 'state_mismatch' | 'missing_state_cookie' | 'invalid_state_cookie' | 'missing_code_or_state';

const DETAILS: Record<StateRefusal, string> = {
  state_mismatch: 'This link was used before, is older than ten minutes, or was made for someone else.',
  missing_state_cookie: 'This browser did not begin the connection, or does not keep cookies.',
  invalid_state_cookie: 'The cookie of this connection is not one of ours.',
  missing_code_or_state: 'HubSpot sent you back without what is needed to connect.',
};

/** PRODUCT.md §2.1: 400, code 2014. */
export function stateRefused(reason: StateRefusal): AppError {
  return new AppError(2014, `${DETAILS[reason]} Connect HubSpot again.`, { reason });
}
