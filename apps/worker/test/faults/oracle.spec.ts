import { describe, expect, it } from '@jest/globals';
import type { OracleContact } from '@app/transcripts/testing';
import type { DeliveryAnswer } from '../tenant-api.js';
import { type AcknowledgedConversation, type Arranged, findWrongs, type FoundEntry, type Observed } from './oracle.js';

const CLOSED_AT = '2026-11-21T10:00:00.000Z';
const ADA: OracleContact = { id: '101', createdAt: new Date(0), emails: ['ada@x.test'], phones: [] };
const BOB: OracleContact = { id: '102', createdAt: new Date(1), emails: ['bob@x.test'], phones: [] };
const NEW: OracleContact = { id: '900', createdAt: new Date(CLOSED_AT), emails: ['new@x.test'], phones: [] };

interface World {
  arranged: Arranged;
  observed: { contacts: OracleContact[]; entries: FoundEntry[]; deliveries: DeliveryAnswer[] };
}

function entryOf(id: string, name: string, { part = 1, parts = 1, text = '', contactId = '101' }): FoundEntry {
  const reference = `TL-${name.toUpperCase().padEnd(10, '0')}-${part}-${parts}-0123456789AB`;
  const body = `<p>Chat</p><p><strong>10:00 Customer</strong></p><p>${text}</p><p><em>Threadline reference:</em> ${reference}</p>`;
  return { id, type: 'note', contactIds: [contactId], body, at: CLOSED_AT };
}

function deliveryOf(name: string, entries: readonly FoundEntry[], contactId: string): DeliveryAnswer {
  return {
    id: `delivery-${name}`,
    conversationId: `id-${name}`,
    status: 'written',
    contactId,
    entries: entries.map(({ id, type }, at) => ({ id, type, part: at + 1, parts: entries.length })),
    attempts: [],
  };
}

function conversationOf(name: string, email: string | undefined, texts: readonly string[]): AcknowledgedConversation {
  return {
    id: `id-${name}`,
    externalId: name,
    channel: 'chat',
    customer: email === undefined ? {} : { email },
    closedAt: CLOSED_AT,
    messages: texts.map((text) => ({ author: 'customer', text })),
  };
}

/** Three conversations as they ought to be: of a known contact in two parts, of a new one, and of nobody. */
function goodWorld(): World {
  const one = [
    entryOf('1', 'one', { part: 1, parts: 2, text: 'First #one#' }),
    entryOf('2', 'one', { part: 2, parts: 2, text: 'Second #one#' }),
  ];
  const two = [entryOf('3', 'two', { text: 'Third #two#', contactId: '900' })];
  return {
    arranged: {
      conversations: [
        conversationOf('one', 'ADA@x.test', ['First #one#', 'Second #one#']),
        conversationOf('two', 'new@x.test', ['Third #two#']),
        conversationOf('three', undefined, ['Fourth #three#']),
      ],
      contacts: [ADA, BOB],
      entriesBefore: new Set(['50']),
      onNoMatch: 'create',
    },
    observed: {
      contacts: [ADA, BOB, NEW],
      entries: [{ ...entryOf('50', 'old', { text: 'Old' }) }, ...one, ...two],
      deliveries: [
        deliveryOf('one', one, '101'),
        deliveryOf('two', two, '900'),
        { ...deliveryOf('three', [], ''), contactId: undefined, status: 'skipped', reason: 'nothing_to_match' },
      ],
    },
  };
}

const wrongsOf = ({ arranged, observed }: { arranged: Arranged; observed: Observed }): string[] =>
  findWrongs(arranged, observed);

