/** What an event means to us. */
export type EventKind = 'merged' | 'deleted' | 'privacy_deleted' | 'changed' | 'uninstalled' | 'other';

const CONTACT = '0-1';

const OF_CONTACTS: Readonly<Record<string, EventKind>> = {
  merge: 'merged',
  deletion: 'deleted',
  privacyDeletion: 'privacy_deleted',
  creation: 'changed',
  propertyChange: 'changed',
  restore: 'changed',
};

/** `contact.*` and `object.*` of contacts say the same. Whatever else HubSpot sends is taken, and left alone. */
export function kindOf({ type, objectTypeId }: { type: string; objectTypeId?: string }): EventKind {
  if (type === 'app.uninstalled') return 'uninstalled';
  const [, object, verb] = /^(contact|object)\.(\w+)$/.exec(type) ?? [];
  if (verb === undefined || (object === 'object' && objectTypeId !== CONTACT)) return 'other';
  return Object.hasOwn(OF_CONTACTS, verb) ? (OF_CONTACTS[verb] ?? 'other') : 'other';
}
