import { type CrmContact, CrmDeferredError, type CrmDirectory, type Deferral, type PhoneNumber } from '@app/crm';
import type { NoMatchPolicy } from '@app/tenants';
import type { MatchedBy } from '../deliver/delivery.js';
import { chooseOldest, NumberHolders } from './choose-contact.js';
import type { MadeBeside } from './contact-claim.repository.js';
import { phoneKey, type PhonePolicy } from './identity.js';
import { matched, NO_MATCH, NOTHING_TO_MATCH } from './conclude-match.js';
import type { MatchRequest, MatchResult } from './match-result.js';
import { planCreates } from './plan-creates.js';
import { recogniseCreated } from './recognise-created.js';
import { type Found, seek, type Seeker } from './seeker.js';
import { followLeader, settleBeside, settleCreate } from './settle-create.js';
import { type UnsettledCreate, whoHasToWait } from './unsettled-creates.js';

export interface MatchPolicy extends PhonePolicy {
  onNoMatch: NoMatchPolicy;
}

/** What matching asks of the ledger and of what we remember. */
export interface MatchMemory {
  /**
   * Commits that contacts are about to be created for these deliveries.
   * @returns those that are still this drain's; for the others nothing may be sent.
   */
  markCreating(deliveryIds: readonly string[]): Promise<Set<string>>;
  /**
   * Those of these numbers that somebody beside deliveries makes, or has just made, a contact of. Asked once the marks are
   * committed: whoever makes contacts beside them claims first and looks for marks then.
   */
  findMadeBeside(phones: readonly PhoneNumber[]): Promise<MadeBeside[]>;
  /** Contacts we created a short while ago, by `phoneKey`: the search index doesn't show them yet. */
  findJustCreated(phoneKeys: readonly string[]): Promise<Map<string, string>>;
  /** Creates of this or any other drain that were not answered and may still be carried out. */
  findUnsettledCreates(): Promise<UnsettledCreate[]>;
  /** Whose the contacts are known to be: contact id → keys of the customers linked to it. */
  findLinked(contactIds: readonly string[]): Promise<Map<string, string[]>>;
}

/** A create may turn out differently for those who wait for it; each round settles at least one of them. */
const MAX_CREATE_ROUNDS = 5;

/**
 * Finds the contact of each customer, in the order of PRODUCT.md §3.3: CRM id, email, phone, create. Works on sets: each
 * step is one call of the directory for everyone who has come that far.
 */
export class Matcher {
  constructor(private readonly directory: CrmDirectory) {}

  /** One result per request. When the CRM can't answer a look-up now, those who needed it are deferred, and nobody else. */
  async match(
    tenantId: string,
    requests: readonly MatchRequest[],
    policy: MatchPolicy,
    memory: MatchMemory,
  ): Promise<Map<string, MatchResult>> {
    const results = new Map<string, MatchResult>();
    let waiting: Seeker[] = [];
    for (const seeker of requests.map((request) => seek(request, policy))) {
      const { deliveryId, linkedContactId } = seeker.request;
      if (linkedContactId === undefined) waiting.push(seeker);
      else results.set(deliveryId, matched(seeker, linkedContactId, 'crm_id'));
    }
    // As if one after the other: what the first conversation of a customer finds is linked, and the next ones follow it.
    while (waiting.length > 0) {
      const leaders = new Map<string, Seeker>();
      for (const seeker of waiting.toReversed()) leaders.set(seeker.request.customerKey, seeker);
      const strangers = waiting.filter((seeker) => leaders.get(seeker.request.customerKey) === seeker);
      try {
        await this.matchStrangers(tenantId, strangers, policy, memory, results);
      } catch (error) {
        // What was found or made before stands: a contact that was just created must not be lost.
        if (!(error instanceof CrmDeferredError)) throw error;
        for (const { request } of unsettled(strangers, results))
          results.set(request.deliveryId, { outcome: 'deferred', deferral: error.deferral });
      }
      for (const seeker of unsettled(waiting, results)) {
        const leader = leaders.get(seeker.request.customerKey);
        const followed = leader && followLeader(seeker, leader, results.get(leader.request.deliveryId));
        if (followed !== undefined) results.set(seeker.request.deliveryId, followed);
      }
      waiting = unsettled(waiting, results);
    }
    return results;
  }

