import type { RecordEvent, WebhookSubscription, WireEvent } from './webhook-types.js';

/** Numbers where HubSpot sends numbers. */
const numeric = (id: string): number => Number(id);

/** An event as HubSpot words it (FACTS §6.2). */
export function presentEvent(
  event: RecordEvent,
  {
    eventId,
    hubId,
    appId,
    subscription,
    objectTypeId,
    now,
  }: {
    readonly eventId: number;
    readonly hubId: number;
    readonly appId: number;
    readonly subscription: WebhookSubscription;
    readonly objectTypeId: string | undefined;
    readonly now: number;
  },
): WireEvent {
  const isGeneric = subscription.subscriptionType.startsWith('object.');
  return {
    eventId,
    subscriptionId: subscription.id,
    portalId: hubId,
    appId,
    occurredAt: now,
    subscriptionType: subscription.subscriptionType,
    objectId: numeric(event.objectId),
    changeSource: 'CRM',
    ...(isGeneric && objectTypeId !== undefined ? { objectTypeId } : {}),
    ...extrasOf(event),
  };
}

function extrasOf(event: RecordEvent): WireEvent {
  switch (event.verb) {
    case 'creation':
      return { changeFlag: 'NEW' };
    case 'deletion':
    case 'privacyDeletion':
      return { changeFlag: 'DELETED' };
    case 'propertyChange':
      return { propertyName: event.propertyName, propertyValue: event.propertyValue, isSensitive: false };
    case 'merge':
      return {
        primaryObjectId: numeric(event.primaryObjectId),
        mergedObjectIds: event.mergedObjectIds.map(numeric),
        newObjectId: numeric(event.newObjectId),
        numberOfPropertiesMoved: 0,
      };
  }
}
