import type { CrmObject } from '@app/crm';
import { fieldOf, OWNER, RECORD_ID } from '../grammar/known-fields.js';
import {
  ANY_WORD,
  BIGGEST,
  BREAKS,
  CLOSED,
  type Comparator,
  COMPARATORS,
  EVERYTHING,
  FILLERS,
  JOINTS,
  NEGATIONS,
  NEWEST,
  OLDEST,
  OPEN,
  OWNED,
  PLACEHOLDERS,
  SMALLEST,
  UNASSIGNED,
} from './goal-vocabulary.js';
import type { GoalWord } from './goal-words.js';
import { type FieldMatch, isPlural, type Lexicon, type OptionMatch } from './lexicon.js';
import { type Head, isNegatedVerb, type Mention, type ReadIntent } from './read-goal.js';

interface Said {
  at: number;
  said: string;
}

/** What a stretch of a goal means for one object. */
export type GoalItem = Said &
  (
    | { kind: 'field'; fields: FieldMatch[] }
    | { kind: 'option'; options: OptionMatch[] }
    /** First and last name, or what stands for a name. */
    | { kind: 'names' }
    /** Any word of what names a record. */
    | { kind: 'anyWord' }
    | { kind: 'compare'; operator: Comparator; isOfTime: boolean; isPeriod: boolean }
    | { kind: 'value'; of: 'number' | 'date' | 'email'; text: string }
    | { kind: 'sort'; by: 'time' | 'size'; direction: 'ascending' | 'descending' }
    | { kind: 'tie'; object: CrmObject; by: string; plural: boolean }
    | { kind: 'object'; object: CrmObject }
    | { kind: Plain | 'unknown' }
  );

/** What says all by itself. */
type Plain =
  | 'and'
  | 'or'
  | 'by'
  | 'sortBy'
  | 'with'
  | 'shows'
  | 'not'
  | 'open'
  | 'closed'
  | 'unassigned'
  | 'owned'
  | 'all'
  | 'head';

export interface Scanned {
  words: readonly GoalWord[];
  lexicon: Lexicon;
  intent: ReadIntent;
  head: Head;
  mentions: readonly Mention[];
}

const LONGEST_PHRASE = 5;
/** A phrase says a field in full from here; below, an option that is said in full goes first. */
const IN_FULL = 0.9;

/** Reads a goal from left to right, the longest phrase first. */
export function scanGoal(scanned: Scanned): GoalItem[] {
  const { words, intent } = scanned;
  const items: GoalItem[] = [];
  for (let at = 0; at < words.length;) {
    if (at === intent.verbAt) {
      at = verbItems(scanned, at, items);
      continue;
    }
    if (at >= intent.condition[0] && at < intent.condition[1]) {
      at = intent.condition[1];
      continue;
    }
    if (isNegatedVerb(words, at + 1)) {
      at += 2;
      continue;
    }
    const found = phraseAt(scanned, at, items) ?? wordAt(scanned, at, items);
    if (found.item !== undefined) items.push(found.item);
    at += Math.max(1, found.length);
  }
  return items.map((item, at) =>
    item.kind === 'field' && items[at + 1]?.kind === 'compare' ? orderedFirst(item) : item,
  );
}

function isOrdered({ field: { type } }: FieldMatch): boolean {
  return type === 'number' || type === 'date' || type === 'datetime';
}

/** What is compared is a number or a time, wherever one is meant. */
function orderedFirst(item: GoalItem & { kind: 'field' }): GoalItem {
  return { ...item, fields: item.fields.toSorted((a, b) => Number(isOrdered(b)) - Number(isOrdered(a))) };
}

interface Found {
  item?: GoalItem;
  length: number;
}

function verbItems({ words }: Scanned, at: number, items: GoalItem[]): number {
  const { text = '', said = '' } = words[at] ?? {};
  if (OWNED.has(text)) items.push({ kind: 'owned', at, said });
  if (text === 'how') items.push({ kind: 'all', at, said });
  if (text === 'close' || text === 'resolve') items.push({ kind: 'closed', at, said });
  if (text === 'reopen') items.push({ kind: 'open', at, said });
  return at + 1;
}

