import { AppError } from '@app/platform';
import type { SignedInUser } from './signed-in-user.js';

/** @throws AppError 2012 when nobody is signed in, 2005 for an agent. */
export function requireAdmin(user: SignedInUser | undefined): SignedInUser {
  if (user === undefined) throw new AppError(2012, 'Sign in as an admin first, then connect HubSpot.');
  if (user.role !== 'admin') {
    throw new AppError(2005, 'Only an admin connects HubSpot.', { reason: 'admin_required' });
  }
  return user;
}

/** Where to sign in, and on from there. @param next a path of ours. */
export function signInAddress(next: string): string {
  return `/sign-in?${new URLSearchParams({ next }).toString()}`;
}
