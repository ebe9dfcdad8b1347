import type { Author, ClosedConversation, Message } from '../conversations/conversation.js';
import { carriable, carriableLine } from '../render/carriable.js';
import { atOnce } from '../split/at-once.js';
import { readWords } from './read-words.js';
import type { Summariser } from './summariser.port.js';

export interface ExtractOptions {
  /** UTF-16 units of the whole summary. Default 1,500: a paragraph; below 200 there is no room for sentences. */
  maxChars?: number;
}

const DEFAULT_MAX_CHARS = 1_500;
const MOST_SENTENCES = 7;
const LONGEST_SENTENCE = 300;
const LONGEST_NAME = 60;
/** A long conversation is judged by how it began and how it ended; a long message by its beginning. */
const FIRST_MESSAGES = 200;
const LAST_MESSAGES = 800;
const READ_UNITS = 2_000;
/** Fewer words than this are an acknowledgement, not a statement. */
const FEWEST_WORDS = 2;
/** Sentences that are looked at without a stop: a few milliseconds. */
const STEP_SENTENCES = 1_000;

const NOTE = '(Made automatically from sentences of the conversation.)';
const NOTHING_SAID = 'No messages were exchanged.';
const ROLES: Readonly<Record<Author, string>> = { customer: 'Customer', agent: 'Agent', system: 'System', bot: 'Bot' };

/** How much a sentence's place adds to what its words weigh, which is seldom more than 2. */
const WEIGHTS = { matter: 3, resolution: 3, question: 1, answer: 0.8, bot: -0.8 };

