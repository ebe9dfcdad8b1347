import type { Attachment, Author, ClosedConversation, Message } from '../conversations/conversation.js';
import type { Passage } from '../split/split-passages.js';
import { carriable, carriableLine } from './carriable.js';
import { isWebAddress, MAX_LINK_UNITS } from './find-links.js';
import { MAX_NAME_UNITS, timeSince } from './header.js';
import { escapeHtml, linkTo, markedInSteps, type MarkedText } from './mark-up.js';

const ROLES: Readonly<Record<Author, string>> = { customer: 'customer', agent: 'agent', system: 'system', bot: 'bot' };

/** What the common file systems allow for a name. */
const MAX_FILE_NAME_UNITS = 255;

/** Each text in a paragraph of its own, so that its direction can be its own; a CRM that drops `dir` still has the text. */
const TEXT_OPEN = '<p dir="auto">';
const TEXT_CLOSE = '</p>';

const NOTHING: MarkedText = { text: '', links: [] };

/** The conversation's own summary, or the one made of it. Blank: none. */
export function* summaryPassages(summary: string | undefined): Generator<Passage | undefined> {
  if (summary === undefined || summary.trim() === '') return;
  yield {
    open: `<p><strong>Summary</strong></p>${TEXT_OPEN}`,
    resume: `<p><strong>Summary</strong> <em>continued</em></p>${TEXT_OPEN}`,
    body: yield* markedInSteps(summary),
    close: TEXT_CLOSE,
  };
}

/** Every message with time and author, each attachment after its message; or that there are none. `undefined`: a stop. */
export function* messagePassages({ messages, startedAt }: ClosedConversation): Generator<Passage | undefined> {
  for (const message of messages) {
    yield yield* messagePassage(message, startedAt);
    for (const attachment of message.attachments) yield labelled('Attachment', attachmentHtml(attachment));
  }
  if (messages.length === 0) yield fixed('<p><em>No messages.</em></p>');
}

/** A recording that the CRM's own field can't take: it takes https addresses only. */
export function* recordingPassages({ voice }: ClosedConversation): Generator<Passage> {
  if (voice?.recordingUrl === undefined || isCallRecordingUrl(voice.recordingUrl)) return;
  yield labelled('Recording', addressHtml(voice.recordingUrl));
}

export function isCallRecordingUrl(address: string): boolean {
  return isWebAddress(address) && new URL(address).protocol === 'https:';
}

function* messagePassage({ author, name, text, sentAt }: Message, startedAt: Date): Generator<undefined, Passage> {
  const role = ROLES[author];
  const shownName = carriableLine(name ?? '', MAX_NAME_UNITS);
  const who = shownName === '' ? role.charAt(0).toUpperCase() + role.slice(1) : `${shownName} (${role})`;
  const heading = `<strong>${escapeHtml(`${timeSince(startedAt, sentAt)} ${who}`)}</strong>`;
  if (text === '') return fixed(`<p>${heading}</p>`);
  return {
    open: `<p>${heading}</p>${TEXT_OPEN}`,
    resume: `<p>${heading} <em>continued</em></p>${TEXT_OPEN}`,
    body: yield* markedInSteps(text),
    close: TEXT_CLOSE,
  };
}

function attachmentHtml({ name, url }: Attachment): string {
  const shownName = carriableLine(name, MAX_FILE_NAME_UNITS) || 'file';
  if (url === undefined || url === '') return escapeHtml(shownName);
  if (isWebAddress(url)) return linkTo(carriable(url), shownName);
  // An inline file (`data:`) can be megabytes, and is no address that anybody could follow.
  if (url.length > MAX_LINK_UNITS) return escapeHtml(shownName);
  return escapeHtml(`${shownName} (${carriableLine(url, MAX_LINK_UNITS)})`);
}

function addressHtml(address: string): string {
  return isWebAddress(address)
    ? linkTo(carriable(address), carriable(address))
    : escapeHtml(carriableLine(address, MAX_LINK_UNITS));
}

function labelled(label: string, html: string): Passage {
  return fixed(`<p><em>${label}:</em> ${html}</p>`);
}

function fixed(html: string): Passage {
  return { open: html, resume: '', body: NOTHING, close: '' };
}
