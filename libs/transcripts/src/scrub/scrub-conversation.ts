import type { Attachment, ClosedConversation, Message } from '../conversations/conversation.js';
import { atOnce } from '../split/at-once.js';
import { findCards, type CardContext } from './find-cards.js';
import { findNationalIds } from './find-national-ids.js';
import { Gap, readDigits, type DigitGroup } from './read-digits.js';
import type { Span } from './span.js';
import { isIntroducedAsOrder, speaksOfCard, type IdKind } from './words.js';

/** How many numbers were taken out; their values are never kept. */
export interface ScrubCounts {
  cards: number;
  nationalIds: number;
}

export interface ScrubbedConversation {
  conversation: ClosedConversation;
  counts: ScrubCounts;
}

/** What stands for a national id. */
const NATIONAL_ID_LABEL = '[national id]';
/** What stands for the further pieces of a card number that was spread over several places. */
const CARD_PIECE_LABEL = '[card ••••]';

/** A question and its answer are at most so many messages apart. */
const MESSAGES_BACK = 3;
/** Pieces of one number may have others' remarks between them, and short ones without digits of their author. */
const MOST_BETWEEN = 6;
const LONGEST_REMARK = 60;
/** What may stand around a piece where a card is spoken of: `the second half is `. */
const LONGEST_AROUND_PIECE = 80;
/** Labels that are put in without a stop. */
const STEP_LABELS = 10_000;

/**
 * The conversation without payment card numbers and national identity numbers: in message texts, author names, the
 * agent's name, attachment names, the subject and the caller's summary. Card numbers are also found across adjacent
 * messages of one author. What was given stays as it is. Linear in the size of the conversation.
 */
export function scrubConversation(conversation: ClosedConversation): ScrubbedConversation {
  return atOnce(scrubInSteps(conversation));
}

/** The same with a stop after each message, and within long ones, for whoever has other things to do meanwhile. */
export function* scrubInSteps(conversation: ClosedConversation): Generator<void, ScrubbedConversation> {
  const counts: ScrubCounts = { cards: 0, nationalIds: 0 };
  function* line(text: string): Generator<void, string> {
    const [scrubbed = ''] = yield* scrubTexts([text], [0], counts);
    return scrubbed;
  }
  const { messages, subject, summary, agent } = conversation;
  const texts = yield* scrubTexts(
    messages.map(({ text }) => text),
    messages.map(({ author }) => author),
    counts,
  );
  const scrubbedMessages: Message[] = [];
  for (const [index, message] of messages.entries()) {
    const attachments: Attachment[] = [];
    for (const attachment of message.attachments)
      attachments.push({ ...attachment, name: yield* line(attachment.name) });
    scrubbedMessages.push({
      ...message,
      text: texts[index] ?? '',
      ...(message.name !== undefined && { name: yield* line(message.name) }),
      attachments,
    });
    yield;
  }
  const scrubbed: ClosedConversation = {
    ...conversation,
    messages: scrubbedMessages,
    ...(subject !== undefined && { subject: yield* line(subject) }),
    ...(summary !== undefined && { summary: yield* line(summary) }),
    ...(agent?.name !== undefined && { agent: { ...agent, name: yield* line(agent.name) } }),
  };
  return { conversation: scrubbed, counts };
}

/** One text by itself. */
export function scrubText(text: string): string {
  const [scrubbed = ''] = atOnce(scrubTexts([text], [0], { cards: 0, nationalIds: 0 }));
  return scrubbed;
}

/** Texts in the order they were written, with who wrote each; counts are added to `counts`. */
function* scrubTexts(
  texts: readonly string[],
  authors: readonly unknown[],
  counts: ScrubCounts,
): Generator<void, string[]> {
  // What has no digit of any script has neither.
  if (!texts.some((text) => /\p{Nd}/u.test(text))) return [...texts];
  const withoutCards = yield* scrubCards(texts, authors, counts);
  const asked: IdKind[][] = [];
  const scrubbed: string[] = [];
  for (const text of withoutCards) {
    const justAsked = asked.slice(-MESSAGES_BACK).flat();
    const { spans, asks } = yield* findNationalIds(text, justAsked);
    asked.push(asks);
    counts.nationalIds += spans.length;
    const labels = spans.map((span) => ({ ...span, label: NATIONAL_ID_LABEL }));
    scrubbed.push(yield* replaced(text, labels));
    yield;
  }
  return scrubbed;
}