/** Two to five words that are one field or one option. */
function phraseAt(
  { words, lexicon, head, intent, mentions }: Scanned,
  at: number,
  items: readonly GoalItem[],
): Found | undefined {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 1; length--) {
    const phrase = words.slice(at, at + length);
    if (!isPhrase(phrase) || (intent.verbAt > at && intent.verbAt < at + length)) continue;
    const stems = phrase.flatMap(({ stem }) => stem ?? []);
    const said = phrase.map((word) => word.said).join(' ');
    const options = stems.length > 1 ? lexicon.options(head.object, stems) : [];
    if (options.length > 0 && items.at(-1)?.kind !== 'by')
      return { item: { kind: 'option', options, at, said }, length };
    const own = stems.filter((stem) => lexicon.meaning({ ...plain, stem }, head.object) < 1);
    // `amount on the company` is a field and a tie, though there is an `Amount in company currency`.
    const crosses = mentions.some(
      (tie) => tie.tiedBy !== undefined && tie.object !== head.object && tie.at > at && tie.at < at + length,
    );
    const fields = crosses ? [] : lexicon.fields(head.object, stems);
    const [best] = fields;
    const isWhole = best !== undefined && (best.score >= IN_FULL || (own.length === stems.length && own.length > 1));
    if (isWhole && best.field.name === OWNER)
      return { item: { kind: 'owned', at, said }, length: length + placeholdersAfter(words, at + length, PREPOSITION) };
    if (isWhole) return { item: { kind: 'field', fields, at, said }, length };
  }
  return undefined;
}

const plain: GoalWord = { kind: 'word', text: '', said: '' };

const PREPOSITION = /^(to|by|of)$/;

/** `since` is another word for `created` to a search, and a comparison in a sentence. */
const COMPARING: ReadonlySet<string> = new Set(
  COMPARATORS.map(([phrase]) => phrase).filter((phrase) => !phrase.includes(' ')),
);

function isPhrase(phrase: readonly GoalWord[]): boolean {
  const [first, last] = [phrase[0], phrase.at(-1)];
  return isEdge(first) && isEdge(last) && phrase.every(isInner);
}

function isEdge(word: GoalWord | undefined): boolean {
  if (word?.stem === undefined || word.kind !== 'word') return false;
  return !BREAKS.has(word.text) && !OPEN.has(word.text) && !COMPARING.has(word.text);
}

function isInner({ kind, text }: GoalWord): boolean {
  return kind === 'word' && (!BREAKS.has(text) || JOINTS.has(text));
}

function wordAt(scanned: Scanned, at: number, items: readonly GoalItem[]): Found {
  const { words, head, mentions } = scanned;
  const word = words[at];
  if (word === undefined) return { length: 1 };
  const { text, said, kind } = word;
  if (kind === 'comma') return { item: { kind: 'and', at, said }, length: 1 };
  if (kind !== 'word') return valueAt(scanned, at, kind);
  const one = (itemKind: Plain): Found => ({ item: { kind: itemKind, at, said }, length: 1 });
  if (at === head.at) return one('head');
  const compared = comparatorAt(words, at);
  if (compared !== undefined) return compared;
  const sorted = sortAt(words, at, said);
  if (sorted !== undefined) return sorted;
  const mark = MARKS[text];
  if (mark !== undefined) return one(mark);
  if (NEGATIONS.has(text)) return one('not');
  if (OWNED.has(text)) {
    if (mentions.some((other) => other.at === at + 1)) return { length: 1 };
    return { ...one('owned'), length: 1 + placeholdersAfter(words, at + 1, PREPOSITION) };
  }
  if (UNASSIGNED.has(text)) return one('unassigned');
  const state = stateAt(scanned, word, at);
  if (state !== undefined) return state;
  return meaningAt(scanned, word, { at, items }) ?? (EVERYTHING.has(text) ? one('all') : leftOver(word, at));
}

const MARKS: Readonly<Record<string, Plain>> = {
  and: 'and',
  or: 'or',
  by: 'by',
  via: 'by',
  using: 'by',
  with: 'with',
  including: 'with',
  plus: 'with',
  has: 'with',
  having: 'with',
  sorted: 'sortBy',
  ordered: 'sortBy',
  sort: 'sortBy',
  order: 'sortBy',
  return: 'shows',
  showing: 'shows',
};

function leftOver(word: GoalWord, at: number): Found {
  const { text, said, stem } = word;
  const isSaid = stem !== undefined && !FILLERS.has(text) && !PLACEHOLDERS.has(text);
  return { item: isSaid ? { kind: 'unknown', at, said } : undefined, length: 1 };
}

function valueAt({ words }: Scanned, at: number, of: 'number' | 'date' | 'email'): Found {
  const { text, said } = words[at] ?? { text: '', said: '' };
  return { item: { kind: 'value', of, text, at, said }, length: 1 };
}

