import { fieldsOf, listOf, momentOf, textOf } from '../client/read-json.js';
import { readEvents, UNINSTALL_EVENT, type WebhookEvent } from '../webhooks/parse-events.js';

/** What the journal calls what webhooks call `object.<verb>`: the actions in HubSpot's specification of subscriptions. */
const VERBS: Readonly<Record<string, string>> = {
  CREATE: 'creation',
  UPDATE: 'propertyChange',
  DELETE: 'deletion',
  MERGE: 'merge',
  RESTORE: 'restore',
  GDPR_DELETE: 'privacyDeletion',
};

/**
 * What one file of the Webhooks Journal tells, in the form of webhook events. The files' form isn't in HubSpot's specification,
 * so nothing depends on it: what can't be read is left out. An uninstall without a time is left out too, since it could not be
 * told from one before the present connection; the next renewal notices it all the same.
 * @returns undefined when it is no such file.
 */
export function readJournalFile(file: unknown): { events: WebhookEvent[]; unreadable: number } | undefined {
  const fields = fieldsOf(file);
  const entries = [file, fields['journalEvents'], fields['events'], fields['results']].find(Array.isArray);
  if (entries === undefined) return undefined;
  const publishedAt = momentOf(fields['publishedAt']);
  const translated = listOf(entries).map((entry) => translate(fieldsOf(entry), publishedAt));
  const known = translated.filter((entry) => entry !== undefined);
  const events = readEvents(known);
  return { events, unreadable: entries.length - events.length };
}

function translate(entry: Record<string, unknown>, publishedAt: Date | undefined): Record<string, unknown> | undefined {
  const occurredAt = (momentOf(entry['occurredAt']) ?? publishedAt)?.getTime();
  const action = textOf(entry['action'])?.toUpperCase() ?? '';
  if (action === 'APP_UNINSTALL' || entry['eventTypeId'] === UNINSTALL_EVENT) {
    return occurredAt === undefined ? undefined : { ...entry, subscriptionType: 'app.uninstalled', occurredAt };
  }
  const verb = Object.hasOwn(VERBS, action) ? VERBS[action] : undefined;
  // Associations and lists know some of the same actions.
  const isOfRecord = !/association|list/i.test(textOf(entry['type']) ?? '');
  return verb === undefined || !isOfRecord ? undefined : { ...entry, subscriptionType: `object.${verb}`, occurredAt };
}
