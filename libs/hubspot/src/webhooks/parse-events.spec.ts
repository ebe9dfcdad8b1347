import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseEvents, type WebhookEvent } from './parse-events.js';

function read(value: unknown): WebhookEvent[] {
  const parsed = parseEvents(Buffer.from(JSON.stringify(value)));
  if (!parsed.readable) throw new Error(parsed.reason);
  return parsed.events;
}

const MERGE = {
  eventId: 1,
  subscriptionId: 12,
  portalId: 62515,
  appId: 54321,
  occurredAt: 1_564_113_600_000,
  subscriptionType: 'contact.merge',
  attemptNumber: 0,
  objectId: 10,
  changeSource: 'CRM',
  primaryObjectId: 10,
  mergedObjectIds: [11],
  newObjectId: 10,
  numberOfPropertiesMoved: 3,
};

describe('an event', () => {
  it('is read with what it says', () => {
    expect(read([{ ...MERGE, subscriptionType: 'contact.propertyChange', propertyName: 'email' }])).toMatchObject([
      {
        portalId: '62515',
        type: 'contact.propertyChange',
        objectId: '10',
        propertyName: 'email',
        occurredAt: new Date('2019-07-26T04:00:00Z'),
      },
    ]);
  });

  it('of a type we never heard of is carried', () => {
    expect(read([{ portalId: '7', eventType: 'spaceship.launch', objectId: '8' }])).toMatchObject([
      { portalId: '7', type: 'spaceship.launch', objectId: '8', occurredAt: undefined },
    ]);
  });

  it.each([
    ['the primary survives', {}, ['11'], '10'],
    ['a new id survives', { newObjectId: 99 }, ['11', '10'], '99'],
    ['no new id is given', { newObjectId: undefined }, ['11'], '10'],
    ['only the object is named', { newObjectId: 0, primaryObjectId: undefined }, ['11'], '10'],
    ['several are gone', { mergedObjectIds: ['11', 12] }, ['11', '12'], '10'],
    ['the survivor stands among the merged', { mergedObjectIds: [10, 11] }, ['11'], '10'],
    ['nobody is gone', { mergedObjectIds: 'none' }, [], undefined],
  ])('of a merge names who goes and who stays: %s', (_, change, mergedIds, survivorId) => {
    const [event] = read([{ ...MERGE, ...change }]);
    expect({ ...event, mergedIds: event?.mergedIds }).toMatchObject({ mergedIds });
    expect(event?.survivorId).toBe(survivorId);
  });
});

describe('a repetition', () => {
  it.each([
    ['another attempt', { attemptNumber: 3 }],
    ['another event id', { eventId: 99 }],
  ])('is known: %s', (_, change) => {
    const [one, other] = read([MERGE, { ...MERGE, ...change }]);
    expect(one?.fingerprint.equals(other?.fingerprint ?? Buffer.of())).toBe(true);
  });

  const CHANGE = {
    subscriptionId: 12,
    portalId: 62_515,
    occurredAt: 1_564_113_600_000,
    subscriptionType: 'contact.propertyChange',
    objectId: 10,
    propertyName: 'phone',
    propertyValue: '1',
  };
  const DELETION = { ...CHANGE, subscriptionType: 'contact.deletion' };
  const UNTIMED = { ...DELETION, occurredAt: undefined };

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['of a deletion by another subscription', DELETION, { subscriptionId: 13 }],
    ['of a deletion as an object', DELETION, { subscriptionType: 'object.deletion', objectTypeId: '0-1' }],
    ['of a merge as an object', MERGE, { subscriptionType: 'object.merge', objectTypeId: '0-1', objectId: 99 }],
    [
      'of an uninstall in other words',
      { ...DELETION, subscriptionType: 'app.uninstalled' },
      { subscriptionType: 'APP_LIFECYCLE_EVENT', eventTypeId: '4-1916193', objectId: 1 },
    ],
  ])('is known %s', (_, first, change) => {
    const [one, other] = read([first, { ...first, ...change }]);
    expect(one?.fingerprint.equals(other?.fingerprint ?? Buffer.of())).toBe(true);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['subscription', CHANGE, { subscriptionId: 13 }],
    ['object', CHANGE, { objectId: 77 }],
    ['time', CHANGE, { occurredAt: 1_564_113_600_001 }],
    ['property', CHANGE, { propertyName: 'email' }],
    ['value', CHANGE, { propertyValue: 'x' }],
    ['portal', CHANGE, { portalId: 2 }],
    ['merged record', MERGE, { mergedObjectIds: [13] }],
    ['survivor', MERGE, { newObjectId: 14 }],
    ['time of a merge', MERGE, { occurredAt: 1_564_113_600_001 }],
    ['deleted object', DELETION, { objectId: 77 }],
    ['kind of deletion', DELETION, { subscriptionType: 'contact.privacyDeletion' }],
    ['type of the object', DELETION, { subscriptionType: 'object.deletion', objectTypeId: '0-2' }],
    ['subscription, without a time', UNTIMED, { subscriptionId: 13 }],
  ])('is not what differs by %s', (_, first, change) => {
    const [one, other] = read([first, { ...first, ...change }]);
    expect(one?.fingerprint.equals(other?.fingerprint ?? Buffer.of())).toBe(false);
  });
});

describe('a body', () => {
  it.each([
    ['', 'not_json'],
    ['{', 'not_json'],
    ['\u00ff\u00fe', 'not_json'],
    ['"text"', 'not_events'],
    ['null', 'not_events'],
    ['12', 'not_events'],
  ])('that makes no sense is said to: %j', (text, reason) => {
    expect(parseEvents(Buffer.from(text, 'latin1'))).toEqual({ readable: false, reason });
  });

  it('with bad entries gives the good ones', () => {
    const body = JSON.stringify([null, 1, [], {}, { portalId: 1 }, { subscriptionType: 'a' }, MERGE]);
    expect(parseEvents(Buffer.from(body))).toMatchObject({
      readable: true,
      unreadable: 6,
      events: [{ portalId: '62515' }],
    });
  });

  it('of one event without a list is taken', () => {
    expect(read(MERGE)).toHaveLength(1);
  });

  it('of any JSON never throws, and gives only what the database can hold', () => {
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom('\u0000', '\uD800', 1e308, -1, 2 ** 60, 8.7e15, 0.5));
    const arbitrary = fc.array(
      fc.record(
        {
          portalId: fc.oneof(odd, fc.nat()),
          subscriptionType: fc.oneof(odd, fc.constant('contact.merge')),
          eventType: odd,
          objectId: odd,
          objectTypeId: odd,
          occurredAt: odd,
          propertyName: odd,
          propertyValue: odd,
          mergedObjectIds: fc.oneof(odd, fc.array(odd)),
          primaryObjectId: odd,
          newObjectId: odd,
        },
        { requiredKeys: [] },
      ),
    );
    let events = 0;
    fc.assert(
      fc.property(arbitrary, (value) => {
        for (const event of read(value)) {
          events += 1;
          const texts = [event.type, event.objectTypeId, event.propertyName].filter((text) => text !== undefined);
          for (const text of texts) expect(text).toMatch(/^[\w.:-]{1,200}$/);
          const ids = [event.portalId, event.objectId, event.survivorId, ...event.mergedIds];
          for (const id of ids) if (id !== undefined) expect(id).toMatch(/^[1-9]\d{0,18}$/);
          expect(event.occurredAt?.toISOString() ?? '').not.toMatch(/^[+-]/);
          expect(event.fingerprint).toHaveLength(32);
        }
      }),
      { numRuns: 2_000 },
    );
    expect(events).toBeGreaterThan(100);
  });
});
