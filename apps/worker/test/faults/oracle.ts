import { type OracleChoice, type OracleContact, readTheRules, readTranscript } from '@app/transcripts/testing';
import type { DeliveryAnswer } from '../tenant-api.js';

/** A conversation that the API has acknowledged. */
export interface AcknowledgedConversation {
  /** As the API named it. */
  id: string;
  /** Stands between number signs in every line of its messages: so an entry is told without its reference. */
  externalId: string;
  channel: string;
  customer: Readonly<Record<string, string>>;
  closedAt: string;
  messages: readonly { author: string; text: string }[];
}

export interface FoundEntry {
  id: string;
  type: 'note' | 'call';
  contactIds: readonly string[];
  body: string;
  /** Its `hs_timestamp`. */
  at: string;
}

/** What was done, and in which portal. */
export interface Arranged {
  conversations: readonly AcknowledgedConversation[];
  /** As the portal was before; what other people made meanwhile included. */
  contacts: readonly OracleContact[];
  entriesBefore: ReadonlySet<string>;
  onNoMatch: 'create' | 'skip';
  /** Merged-away contact → survivor. */
  survivors?: ReadonlyMap<string, string>;
  /** Contacts that were deleted while deliveries were under way. */
  deleted?: ReadonlySet<string>;
}

/** What came of it. */
export interface Observed {
  contacts: readonly OracleContact[];
  entries: readonly FoundEntry[];
  deliveries: readonly DeliveryAnswer[];
}

/**
 * What is wrong, in sentences; nothing when every acknowledged conversation has its one right outcome. Reads the portal
 * and the ledger only, by the rules of the product as written down and none of its code.
 */
export function findWrongs(arranged: Arranged, observed: Observed): string[] {
  const wrongs: string[] = [];
  const entries = entriesByConversation(arranged, observed, wrongs);
  const deliveries = Map.groupBy(observed.deliveries, ({ conversationId }) => conversationId);
  const contacts = new ExpectedContacts(arranged);
  for (const [index, conversation] of arranged.conversations.entries()) {
    const say = (wrong: string): void => void wrongs.push(`${conversation.externalId}: ${wrong}`);
    const [delivery, ...more] = deliveries.get(conversation.id) ?? [];
    deliveries.delete(conversation.id);
    if (delivery === undefined) say('was acknowledged, and has no delivery');
    else if (more.length > 0) say(`has ${more.length + 1} deliveries`);
    else judge({ index, conversation, delivery, entries: entries.get(conversation.externalId) ?? [], contacts, say });
  }
  if (deliveries.size > 0) wrongs.push(`${deliveries.size} deliveries belong to no conversation`);
  wrongs.push(...contacts.judgeMade(observed.contacts));
  return wrongs;
}

interface Case {
  index: number;
  conversation: AcknowledgedConversation;
  delivery: DeliveryAnswer;
  entries: readonly FoundEntry[];
  contacts: ExpectedContacts;
  say: (wrong: string) => void;
}

function judge({ index, conversation, delivery, entries, contacts, say }: Case): void {
  const standing = entries.filter(({ contactIds }) => contactIds.length > 0);
  const orphaned = entries.filter(({ contactIds }) => contactIds.length === 0);
  if (orphaned.length > 0 && !contacts.wasDeleted(index)) say(`${orphaned.length} entries stand on no contact`);
  // All of it went to a contact that was there, and was deleted afterwards with what stood on it.
  if (delivery.status === 'written' && standing.length === 0 && contacts.wasDeleted(index)) {
    judgeEntries(conversation, orphaned, say);
    judgeLedger(delivery, orphaned, say);
    return;
  }
  const expected = contacts.choose(index);
  if ('skipped' in expected) {
    if (delivery.status !== 'skipped' || delivery.reason !== expected.skipped)
      say(`is ${delivery.status} (${delivery.reason}), not skipped as ${expected.skipped}`);
    if (standing.length > 0) say(`was to be skipped, and has ${standing.length} entries`);
    return;
  }
  if (delivery.status !== 'written') {
    say(`is ${delivery.status} (${delivery.reason}: ${delivery.detail}), not written`);
    return;
  }
  judgeEntries(conversation, standing, say);
  judgeLedger(delivery, standing, say);
  const wrongContact = contacts.meet(expected, delivery, standing);
  if (wrongContact !== undefined) say(wrongContact);
}