  /** Customers that differ from each other and have no link. Every one of them has a result afterwards. */
  private async matchStrangers(
    tenantId: string,
    strangers: readonly Seeker[],
    policy: MatchPolicy,
    memory: MatchMemory,
    results: Map<string, MatchResult>,
  ): Promise<void> {
    const settle = (seeker: Seeker, result: MatchResult): void => void results.set(seeker.request.deliveryId, result);

    const byEmail = await this.findByEmails(tenantId, strangers);
    for (const [seeker, contact] of byEmail) settle(seeker, matched(seeker, contact.id, 'email'));
    const missed = unsettled(strangers, results);
    const byPhone = await this.findByPhones(tenantId, missed, policy, memory);
    const bySecondary = await this.findBySecondaryEmails(tenantId, missed, byPhone, policy);
    const seekers = missed.map((seeker) => ({ ...seeker, found: bySecondary.get(seeker) ?? byPhone.get(seeker) }));

    for (const seeker of seekers) {
      if (seeker.found !== undefined && policy.onNoMatch === 'skip')
        settle(seeker, matchedAsFound(seeker, seeker.found));
      else if (seeker.found !== undefined) continue;
      else if (seeker.draft === undefined && seeker.identity.phone === undefined) settle(seeker, NOTHING_TO_MATCH);
      else if (policy.onNoMatch === 'skip' || seeker.draft === undefined) settle(seeker, NO_MATCH);
    }
    await this.create(tenantId, unsettled(seekers, results), policy, memory, results);
  }

  private async findByEmails(tenantId: string, seekers: readonly Seeker[]): Promise<Map<Seeker, CrmContact>> {
    const emails = distinct(seekers.map(({ identity }) => identity.email));
    if (emails.length === 0) return new Map();
    const found = await this.directory.findByEmails(tenantId, emails);
    return pick(seekers, ({ identity }) => (identity.email === undefined ? undefined : found.get(identity.email)));
  }

  /**
   * A secondary address counts as much as a primary one, but finding it costs a search per five addresses. It is asked
   * for only where it can change the outcome: someone else has the number too, or a miss would be the end. Otherwise the
   * create tells, since HubSpot refuses an address that is secondary elsewhere (409).
   */
  private async findBySecondaryEmails(
    tenantId: string,
    seekers: readonly Seeker[],
    byPhone: ReadonlyMap<Seeker, Found>,
    policy: MatchPolicy,
  ): Promise<Map<Seeker, Found>> {
    const holders = Map.groupBy(seekers, ({ identity }) => identity.phone?.national);
    const asking = seekers.filter((seeker) => {
      const { phone } = seeker.identity;
      const isShared = phone !== undefined && (holders.get(phone.national)?.length ?? 0) > 1;
      return policy.onNoMatch === 'skip' || byPhone.has(seeker) || isShared;
    });
    const emails = distinct(asking.map(({ identity }) => identity.email));
    if (emails.length === 0) return new Map();
    const candidates = await this.directory.findBySecondaryEmails(tenantId, emails);
    return pick(asking, ({ identity: { email } }) => {
      if (email === undefined) return undefined;
      return asFound(
        chooseOldest((candidates.get(email) ?? []).filter(({ emails: held }) => held.includes(email))),
        'email',
      );
    });
  }

