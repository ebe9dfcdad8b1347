import type { Channel, ClosedConversation } from '../conversations/conversation.js';
import type { PartPosition } from '../reference/reference.js';
import { carriableLine } from './carriable.js';
import { escapeHtml } from './mark-up.js';

const CHANNEL_TITLES: Readonly<Record<Channel, string>> = {
  chat: 'Chat',
  voice: 'Voice call',
  sms: 'SMS',
  whatsapp: 'WhatsApp',
  imessage: 'iMessage',
  email: 'Email',
};

export const MAX_NAME_UNITS = 120;
/** RFC 5322 §2.1.1: a subject line can't be longer. */
const MAX_SUBJECT_UNITS = 998;

/**
 * The top of every part: channel, which part it is, agent, start and end (UTC), message count, and the subject when there
 * is one. A CRM shows parts in no certain order (they carry the same time), so each says what it belongs to.
 */
export function headerOf(conversation: ClosedConversation, { part, parts }: PartPosition): string {
  const { channel, agent, subject, startedAt, closedAt, messages } = conversation;
  const title = parts > 1 ? `${CHANNEL_TITLES[channel]}, part ${part} of ${parts}` : CHANNEL_TITLES[channel];
  const facts = [
    `agent ${carriableLine(agent?.name || agent?.email || '', MAX_NAME_UNITS) || 'unknown'}`,
    `${dayOf(startedAt)} ${timeOf(startedAt)} – ${timeSince(startedAt, closedAt)} UTC`,
    messages.length === 1 ? '1 message' : `${messages.length} messages`,
  ];
  const head = `<p><strong>${escapeHtml(title)}</strong> · ${escapeHtml(facts.join(' · '))}</p>`;
  const line = carriableLine(subject ?? '', MAX_SUBJECT_UNITS);
  return line === '' ? head : `${head}<p><em>Subject:</em> ${escapeHtml(line)}</p>`;
}

/** `14:03`, with the day before it when that isn't the day the conversation started (UTC). */
export function timeSince(startedAt: Date, at: Date): string {
  return dayOf(at) === dayOf(startedAt) ? timeOf(at) : `${dayOf(at)} ${timeOf(at)}`;
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, -'T00:00:00.000Z'.length);
}

function timeOf(at: Date): string {
  return at.toISOString().slice(-'00:00:00.000Z'.length, -':00.000Z'.length);
}
