import type { ContactDraft } from '@app/crm';
import type { MatchedBy } from '../deliver/delivery.js';
import { samePhone } from './identity.js';
import type { Seeker } from './seeker.js';

/** One contact to create: for the first who needs it, and for those who would then match it. */
export interface PlannedContact {
  leader: Seeker;
  draft: ContactDraft;
  followers: { seeker: Seeker; by: MatchedBy }[];
}

export interface CreatePlan {
  planned: PlannedContact[];
  /** Those who keep the contact that was found for them. */
  found: Seeker[];
}

/**
 * Decides who gets a contact of their own, as if customers were handled one after the other: a later one with the same
 * email, or without a contact and with the same number, finds the contact that an earlier one made.
 */
export function planCreates(seekers: readonly Seeker[], defaultCountry: string | undefined): CreatePlan {
  const plan: CreatePlan = { planned: [], found: [] };
  const byEmail = new Map<string, PlannedContact>();
  const byNational = new Map<string, PlannedContact[]>();
  for (const seeker of seekers) {
    const { email, phone } = seeker.identity;
    const sameEmail = email === undefined ? undefined : byEmail.get(email);
    const sameDigits = phone === undefined ? [] : (byNational.get(phone.national) ?? []);
    const sameNumber = sameDigits.find(
      ({ leader }) => phone && samePhone(phone, leader.identity.phone, defaultCountry),
    );
    if (sameEmail !== undefined) sameEmail.followers.push({ seeker, by: 'email' });
    else if (seeker.found !== undefined) plan.found.push(seeker);
    else if (sameNumber !== undefined) sameNumber.followers.push({ seeker, by: 'phone' });
    else if (seeker.draft !== undefined) {
      const contact: PlannedContact = { leader: seeker, draft: seeker.draft, followers: [] };
      plan.planned.push(contact);
      if (email !== undefined) byEmail.set(email, contact);
      if (phone !== undefined) byNational.set(phone.national, [...sameDigits, contact]);
    }
  }
  return plan;
}
