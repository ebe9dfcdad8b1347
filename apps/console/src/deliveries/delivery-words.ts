import type { Tone } from '../show/notice.js';
import type { Delivery, DeliveryStatus } from './deliveries.js';

export const STATUS_WORDS: Readonly<Record<DeliveryStatus, { label: string; tone: Tone }>> = {
  pending: { label: 'Pending', tone: 'wait' },
  delivering: { label: 'Delivering', tone: 'wait' },
  written: { label: 'Written', tone: 'good' },
  skipped: { label: 'Skipped', tone: 'idle' },
  failed: { label: 'Failed', tone: 'bad' },
};

/** For people who have not read the documentation. What is not here is shown as HubSpot or Threadline named it. */
const REASONS: Readonly<Record<string, string>> = {
  not_enabled: 'Syncing was not enabled when the conversation closed',
  before_enabled: 'It closed before syncing was enabled',
  writeback_off: 'Interaction logging was off when the conversation closed',
  nothing_to_match: 'Neither email, phone number nor name of the customer is known',
  no_match: 'Nobody in HubSpot matches the customer',
  already_logged: 'Its messages are on the timeline already',
  disabled: 'Syncing was disabled while it waited',
  portal_changed: 'It was meant for another HubSpot account',
  contact_erased: 'The contact was deleted in HubSpot for privacy',
  contact_refused: 'HubSpot refused to create the contact',
  refused: 'HubSpot refused the entry',
  missing_required_property: 'HubSpot requires a property that is not filled',
  invalid_property_value: 'A rule of the HubSpot account does not accept a value',
  invalid_email: 'HubSpot does not accept the email address',
  missing_permission: 'The HubSpot user behind the connection lacks a permission',
  split_otherwise: 'The transcript would be divided differently from the parts already written',
};

export function reasonInWords(reason: string): string {
  const known = REASONS[reason];
  if (known !== undefined) return known;
  const words = reason.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What of an attempt says why the next one is not now. */
const WAITS: readonly Delivery['attempts'][number]['outcome'][] = ['waiting', 'deferred', 'unknown'];

/** @returns why one that is pending was not written yet; nothing while it is simply next in line. */
export function waitInWords({ status, attempts }: Pick<Delivery, 'status' | 'attempts'>): string | undefined {
  const last = attempts.at(-1);
  return status === 'pending' && last !== undefined && WAITS.includes(last.outcome) ? last.detail : undefined;
}

/** Reasons that a filter offers before any delivery has them. */
export const KNOWN_REASONS = Object.keys(REASONS);

const MATCHED_BY: Readonly<Record<NonNullable<Delivery['matchedBy']>, string>> = {
  crm_id: 'Known contact',
  email: 'Email',
  phone: 'Phone number',
  created: 'Created',
};

export function matchInWords({ matchedBy, tied }: Pick<Delivery, 'matchedBy' | 'tied'>): string | undefined {
  if (matchedBy === undefined) return undefined;
  const also = tied !== undefined && tied > 1 ? `; the oldest of ${tied} that matched` : '';
  return MATCHED_BY[matchedBy] + also;
}

export const OUTCOMES: Readonly<Record<Delivery['attempts'][number]['outcome'], { label: string; tone: Tone }>> = {
  written: { label: 'Written', tone: 'good' },
  skipped: { label: 'Skipped', tone: 'idle' },
  failed: { label: 'Failed', tone: 'bad' },
  deferred: { label: 'Put off', tone: 'wait' },
  unknown: { label: 'No answer', tone: 'wait' },
  waiting: { label: 'Waiting', tone: 'wait' },
  replayed: { label: 'Replayed', tone: 'idle' },
};

/** Replay puts these back in line; what was skipped by rule is never exported. */
export function canReplay({ status, reason }: Pick<Delivery, 'status' | 'reason'>): boolean {
  if (status === 'failed') return true;
  return status === 'skipped' && (reason === 'no_match' || reason === 'nothing_to_match');
}