const entry = (world: World, id: string): FoundEntry => {
  const found = world.observed.entries.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no entry ${id}`);
  return found;
};
const without = (world: World, id: string): void => {
  world.observed.entries = world.observed.entries.filter((one) => one.id !== id);
};
const delivery = (world: World, at: number): DeliveryAnswer => {
  const found = world.observed.deliveries[at];
  if (found === undefined) throw new Error(`There is no delivery ${at}`);
  return found;
};

describe('the oracle', () => {
  it('has nothing to say about a portal that is as it ought to be', () => {
    expect(wrongsOf(goodWorld())).toEqual([]);
  });

  it.each<[string, (world: World) => void, RegExp]>([
    ['a part is missing', (world) => without(world, '2'), /^one: has the parts 1\/2, not 1\/2 2\/2$/],
    ['everything is missing', (world) => without(world, '3'), /^two: is written, and stands nowhere/],
    [
      'a part stands twice',
      (world) => world.observed.entries.push({ ...entry(world, '2'), id: '4' }),
      /^one: has the parts 1\/2 2\/2 2\/2/,
    ],
    [
      'a whole transcript stands twice, on two contacts',
      (world) => world.observed.entries.push({ ...entry(world, '3'), id: '4', contactIds: ['101'] }),
      /^two: has the parts 1\/1 1\/1/,
    ],
    [
      'a part stands on another contact',
      (world) => (entry(world, '2').contactIds = ['102']),
      /^one: stands on contact/,
    ],
    [
      'all of it stands on another contact',
      (world) => {
        for (const id of ['1', '2']) entry(world, id).contactIds = ['102'];
        delivery(world, 0).contactId = '102';
      },
      /^one: stands on contact 102, not 101$/,
    ],
    ['an entry stands on two contacts', (world) => (entry(world, '3').contactIds = ['900', '101']), /900\+101/],
    ['an entry stands on no contact', (world) => (entry(world, '3').contactIds = []), /^two: 1 entries stand on no/],
    [
      'the parts are in the wrong order',
      (world) => {
        const [first, second] = [entry(world, '1'), entry(world, '2')];
        const [before, after] = [first.body, second.body];
        first.body = before.replace('First', 'Second');
        second.body = after.replace('Second', 'First');
      },
      /^one: reads otherwise .* instead of/,
    ],
    [
      'the ledger numbers the parts otherwise',
      (world) =>
        delivery(world, 0)
          .entries.reverse()
          .forEach((part, at) => (part.part = at + 1)),
      /^one: the ledger says/,
    ],
    [
      'the text is cut',
      (world) => (entry(world, '3').body = entry(world, '3').body.replace('Third ', '')),
      /^two: reads otherwise than it was said: at 0 of 11/,
    ],
    ['an entry has another time', (world) => (entry(world, '3').at = '2026-11-21T10:00:01Z'), /^two: has 1 entries at/],
    ['a chat is written as a call', (world) => (entry(world, '3').type = 'call'), /^two: is written as call, not note/],
    ['an entry is lost in the ledger', (world) => delivery(world, 0).entries.pop(), /^one: the ledger says/],
    ['a delivery is still pending', (world) => (delivery(world, 0).status = 'pending'), /^one: is pending/],
    ['a delivery failed', (world) => (delivery(world, 1).status = 'failed'), /^two: is failed/],
    ['an acknowledged conversation is lost', (world) => world.observed.deliveries.shift(), /^one: was acknowledged/],
    [
      'a conversation has two deliveries',
      (world) => world.observed.deliveries.push({ ...delivery(world, 0), id: 'again' }),
      /^one: has 2 deliveries/,
    ],
    ['a skip has another reason', (world) => (delivery(world, 2).reason = 'no_match'), /^three: is skipped/],
    [
      'what was to be skipped is written',
      (world) => world.observed.entries.push(entryOf('5', 'three', { text: '#three#' })),
      /^three: was to be skipped, and has 1 entries/,
    ],
    [
      'a contact was made twice for one customer',
      (world) => world.observed.contacts.push({ ...NEW, id: '901' }),
      /^contact 901 \(new@x\.test\) was made, and is nobody's/,
    ],
    [
      'a new customer ended on a contact that is somebody else’s',
      (world) => {
        entry(world, '3').contactIds = ['102'];
        delivery(world, 1).contactId = '102';
      },
      /^two: stands on contact 102, not a new one/,
    ],
    [
      'an entry belongs to nobody',
      (world) => world.observed.entries.push(entryOf('6', 'else', { text: 'Who?' })),
      /^note 6 belongs to no conversation/,
    ],
    [
      'an entry holds what somebody else said too',
      (world) => (entry(world, '3').body = entry(world, '3').body.replace('#two#', '#two# #one#')),
      /^note 3 holds what/,
    ],
  ])('speaks up when %s', (_name, doctor, complaint) => {
    const world = goodWorld();
    doctor(world);
    expect(wrongsOf(world)).toContainEqual(expect.stringMatching(complaint));
  });

  it('follows merges, and tells a new contact that two customers share', () => {
    const world = goodWorld();
    for (const id of ['1', '2']) entry(world, id).contactIds = ['102'];
    world.observed.contacts = [BOB, NEW];
    const arranged = { ...world.arranged, survivors: new Map([['101', '102']]) };
    expect(findWrongs(arranged, world.observed)).toEqual([]);
    const conversations = arranged.conversations.map((one, at) =>
      at === 0 ? { ...one, customer: { email: 'other@x.test' } } : one,
    );
    for (const id of ['1', '2']) entry(world, id).contactIds = ['900'];
    delivery(world, 0).contactId = '900';
    expect(findWrongs({ ...arranged, conversations }, world.observed)).toContainEqual(
      expect.stringMatching(/^contact 900 stands for two customers/),
    );
  });

  it('lets what was written go with a contact that is deleted, and expects the rest on a new one', () => {
    const world = goodWorld();
    const arranged = { ...world.arranged, deleted: new Set(['101']) };
    world.observed.contacts = [BOB, NEW];
    for (const id of ['1', '2']) entry(world, id).contactIds = [];
    expect(findWrongs(arranged, world.observed)).toEqual([]);
    for (const id of ['1', '2']) entry(world, id).contactIds = ['903'];
    delivery(world, 0).contactId = '903';
    world.observed.contacts.push({ ...ADA, id: '903' });
    expect(findWrongs(arranged, world.observed)).toEqual([]);
    for (const id of ['1', '2']) entry(world, id).contactIds = ['102'];
    expect(findWrongs(arranged, world.observed)).not.toEqual([]);
  });
});
