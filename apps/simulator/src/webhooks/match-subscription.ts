import type { RecordEvent, WebhookSubscription } from './webhook-types.js';

/** The words HubSpot uses in `{object}.{verb}`, by our keys. */
const OBJECT_WORDS: Readonly<Record<string, string>> = {
  contacts: 'contact',
  companies: 'company',
  deals: 'deal',
  tickets: 'ticket',
};

/** Whether a subscription asks for this event. */
export function isSubscribed(subscription: WebhookSubscription, event: RecordEvent): boolean {
  if (!subscription.active) return false;
  const { subscriptionType, objectType, propertyName } = subscription;
  const [word, verb] = subscriptionType.split('.');
  if (verb !== event.verb) return false;
  const isOfType = word === 'object' ? objectType === event.typeKey : word === OBJECT_WORDS[event.typeKey];
  if (!isOfType) return false;
  return event.verb !== 'propertyChange' || propertyName === undefined || propertyName === event.propertyName;
}