/** Every part once, in order, whole. */
function judgeEntries(
  conversation: AcknowledgedConversation,
  entries: readonly FoundEntry[],
  say: (wrong: string) => void,
): void {
  const parts = entries.map((entry) => ({ entry, ...positionOf(entry.body) })).sort((a, b) => a.part - b.part);
  const [first] = parts;
  if (first === undefined) return say('is written, and stands nowhere in the portal');
  const numbers = parts.map(({ part, parts: of }) => `${part}/${of}`).join(' ');
  const expected = Array.from({ length: first.parts }, (_, at) => `${at + 1}/${first.parts}`).join(' ');
  if (numbers !== expected) say(`has the parts ${numbers}, not ${expected}`);
  const said = readSafely(parts.map(({ entry }) => entry.body));
  const meant = conversation.messages.map(({ text }) => text).join('\n');
  if (said !== meant) say(`reads otherwise than it was said: ${firstDifference(said, meant)}`);
  const late = parts.filter(({ entry }) => Date.parse(entry.at) !== Date.parse(conversation.closedAt));
  if (late.length > 0) say(`has ${late.length} entries at another time than it was closed`);
  const types = parts.map(({ entry }) => entry.type).join(' ');
  const meantTypes = parts.map((_, at) => (at === 0 && conversation.channel === 'voice' ? 'call' : 'note')).join(' ');
  if (types !== meantTypes) say(`is written as ${types}, not ${meantTypes}`);
}

/** The ledger names the entries that are there, each with its part. */
function judgeLedger(delivery: DeliveryAnswer, entries: readonly FoundEntry[], say: (wrong: string) => void): void {
  const inPortal = entries.map(({ id, body, type }) => `${type} ${id} is ${positionOf(body).part}`).sort();
  const inLedger = delivery.entries.map(({ id, part, type }) => `${type} ${id} is ${part}`).sort();
  if (inPortal.join() !== inLedger.join()) say(`the ledger says [${inLedger.join()}], the portal [${inPortal.join()}]`);
}

/** The contacts the rules pick, and those that had to be made. */
class ExpectedContacts {
  private readonly choices: readonly OracleChoice[];
  /** With the deleted contacts gone. */
  private readonly choicesAfter: readonly OracleChoice[];
  /** A contact that the rules make → the one that was made. */
  private readonly made = new Map<string, string>();
  private readonly survivors: ReadonlyMap<string, string>;
  private readonly deleted: ReadonlySet<string>;
  private readonly known: ReadonlySet<string>;

  constructor({ conversations, contacts, onNoMatch, survivors = new Map(), deleted = new Set() }: Arranged) {
    this.survivors = survivors;
    this.deleted = deleted;
    this.known = new Set([...contacts.map(({ id }) => id), ...survivors.values()]);
    const customers = conversations.map(({ customer, externalId }) => ({
      ...customer,
      key: keyOf(customer, externalId),
    }));
    this.choices = readTheRules(contacts, customers, { onNoMatch });
    const left = contacts.filter(({ id }) => !deleted.has(id));
    this.choicesAfter = deleted.size === 0 ? this.choices : readTheRules(left, customers, { onNoMatch });
  }

  choose(index: number): OracleChoice {
    const choice = this.choicesAfter[index];
    if (choice === undefined) throw new RangeError('The rules say nothing of this conversation');
    return choice;
  }

  wasDeleted(index: number): boolean {
    const choice = this.choices[index];
    return choice !== undefined && 'contact' in choice && this.deleted.has(choice.contact.id);
  }