function comparatorAt(words: readonly GoalWord[], at: number): Found | undefined {
  for (const [phrase, operator, isOfTime = false] of COMPARATORS) {
    const parts = phrase.split(' ');
    if (!parts.every((part, index) => words[at + index]?.text === part)) continue;
    const isPeriod = /^(this|last|next) /.test(phrase);
    const said = words
      .slice(at, at + parts.length)
      .map((word) => word.said)
      .join(' ');
    const length = parts.length + (isPeriod ? 0 : placeholdersAfter(words, at + parts.length));
    return { item: { kind: 'compare', operator, isOfTime, isPeriod, at, said }, length };
  }
  return undefined;
}

/** `a given date`, `two dates`: what the AI agent will send. */
function placeholdersAfter(words: readonly GoalWord[], from: number, before?: RegExp): number {
  let at = from;
  if (before !== undefined && before.test(words[at]?.text ?? '')) at++;
  const isNumberOf =
    words[at]?.kind === 'number' && /^(dates|days|times|amounts|values|numbers)$/.test(words[at + 1]?.text ?? '');
  if (isNumberOf) return at + 2 - from;
  while (words[at]?.kind === 'word' && PLACEHOLDERS.has(words[at]?.text ?? '')) at++;
  return at - from;
}

function sortAt(words: readonly GoalWord[], at: number, said: string): Found | undefined {
  const isMost = words[at]?.text === 'most';
  const text = words[isMost ? at + 1 : at]?.text ?? '';
  const sort = ([NEWEST, OLDEST, BIGGEST, SMALLEST] as const).findIndex((set) => set.has(text));
  if (sort < 0) return undefined;
  const length = (isMost ? 2 : 1) + (words[at + (isMost ? 2 : 1)]?.text === 'first' ? 1 : 0);
  const direction = sort === 0 || sort === 2 ? 'descending' : 'ascending';
  return { item: { kind: 'sort', by: sort < 2 ? 'time' : 'size', direction, at, said }, length };
}

/** An option of the same word goes first, except where the CRM itself says which stages are closed. */
function stateAt({ lexicon, head }: Scanned, { text, stem = '', said }: GoalWord, at: number): Found | undefined {
  const state = OPEN.has(text) ? 'open' : CLOSED.has(text) ? 'closed' : undefined;
  if (state === undefined) return undefined;
  const isOption = lexicon.options(head.object, [stem]).length > 0;
  if (head.object.pipelines.length === 0 && (isOption || text !== 'open')) return undefined;
  return { item: { kind: state, at, said }, length: 1 };
}

/** One word: a field, an option, a name, another object. */
function meaningAt(
  { lexicon, head, mentions }: Scanned,
  word: GoalWord,
  { at, items }: { at: number; items: readonly GoalItem[] },
): Found | undefined {
  const { text, stem, said } = word;
  if (stem === undefined) return undefined;
  const item = (found: GoalItem): Found => ({ item: found, length: 1 });
  const options = lexicon.options(head.object, [stem]);
  const last = items.at(-1);
  const asked = items.findLast(({ kind }) => kind === 'field');
  const ofLast = options.filter(({ field }) => asked?.kind === 'field' && asked.fields[0]?.field === field);
  if (ofLast.length > 0) return item({ kind: 'option', options: ofLast, at, said });
  const fields = lexicon.fields(head.object, [stem]);
  const [best] = fields;
  const mention = mentions.find((other) => other.at === at);
  if (mention !== undefined && !(last?.kind === 'by' && (best?.score ?? 0) >= IN_FULL)) {
    const { object, tiedBy } = mention;
    if (tiedBy === undefined || object === head.object) return item({ kind: 'object', object, at, said });
    return item({ kind: 'tie', object, by: tiedBy, plural: isPlural(word), at, said });
  }
  if (stem === 'name' && (best === undefined || best.score < IN_FULL)) return item({ kind: 'names', at, said });
  if (text === 'id') return item(idItem(head.object, { at, said }));
  if (ANY_WORD.has(text) && best === undefined) return item({ kind: 'anyWord', at, said });
  if (options.length > 0 && last?.kind !== 'by' && (best === undefined || best.score < IN_FULL))
    return item({ kind: 'option', options, at, said });
  if (best === undefined || (FILLERS.has(text) && best.score < IN_FULL)) return undefined;
  return item({ kind: best.field.name === OWNER ? 'owned' : 'field', fields, at, said });
}

function idItem(object: CrmObject, where: Said): GoalItem {
  const field = fieldOf(object, RECORD_ID);
  return field === undefined
    ? { kind: 'unknown', ...where }
    : { kind: 'field', fields: [{ field, score: 1 }], ...where };
}