function* scrubCards(
  texts: readonly string[],
  authors: readonly unknown[],
  counts: ScrubCounts,
): Generator<void, string[]> {
  const context = yield* cardContextOf(texts);
  const labels: (Span & { label: string })[][] = texts.map(() => []);
  for (const author of new Set(authors)) {
    const isTheirs = (index: number): boolean => authors[index] === author;
    const groupsOfAuthor = yield* chain(texts, isTheirs, context);
    for (const { groups, lastFour } of yield* findCards(groupsOfAuthor, context)) {
      counts.cards++;
      let label = `[card •••• ${lastFour}]`;
      for (const span of spansOf(groups)) {
        labels[span.text]?.push({ ...span, label });
        label = CARD_PIECE_LABEL;
      }
    }
    yield;
  }
  const scrubbed: string[] = [];
  for (const [index, text] of texts.entries()) scrubbed.push(yield* replaced(text, labels[index] ?? []));
  return scrubbed;
}

/** All digit groups of one author, the first of a message joined to the last before it where it may continue it. */
function* chain(
  texts: readonly string[],
  isTheirs: (index: number) => boolean,
  context: CardContext,
): Generator<void, DigitGroup[]> {
  const groups: DigitGroup[] = [];
  for (const [index, text] of texts.entries()) {
    if (!isTheirs(index)) continue;
    const read = yield* readDigits(text, index);
    const [first] = read;
    const last = groups.at(-1);
    if (first && last && continues(texts, isTheirs, last, first, context)) first.gap = Gap.wide;
    for (const group of read) groups.push(group);
    yield;
  }
  return groups;
}

function continues(
  texts: readonly string[],
  isTheirs: (index: number) => boolean,
  last: DigitGroup,
  first: DigitGroup,
  context: CardContext,
): boolean {
  if (first.text - last.text > MOST_BETWEEN + 1) return false;
  const tail = (texts[last.text] ?? '').slice(last.end, last.end + LONGEST_AROUND_PIECE + 1);
  const head = first.start > LONGEST_AROUND_PIECE ? undefined : (texts[first.text] ?? '').slice(0, first.start);
  if (head === undefined || tail.length + head.length > LONGEST_AROUND_PIECE) return false;
  if (/[\p{L}\p{N}]/u.test(tail + head) && !context.speaksOfCard(last, first)) return false;
  for (let between = last.text + 1; between < first.text; between++) {
    if (isTheirs(between) && (texts[between] ?? '').length > LONGEST_REMARK) return false;
  }
  return true;
}

function* cardContextOf(texts: readonly string[]): Generator<void, CardContext> {
  // talkBefore[i]: how many of the first i texts speak of a card.
  const talkBefore = new Uint32Array(texts.length + 1);
  for (const [index, text] of texts.entries()) {
    talkBefore[index + 1] = (talkBefore[index] ?? 0) + ((yield* speaksOfCard(text)) ? 1 : 0);
    yield;
  }
  return {
    speaksOfCard: (first, last) =>
      (talkBefore[last.text + 1] ?? 0) > (talkBefore[Math.max(0, first.text - MESSAGES_BACK)] ?? 0),
    isNamedOtherwise: ({ text, start }) => isIntroducedAsOrder(texts[text] ?? '', start),
  };
}

/** One span per stretch of a text: groups with nothing but separators between them make one. */
function spansOf(groups: readonly DigitGroup[]): (Span & { text: number })[] {
  const spans: { text: number; start: number; end: number }[] = [];
  for (const { text, start, end } of groups) {
    const previous = spans.at(-1);
    if (previous?.text === text) previous.end = end;
    else spans.push({ text, start, end });
  }
  return spans;
}

function* replaced(text: string, labels: readonly (Span & { label: string })[]): Generator<void, string> {
  let scrubbed = '';
  let at = 0;
  for (const [index, { start, end, label }] of labels.entries()) {
    if (index % STEP_LABELS === STEP_LABELS - 1) yield;
    scrubbed += text.slice(at, start) + label;
    at = end;
  }
  return scrubbed + text.slice(at);
}
