import type { CrmContact, CrmDirectory } from '@app/crm';
import { chooseOldest, holdersOf } from './choose-contact.js';
import type { Seeker } from './seeker.js';

/** HubSpot's clock and ours differ, and `createdate` is its own. As generous as in reading back entries. */
const CLOCK_SKEW_MS = 10 * 60_000;

interface Asked {
  seeker: Seeker;
  since: Date;
}

/**
 * Looks for the outcome of earlier creates that were never answered, before anything is created again: one bulk look-up for
 * all of them. One made with the email was found by it; what is looked for is one made without (none given, or refused).
 * @param findLinked contact id → keys of the customers linked to it.
 * @returns the contact's id for those whose contact was made.
 */
export async function recogniseCreated(
  directory: CrmDirectory,
  tenantId: string,
  seekers: readonly Seeker[],
  findLinked: (contactIds: readonly string[]) => Promise<Map<string, string[]>>,
): Promise<Map<Seeker, string>> {
  const asked = seekers.flatMap((seeker): Asked[] => {
    const { createSentAt } = seeker.request;
    if (createSentAt === undefined || seeker.draft === undefined || seeker.found !== undefined) return [];
    return [{ seeker, since: new Date(createSentAt.getTime() - CLOCK_SKEW_MS) }];
  });
  const recognised = new Map<Seeker, string>();
  const [first] = asked;
  if (first === undefined) return recognised;
  const oldest = asked.reduce((earliest, { since }) => (since < earliest ? since : earliest), first.since);
  const drafts = asked.flatMap(({ seeker }) => seeker.draft ?? []);
  const candidates = await directory.findCreatedSince(tenantId, drafts, oldest);
  const linked = await findLinked(candidates.map(({ id }) => id));
  const taken = new Set<string>();
  for (const { seeker, since } of asked) {
    const made = candidates.filter((contact) => contact.createdAt >= since && isMadeFrom(contact, seeker));
    // A number says who it is. A name alone doesn't: one that is somebody else's already is not the one made for this.
    const isFree = ({ id }: CrmContact): boolean =>
      !taken.has(id) && (linked.get(id) ?? []).every((customerKey) => customerKey === seeker.request.customerKey);
    const found = chooseOldest(seeker.identity.phone === undefined ? made.filter(isFree) : made);
    if (found === undefined) continue;
    taken.add(found.contact.id);
    recognised.set(seeker, found.contact.id);
  }
  return recognised;
}

/** Whether a contact is what `seeker`'s draft would have become. */
function isMadeFrom(contact: CrmContact, { identity, draft }: Seeker): boolean {
  if (contact.emails.length > 0) return false;
  const { phone } = identity;
  if (phone !== undefined)
    return holdersOf(phone, [contact], undefined).length > 0 || contact.phones.includes(draft?.phone ?? '');
  return contact.firstName === draft?.firstName && contact.lastName === draft?.lastName && contact.phones.length === 0;
}
