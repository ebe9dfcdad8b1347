import type { ContactDraft } from '@app/crm';
import type { MatchedBy } from '../deliver/delivery.js';
import { draftOf, type Identity, identityOf, type PhonePolicy } from './identity.js';
import type { MatchRequest } from './match-result.js';

export interface Found {
  id: string;
  by: MatchedBy;
  tied: number;
}

/** A request with what can be looked for. */
export interface Seeker {
  request: MatchRequest;
  identity: Identity;
  draft?: ContactDraft;
  /** The contact that a look-up found; an earlier customer of the same batch may still have a better claim. */
  found?: Found;
  /** Something a person should know, e.g. an email that was left out. */
  note?: string;
}

export function seek(request: MatchRequest, policy: PhonePolicy): Seeker {
  const identity = identityOf(request.customer, policy);
  const note = identity.unusableEmail === undefined ? undefined : EMAIL_LEFT_OUT;
  return { request, identity, draft: draftOf(identity), note };
}

/** The same seeker after the CRM refused the address. */
export function withoutEmail(seeker: Seeker): Seeker {
  const identity: Identity = { ...seeker.identity, email: undefined, unusableEmail: seeker.identity.email };
  return { ...seeker, identity, draft: draftOf(identity), note: EMAIL_LEFT_OUT };
}

const EMAIL_LEFT_OUT = 'The email address is not one HubSpot accepts, so it was left out';