const QUESTION = /[?？؟]['"”’»)\s]*$/;

interface Sentence {
  readonly index: number;
  readonly message: number;
  readonly author: Author;
  readonly who: string;
  readonly text: string;
  readonly words: ReadonlySet<string>;
  /** Of its words: how much they are spoken of. */
  weight: number;
  /** Of its place in the conversation. */
  place: number;
}

const sentenceBreaks = new Intl.Segmenter('und', { granularity: 'sentence' });

/**
 * A summary in the conversation's own words: what the customer came for, questions and their answers, how it ended, and
 * what was spoken of most, as a few lines in order with who said them; the last line says that it was made
 * automatically. Plain text. The same conversation gives the same summary. Works in any language: it counts words, and
 * knows only which ones say nothing.
 */
export function extractSummary(conversation: ClosedConversation, options: ExtractOptions = {}): string {
  return atOnce(extractInSteps(conversation, options));
}

/** The same with stops, for whoever has other things to do meanwhile. */
export function* extractInSteps(
  conversation: ClosedConversation,
  { maxChars = DEFAULT_MAX_CHARS }: ExtractOptions = {},
): Generator<void, string> {
  const sentences = yield* sentencesOf(conversation.messages);
  if (sentences.length === 0) return fitting([fallback(conversation.messages)], maxChars);
  yield* weigh(sentences);
  const chosen = yield* choose(sentences, maxChars - NOTE.length - 1);
  return fitting(linesOf(chosen.toSorted((a, b) => a.index - b.index)), maxChars);
}

/** The built-in summariser behind the port. */
export class ExtractiveSummariser implements Summariser {
  async summarise(conversation: ClosedConversation, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    return extractSummary(conversation);
  }
}

function* sentencesOf(messages: readonly Message[]): Generator<void, Sentence[]> {
  const sentences: Sentence[] = [];
  for (const [message, { author, name, text }] of messages.entries()) {
    const isFarFromBothEnds = message >= FIRST_MESSAGES && message < messages.length - LAST_MESSAGES;
    if (author === 'system' || isFarFromBothEnds) continue;
    yield;
    const who = carriableLine(name ?? '', LONGEST_NAME) || ROLES[author];
    for (const { segment } of sentenceBreaks.segment(carriable(text.slice(0, READ_UNITS)))) {
      const words = new Set(readWords(segment));
      if (words.size < FEWEST_WORDS) continue;
      const line = carriableLine(segment, LONGEST_SENTENCE);
      sentences.push({ index: sentences.length, message, author, who, text: line, words, weight: 0, place: 0 });
    }
  }
  return sentences;
}

/** What is spoken of often weighs more (its logarithm: ten times as often isn't ten times as much). */
function* weigh(sentences: readonly Sentence[]): Generator<void, void> {
  const uses = new Map<string, number>();
  for (const { index, words } of sentences) {
    if (index % STEP_SENTENCES === 0) yield;
    for (const word of words) uses.set(word, (uses.get(word) ?? 0) + 1);
  }
  const matter = sentences.find(({ author }) => author === 'customer')?.message;
  const resolution = sentences.findLast(({ author }) => author === 'agent')?.message;
  let asked: Sentence | undefined;
  for (const sentence of sentences) {
    if (sentence.index % STEP_SENTENCES === 0) yield;
    let sum = 0;
    for (const word of sentence.words) sum += Math.log2(uses.get(word) ?? 1);
    // The constant keeps a sentence of two frequent words from outweighing one that says something of them.
    sentence.weight = sum / (sentence.words.size + 3);
    if (sentence.message === matter) sentence.place += WEIGHTS.matter;
    if (sentence.message === resolution) sentence.place += WEIGHTS.resolution;
    if (sentence.author === 'bot') sentence.place += WEIGHTS.bot;
    if (asked && asked.author !== sentence.author && sentence.author !== 'bot') {
      sentence.place += WEIGHTS.answer;
      asked = undefined;
    }
    if (QUESTION.test(sentence.text)) {
      sentence.place += WEIGHTS.question;
      asked = sentence;
    }
  }
}

/** The best sentence, then the best of the rest less what they repeat, until there are enough or no room is left. */
function* choose(sentences: readonly Sentence[], room: number): Generator<void, Sentence[]> {
  const chosen: Sentence[] = [];
  const said = new Set<string>();
  const rest = new Set(sentences);
  let left = room;
  while (chosen.length < MOST_SENTENCES && rest.size > 0) {
    let best: Sentence | undefined;
    let bestScore = -Infinity;
    for (const sentence of rest) {
      if (sentence.index % STEP_SENTENCES === 0) yield;
      let repeated = 0;
      for (const word of sentence.words) repeated += said.has(word) ? 1 : 0;
      const taken = chosen.filter(({ message }) => message === sentence.message).length;
      const score = sentence.weight * (1 - repeated / sentence.words.size) + sentence.place - taken;
      if (score > bestScore) [best, bestScore] = [sentence, score];
    }
    if (!best) break;
    rest.delete(best);
    const units = best.who.length + best.text.length + 3;
    if (bestScore <= 0 && chosen.length > 0) break;
    if (units > left && chosen.length > 0) continue;
    chosen.push(best);
    left -= units;
    for (const word of best.words) said.add(word);
  }
  return chosen;
}

/** `Ana: …`, one line for what one person said in a row. */
function linesOf(sentences: readonly Sentence[]): string[] {
  const lines: string[] = [];
  let speaker: string | undefined;
  for (const { who, author, text } of sentences) {
    const next = `${author} ${who}`;
    if (next === speaker) lines.push(`${lines.pop() ?? ''} ${text}`);
    else lines.push(`${who}: ${text}`);
    speaker = next;
  }
  return lines;
}

/** Short words only, or nothing at all. */
function fallback(messages: readonly Message[]): string {
  const first = messages.find(({ author, text }) => author !== 'system' && text.trim() !== '');
  if (!first) return NOTHING_SAID;
  return `${carriableLine(first.name ?? '', LONGEST_NAME) || ROLES[first.author]}: ${carriableLine(first.text, LONGEST_SENTENCE)}`;
}

function fitting(lines: readonly string[], maxChars: number): string {
  const text = lines.join('\n');
  const room = maxChars - NOTE.length - 1;
  if (room <= 0) return carriableLine(text, maxChars);
  return `${text.length > room ? carriableLine(text, room) : text}\n${NOTE}`;
}
