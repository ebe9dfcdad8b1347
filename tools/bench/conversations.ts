import type { Simulator } from './simulator.ts';

/** How a conversation's contact is found. */
export type Kind = 'linked' | 'email' | 'phone' | 'new';

/** Of every ten conversations. */
const MIX: readonly Kind[] = [
  'linked',
  'linked',
  'linked',
  'linked',
  'email',
  'email',
  'email',
  'phone',
  'phone',
  'new',
];

const MESSAGES = 10;

const SENTENCES = [
  'Hello, my order has not arrived yet and the tracking page has shown the same place since Monday.',
  'Thank you for writing! I am looking at it right now, one moment please.',
  'Could you tell me which of the two addresses it was sent to?',
  'It went to the address of your last invoice. Shall I ask the carrier to bring it to the other one?',
  'Yes please, and I would like to add one more charger if that is still possible. 🙂',
  'Done: the parcel is on its way to the new address, and the charger comes in a second one on Thursday.',
];

export interface Person {
  externalId?: string;
  email?: string;
  phone?: string;
  firstName?: string;
  lastName?: string;
  crmContactId?: string;
}

export interface Message {
  id: string;
  author: 'customer' | 'agent';
  name: string;
  text: string;
  sentAt: string;
}

/** A closed conversation as `POST /conversations` takes it. */
export interface Conversation {
  externalId: string;
  channel: 'chat' | 'sms';
  direction: 'inbound';
  customer: Person;
  agent: { name: string };
  startedAt: string;
  closedAt: string;
  messages: Message[];
}

/** A conversation with what must come of it. */
export interface Expected {
  kind: Kind;
  conversation: Conversation;
  /** The contact its note belongs to; undefined for `new`: the one that was made for its email. */
  contactId?: string;
}

/** A reproducible stream of numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Fills the portal with the contacts that `size` conversations of the mix need, and makes the conversations, in an order
 * drawn from the seed. 40 % name their contact, 30 % are found by email, 20 % (text messages) by number alone, 10 % are of
 * people the portal doesn't know. Who writes by chat has given email and number, as chat desks ask for.
 * @param tag keeps apart what several runs do in one portal; lower-case letters and digits.
 * @param from the first one's number: where a portal got conversations before, people need other phone numbers.
 */
export async function makeBacklog(
  simulator: Simulator,
  hubId: number,
  { size, seed, tag, from = 0 }: { size: number; seed: number; tag: string; from?: number },
): Promise<Expected[]> {
  const random = seededRandom(seed);
  const kinds = shuffle(
    Array.from({ length: size }, (_, index) => MIX[index % MIX.length] ?? 'linked'),
    random,
  );
  const known = kinds.flatMap((kind, index) =>
    kind === 'new' ? [] : [{ index, contact: contactOf(kind, from + index, tag) }],
  );
  const ids = await simulator.createContacts(
    hubId,
    known.map(({ contact }) => contact),
  );
  const contactIds = new Map(known.map(({ index }, position) => [index, ids[position] ?? '']));
  return kinds.map((kind, index) => {
    const contactId = contactIds.get(index);
    return { kind, contactId, conversation: converse(from + index, tag, { kind, contactId, random }) };
  });
}

/** The last words of every message: unique, and unharmed by whatever HubSpot does to HTML. */
export function markOf(externalId: string, message: number): string {
  return `${externalId}x${message}end`;
}

/** Groups: external id, number of the message. */
export const MARK = /\b([a-z0-9]+q\d{6})x(\d+)end\b/g;

export function messagesOf({ messages }: Conversation): number {
  return messages.length;
}

function contactOf(kind: Kind, index: number, tag: string): Record<string, string> {
  const name = { firstname: `Known${index}`, lastname: tag };
  if (kind === 'phone') return { ...name, phone: phoneOf(index) };
  return { ...name, email: emailOf(index, tag) };
}

function personOf(kind: Kind, index: number, tag: string, contactId: string | undefined): Person {
  const both = { email: emailOf(index, tag), phone: phoneOf(index) };
  switch (kind) {
    case 'linked':
      return { externalId: `customer-${tag}-${index}`, ...both, crmContactId: contactId };
    case 'email':
      return both;
    case 'phone':
      return { phone: phoneOf(index) };
    case 'new':
      return { ...both, firstName: `New${index}`, lastName: tag };
  }
}

function converse(
  index: number,
  tag: string,
  { kind, contactId, random }: { kind: Kind; contactId: string | undefined; random: () => number },
): Conversation {
  const externalId = externalIdOf(index, tag);
  const closedAt = Date.now();
  const messages = Array.from({ length: MESSAGES }, (_, place): Message => {
    const isCustomer = place % 2 === 0;
    const sentence = SENTENCES[Math.floor(random() * SENTENCES.length)] ?? '';
    return {
      id: `m${place}`,
      author: isCustomer ? 'customer' : 'agent',
      name: isCustomer ? 'Ada Example' : 'Sam Agent',
      text: `${sentence} ${markOf(externalId, place)}`,
      sentAt: new Date(closedAt - (MESSAGES - place) * 30_000).toISOString(),
    };
  });
  return {
    externalId,
    channel: kind === 'phone' ? 'sms' : 'chat',
    direction: 'inbound',
    customer: personOf(kind, index, tag, contactId),
    agent: { name: 'Sam Agent' },
    startedAt: new Date(closedAt - MESSAGES * 30_000).toISOString(),
    closedAt: new Date(closedAt).toISOString(),
    messages,
  };
}

export function externalIdOf(index: number, tag: string): string {
  return `${tag}q${String(index).padStart(6, '0')}`;
}

function emailOf(index: number, tag: string): string {
  return `person${index}.${tag}@customers.example.com`;
}

/** Valid numbers of New York, eight million of them. */
function phoneOf(index: number): string {
  return `+1212${2_000_000 + index}`;
}

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const order = items.map((item) => ({ item, at: random() }));
  return order.toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}
