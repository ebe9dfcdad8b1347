import type { Deferral, Refusal } from '../outcome/deferral.js';

/** A person in the CRM, as far as matching and the agent's desk need it. */
export interface CrmContact {
  id: string;
  createdAt: Date;
  /** Lower-cased; the primary address first, then secondary ones. */
  emails: string[];
  /** Exactly as stored in the CRM: phone first, then mobile. */
  phones: string[];
  firstName?: string;
  lastName?: string;
}

/** What is known of someone who is to become a contact. At least one of email, first or last name is set. */
export interface ContactDraft {
  email?: string;
  /** E.164 where it could be read, else as typed. */
  phone?: string;
  firstName?: string;
  lastName?: string;
}

export type CreateOutcome =
  | { outcome: 'created'; id: string }
  /** The CRM already has someone with this email (409): that is the match. */
  | { outcome: 'exists'; id: string }
  /** `field: 'email'`: the address itself was refused; the draft may pass without it. */
  | { outcome: 'refused'; refusal: Refusal; field?: 'email' }
  | { outcome: 'unknown'; detail: string }
  | { outcome: 'deferred'; deferral: Deferral };
