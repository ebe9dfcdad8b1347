import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseEvents, type WebhookEvent } from '../webhooks/parse-events.js';
import { readJournalFile } from './read-journal-file.js';

const AT = '2026-11-21T10:00:00.123Z';
const entry = (action: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'crmObject',
  action,
  portalId: 62_515,
  objectTypeId: '0-1',
  objectId: 10,
  occurredAt: AT,
  ...more,
});

const read = (...journalEvents: unknown[]): WebhookEvent[] => readJournalFile({ journalEvents })?.events ?? [];

describe('a file of the journal', () => {
  it.each([
    ['CREATE', 'object.creation'],
    ['update', 'object.propertyChange'],
    ['DELETE', 'object.deletion'],
    ['RESTORE', 'object.restore'],
    ['GDPR_DELETE', 'object.privacyDeletion'],
    ['APP_UNINSTALL', 'app.uninstalled'],
  ])('tells %s as webhooks tell %s', (action, type) => {
    expect(read(entry(action))).toMatchObject([
      { type, portalId: '62515', objectId: '10', objectTypeId: '0-1', occurredAt: new Date(AT) },
    ]);
  });

  it('knows an uninstall by the event’s id, too', () => {
    expect(read({ type: 'app', eventTypeId: '4-1916193', portalId: 7, occurredAt: AT })).toMatchObject([
      { type: 'app.uninstalled', portalId: '7' },
    ]);
  });

  it('tells the same as the webhook of it', () => {
    const ms = Date.parse(AT);
    const webhooks = [
      { portalId: 62_515, subscriptionId: 1, subscriptionType: 'contact.deletion', objectId: 10, occurredAt: ms },
      { portalId: 62_515, subscriptionId: 2, subscriptionType: 'app.uninstalled', occurredAt: ms },
      {
        portalId: 62_515,
        subscriptionType: 'contact.merge',
        objectId: 10,
        primaryObjectId: 10,
        mergedObjectIds: [11],
        newObjectId: 12,
        occurredAt: ms,
      },
    ];
    const byWebhook = parseEvents(Buffer.from(JSON.stringify(webhooks)));
    const merge = { objectId: 12, primaryObjectId: 10, mergedObjectIds: [11], newObjectId: 12 };
    const byJournal = read(entry('DELETE'), entry('APP_UNINSTALL'), entry('MERGE', merge));
    const fingerprints = byJournal.map(({ fingerprint }) => fingerprint.toString('hex'));
    expect(byWebhook.readable && byWebhook.events.map(({ fingerprint }) => fingerprint.toString('hex'))).toEqual(
      fingerprints,
    );
  });

  it('leaves out what happened to associations and lists, and an uninstall of any time', () => {
    const entries = [
      entry('DELETE', { type: 'association' }),
      entry('UPDATE', { type: 'listMembership' }),
      entry('APP_INSTALL'),
      entry('APP_UNINSTALL', { occurredAt: undefined }),
    ];
    expect(readJournalFile({ journalEvents: entries })).toEqual({ events: [], unreadable: 4 });
  });

  it('dates what has no time of its own', () => {
    const file = { journalEvents: [entry('APP_UNINSTALL', { occurredAt: undefined })], publishedAt: AT };
    expect(readJournalFile(file)?.events).toMatchObject([{ occurredAt: new Date(AT) }]);
  });

  it.each([[[entry('DELETE')]], [{ events: [entry('DELETE')] }], [{ results: [entry('DELETE')] }]])(
    'may hold its events elsewhere: %j',
    (file) => {
      expect(readJournalFile(file)?.events).toHaveLength(1);
    },
  );

  it.each([undefined, null, 'text', 7, {}, { journalEvents: 'none' }])('is none: %j', (file) => {
    expect(readJournalFile(file)).toBeUndefined();
  });

  it('of any JSON is read without complaint', () => {
    const odd = fc.jsonValue();
    const anyEntry = fc.record(
      {
        type: odd,
        action: fc.oneof(odd, fc.constantFrom('DELETE', 'APP_UNINSTALL', 'MERGE', '__proto__')),
        portalId: fc.oneof(odd, fc.nat()),
        objectId: odd,
        occurredAt: odd,
        mergedObjectIds: odd,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(odd, fc.record({ journalEvents: fc.array(fc.oneof(odd, anyEntry)), publishedAt: odd })),
        (file) => {
          for (const event of readJournalFile(file)?.events ?? []) expect(event.fingerprint).toHaveLength(32);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