  /** @returns what is wrong about where the entries stand. */
  meet(
    { contact }: Extract<OracleChoice, { contact: OracleContact }>,
    delivery: DeliveryAnswer,
    entries: readonly FoundEntry[],
  ): string | undefined {
    const standsOn = [...new Set(entries.map(({ contactIds }) => contactIds.join('+')))].join(' and ');
    const expected = this.expectedId(contact, standsOn);
    if (standsOn !== expected) return `stands on contact ${standsOn}, not ${expected}`;
    const named = this.survivorOf(delivery.contactId ?? '');
    return named === expected ? undefined : `the ledger names contact ${named}, not ${expected}`;
  }

  /** Every contact that is new was to be made, each once. */
  judgeMade(contacts: readonly OracleContact[]): string[] {
    const made = [...this.made.values()];
    const twice = made.filter((id, at) => made.indexOf(id) !== at);
    const meant = new Set(made);
    const extra = contacts.filter(({ id }) => !this.known.has(id) && !meant.has(id));
    return [
      ...twice.map((id) => `contact ${id} stands for two customers that differ`),
      ...extra.map(({ id, emails, phones, firstName }) => {
        const who = [...emails, ...phones, firstName].filter((word) => word !== undefined).join(', ');
        return `contact ${id} (${who}) was made, and is nobody's by the rules`;
      }),
    ];
  }

  /** Of a contact made meanwhile only the portal knows the id: the one under which its first conversation stands. */
  private expectedId({ id }: OracleContact, standsOn: string): string {
    if (!id.startsWith('new-')) return this.survivorOf(id);
    const known = this.made.get(id);
    if (known !== undefined) return known;
    if (this.known.has(standsOn) || !/^\d+$/.test(standsOn)) return 'a new one';
    this.made.set(id, standsOn);
    return standsOn;
  }

  private survivorOf(id: string): string {
    const next = this.survivors.get(id);
    return next === undefined || next === id ? id : this.survivorOf(next);
  }
}

/** Who a customer is to us: PRODUCT's order of external id, lower-cased email, number, else this conversation alone. */
function keyOf({ externalId, email, phone }: Readonly<Record<string, string>>, conversation: string): string {
  if (externalId !== undefined) return `ext ${externalId}`;
  if (email !== undefined) return `email ${email.toLowerCase()}`;
  return phone === undefined ? `alone ${conversation}` : `phone ${phone.replaceAll(/\D/g, '')}`;
}

function entriesByConversation(
  { conversations, entriesBefore }: Arranged,
  { entries }: Observed,
  wrongs: string[],
): Map<string, FoundEntry[]> {
  const known = new Set(conversations.map(({ externalId }) => externalId));
  const found = new Map<string, FoundEntry[]>();
  for (const entry of entries) {
    if (entriesBefore.has(entry.id)) continue;
    const named = [...new Set([...entry.body.matchAll(/#([\w-]+)#/g)].map(([, name]) => name ?? ''))];
    const [conversation, ...others] = named.filter((name) => known.has(name));
    if (conversation === undefined) wrongs.push(`${entry.type} ${entry.id} belongs to no conversation`);
    else if (others.length > 0) wrongs.push(`${entry.type} ${entry.id} holds what ${others.join()} said too`);
    else found.set(conversation, [...(found.get(conversation) ?? []), entry]);
  }
  return found;
}

/** By the one reference line: `TL-<conversation>-<part>-<parts>-<tag>`. */
function positionOf(body: string): { part: number; parts: number } {
  const [found, ...more] = body.matchAll(/TL-[0-9A-Z]{10}-(\d+)-(\d+)-[0-9A-Z]{12}/g);
  return found === undefined || more.length > 0
    ? { part: 0, parts: 0 }
    : { part: Number(found[1]), parts: Number(found[2]) };
}

function readSafely(bodies: readonly string[]): string {
  try {
    return readTranscript(bodies);
  } catch (error) {
    return `(can't be read: ${String(error)})`;
  }
}

function firstDifference(said: string, meant: string): string {
  let at = 0;
  while (at < said.length && said[at] === meant[at]) at += 1;
  const around = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 20), at + 40));
  return `at ${at} of ${meant.length}, ${around(said)} instead of ${around(meant)}`;
}