  private async findByPhones(
    tenantId: string,
    seekers: readonly Seeker[],
    policy: MatchPolicy,
    memory: MatchMemory,
  ): Promise<Map<Seeker, Found>> {
    const numbers = new Map(
      seekers.flatMap(({ identity: { phone } }) => (phone === undefined ? [] : [[phoneKey(phone), phone]])),
    );
    if (numbers.size === 0) return new Map();
    const candidates = await this.directory.findPhoneCandidates(tenantId, [...numbers.values()]);
    const holders = new NumberHolders(candidates, policy.defaultCountry);
    const justCreated = await memory.findJustCreated([...numbers.keys()]);
    return pick(seekers, ({ identity: { phone } }) => {
      if (phone === undefined) return undefined;
      const found = asFound(chooseOldest(holders.of(phone)), 'phone');
      const remembered = justCreated.get(phoneKey(phone));
      return found ?? (remembered === undefined ? undefined : { id: remembered, by: 'phone', tied: 1 });
    });
  }

  /** Creates what is still missing, once per person; everyone's result is in `results` afterwards. */
  private async create(
    tenantId: string,
    seekers: readonly Seeker[],
    policy: MatchPolicy,
    memory: MatchMemory,
    results: Map<string, MatchResult>,
  ): Promise<void> {
    const settle = (seeker: Seeker, result: MatchResult): void => void results.set(seeker.request.deliveryId, result);
    const made = await recogniseCreated(this.directory, tenantId, seekers, (ids) => memory.findLinked(ids));
    for (const [seeker, contactId] of made) settle(seeker, matched(seeker, contactId, 'created'));
    const missing = unsettled(seekers, results).filter(({ found }) => found === undefined);
    const creates = missing.length === 0 ? [] : await memory.findUnsettledCreates();
    for (const [seeker, deferral] of whoHasToWait(missing, creates, policy))
      settle(seeker, { outcome: 'waits', deferral });
    let waiting = unsettled(seekers, results);
    for (let round = 0; waiting.length > 0 && round < MAX_CREATE_ROUNDS; round += 1) {
      const { planned, found } = planCreates(waiting, policy.defaultCountry);
      for (const seeker of found) if (seeker.found !== undefined) settle(seeker, matchedAsFound(seeker, seeker.found));
      const ours = await memory.markCreating(planned.map(({ leader }) => leader.request.deliveryId));
      for (const { leader } of planned) if (!ours.has(leader.request.deliveryId)) settle(leader, { outcome: 'lost' });
      const marked = planned.filter(({ leader }) => !results.has(leader.request.deliveryId));
      const phones = marked.flatMap(({ leader }) => leader.identity.phone ?? []);
      settleBeside(marked, phones.length === 0 ? [] : await memory.findMadeBeside(phones), policy, settle);
      const sent = marked.filter(({ leader }) => !results.has(leader.request.deliveryId));
      const outcomes =
        sent.length === 0
          ? []
          : await this.directory.create(
              tenantId,
              sent.map(({ draft }) => draft),
            );
      const again = sent.flatMap((plan, index) => settleCreate(plan, outcomes[index], settle));
      waiting = [...again, ...waiting.filter((seeker) => !sent.some(({ leader }) => leader === seeker))].filter(
        ({ request }) => !results.has(request.deliveryId),
      );
    }
    for (const seeker of waiting) settle(seeker, { outcome: 'waits', deferral: UNSETTLED });
  }
}

const UNSETTLED: Deferral = { cause: 'unavailable', detail: 'The contact could not be created yet' };

function matchedAsFound(seeker: Seeker, { id, by, tied }: Found): MatchResult {
  return matched(seeker, id, by, tied);
}

function asFound(choice: { contact: CrmContact; tied: number } | undefined, by: MatchedBy): Found | undefined {
  return choice && { id: choice.contact.id, by, tied: choice.tied };
}

function unsettled(seekers: readonly Seeker[], results: ReadonlyMap<string, MatchResult>): Seeker[] {
  return seekers.filter(({ request }) => !results.has(request.deliveryId));
}

function pick<T>(seekers: readonly Seeker[], find: (seeker: Seeker) => T | undefined): Map<Seeker, T> {
  return new Map(
    seekers.flatMap((seeker): [Seeker, T][] => {
      const found = find(seeker);
      return found === undefined ? [] : [[seeker, found]];
    }),
  );
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}
