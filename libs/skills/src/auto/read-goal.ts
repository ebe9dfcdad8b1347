import type { CrmObject } from '@app/crm';
import { objectOf } from '../grammar/known-fields.js';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';
import type { SchemaIndex } from '../schema/search/schema-index.js';
import {
  ARTICLES,
  BREAKS,
  CALLERS,
  FILLERS,
  FIND_OR_CREATE,
  type Intent,
  TIE_WORDS,
  VERBS,
  VERBS_BEFORE_ARTICLE,
} from './goal-vocabulary.js';
import type { GoalWord } from './goal-words.js';
import { isPlural, type Lexicon } from './lexicon.js';

export interface ReadIntent {
  /** `negated`: all that is said is what is not to be done. */
  intent: Intent | 'unsupported' | 'negated';
  /** Place of the verb; -1: none was said, and something is to be found. */
  verbAt: number;
  /** Words that say no more than that what exists stays. */
  condition: readonly [from: number, to: number];
}

const NOWHERE = [-1, -1] as const;

export function readIntent(words: readonly GoalWord[]): ReadIntent {
  const verbAt = words.findIndex((_, at) => verbOf(words, at) !== undefined);
  const condition = conditionIn(words);
  const text = words.map((word) => word.text).join(' ');
  if (
    FIND_OR_CREATE.some((pattern) => pattern.test(text)) &&
    /\b(create|add|make|register|new|upsert|findorcreate|getorcreate)\b/.test(text)
  )
    return { intent: 'findOrCreate', verbAt: lastOfTwo(words, verbAt), condition };
  const negatedAt = words.findIndex((_, at) => isNegatedVerb(words, at));
  if (verbAt < 0 && negatedAt >= 0) return { intent: 'negated', verbAt: negatedAt, condition: NOWHERE };
  const intent = verbOf(words, verbAt) ?? 'find';
  return { intent, verbAt, condition: NOWHERE };
}

function verbOf(words: readonly GoalWord[], at: number): Intent | 'unsupported' | undefined {
  return isNegated(words, at) ? undefined : meantBy(words, at);
}

/** What is said not to be done. */
export function isNegatedVerb(words: readonly GoalWord[], at: number): boolean {
  return isNegated(words, at) && meantBy(words, at) !== undefined;
}

/** `do not create`, `never delete`; but `if not, create`, which goes on. */
function isNegated(words: readonly GoalWord[], at: number): boolean {
  return /^(not|never|cannot)$/.test(words[at - 1]?.text ?? '') && words[at - 2]?.text !== 'if';
}

function meantBy(words: readonly GoalWord[], at: number): Intent | 'unsupported' | undefined {
  const word = words[at];
  if (word?.kind !== 'word') return undefined;
  if (/^(upsert|findorcreate|getorcreate)$/.test(word.text)) return 'findOrCreate';
  const next = words[at + 1];
  const isFirst = words.slice(0, at).every(({ text }) => FILLERS.has(text));
  if (word.text === 'new') return isFirst ? 'create' : undefined;
  if (VERBS_BEFORE_ARTICLE.has(word.text) && !(isFirst && (at > 0 || isBefore(word, next)))) return undefined;
  if (VERBS_BEFORE_ARTICLE.has(word.text) && !isBefore(word, next)) return undefined;
  const found = (['find', 'create', 'update', 'unsupported'] as const).find((intent) => VERBS[intent].has(word.text));
  return found;
}

/** `open a ticket`, `list companies`, `mark them`; but `open tickets`. */
function isBefore(verb: GoalWord, next: GoalWord | undefined): boolean {
  if (next === undefined) return false;
  if (/^(list|set|mark|query|view|log)$/.test(verb.text)) return true;
  return ARTICLES.has(next.text);
}

/** `find or create a contact`: the second verb is the one before what they act on. */
function lastOfTwo(words: readonly GoalWord[], verbAt: number): number {
  const second = words.findIndex((_, at) => at > verbAt && at <= verbAt + 6 && verbOf(words, at) !== undefined);
  const isTwo = second > 0 && words.slice(verbAt, second).some(({ text }) => /^(or|otherwise)$/.test(text));
  return isTwo ? second : verbAt;
}

function conditionIn(words: readonly GoalWord[]): readonly [number, number] {
  const from = words.findIndex(({ text }, at) => at > 0 && /^(unless|if|when|where)$/.test(text));
  if (from < 0) return NOWHERE;
  const comma = words.findIndex(
    ({ kind, text }, at) => at > from && (kind === 'comma' || text === 'with' || text === 'and'),
  );
  return [from, comma < 0 ? words.length : comma];
}

/** The object that is found or written, and where the goal says so. */
export interface Head {
  object: CrmObject;
  /** Place of its word; -1: something else told. */
  at: number;
  plural: boolean;
  said: string;
  because: 'named' | 'other_word' | 'by_option' | 'by_caller' | 'by_search';
  /** Other objects that could be meant, the likeliest first. */
  others: readonly CrmObject[];
}

export interface Mention {
  at: number;
  object: CrmObject;
  score: number;
  /** The word that ties it to what is found or written: `for the contact`. */
  tiedBy?: string;
}

export function mentionsIn(words: readonly GoalWord[], lexicon: Lexicon, { verbAt, condition }: ReadIntent): Mention[] {
  return words.flatMap((word, at) => {
    if (at === verbAt || (at >= condition[0] && at < condition[1])) return [];
    const meant = lexicon.object(word);
    return meant === undefined ? [] : [{ at, ...meant, tiedBy: tieBefore(words, at) }];
  });
}

function tieBefore(words: readonly GoalWord[], at: number): string | undefined {
  for (let before = at - 1; before >= 0 && before >= at - 4; before--) {
    const { text = '', kind } = words[before] ?? {};
    if (kind !== 'word') return undefined;
    // `associated with a contact` says more than `with a contact`.
    const linking = words[before - 1]?.text ?? '';
    if (text === 'with' && TIE_WORDS.has(linking)) return linking;
    if (TIE_WORDS.has(text)) return text;
    if (!ARTICLES.has(text) && !/^(owner|given|certain|existing|same|matching|caller|calling)$/.test(text))
      return undefined;
  }
  return undefined;
}

interface Reading {
  words: readonly GoalWord[];
  lexicon: Lexicon;
  snapshot: SchemaSnapshot;
  index: SchemaIndex;
  intent: ReadIntent;
  mentions: readonly Mention[];
}

/** Undefined: no object of the portal fits. */
export function findHead(reading: Reading): Head | undefined {
  const { words, mentions, intent } = reading;
  const [start, end] = directObject(words, intent.verbAt);
  const free = mentions.filter(({ tiedBy, at }) => tiedBy === undefined && !isOwner(words, at, mentions));
  const inPlace = free.filter(({ at }) => at >= start && at < end);
  const field = fieldOfAnother(reading, inPlace, end);
  const named = field ?? lastOfRow(inPlace, words);
  if (named !== undefined) return headOf(reading, named);
  const byOption = optionHead(reading, [start, end]);
  if (byOption !== undefined) return byOption;
  const isAbout = intent.intent !== 'findOrCreate' && isFieldOf(reading, [start, end]);
  const tied = mentions.find(({ tiedBy }) => tiedBy !== undefined && isAbout);
  const later = tied ?? (intent.intent === 'find' || isAbout ? free[0] : undefined);
  if (later !== undefined) return headOf(reading, later);
  return callerHead(reading, [start, end]) ?? searchedHead(reading, [start, end]);
}

/** From the verb to the word that begins something else. */
function directObject(words: readonly GoalWord[], verbAt: number): [number, number] {
  const start = verbAt + 1;
  const end = words.findIndex(
    ({ text, kind }, at) =>
      at > start &&
      (kind === 'comma' || TIE_WORDS.has(text) || (BREAKS.has(text) && !ARTICLES.has(text) && !FREE.has(text))),
  );
  return [start, end < 0 ? words.length : end];
}

const FREE: ReadonlySet<string> = new Set(['all', 'any', 'given', 'as']);

/** `the customer's tickets` are tickets; so is a `customer ticket`. */
function lastOfRow(mentions: readonly Mention[], words: readonly GoalWord[]): Mention | undefined {
  const [first, ...more] = mentions;
  let last = first;
  for (const mention of more) if (last !== undefined && mention.at === last.at + 1) last = mention;
  const isPossessive = last !== undefined && /['’]s?$/i.test(words[last.at]?.said ?? '');
  const next = mentions.find(({ at }) => last !== undefined && at > last.at);
  return isPossessive && next !== undefined ? next : last;
}

function isOwner(words: readonly GoalWord[], at: number, mentions: readonly Mention[]): boolean {
  return words[at]?.text === 'owner' && mentions.some((other) => other.at === at + 1);
}

/** `the company name of a contact`: a field of the second, though the first is an object too. */
function fieldOfAnother(
  { words, lexicon, mentions }: Reading,
  inPlace: readonly Mention[],
  end: number,
): Mention | undefined {
  const [first] = inPlace;
  const of = mentions.find(({ at, tiedBy }) => at > end && tiedBy === 'of');
  if (first === undefined || of === undefined || first.object === of.object) return undefined;
  const phrase = words.slice(first.at, end).flatMap(({ stem }) => stem ?? []);
  const [best] = phrase.length > 1 ? lexicon.fields(of.object, phrase) : [];
  return best !== undefined && best.score >= 0.9 ? of : undefined;
}

function headOf({ words, snapshot, lexicon }: Reading, { at, object, score }: Mention): Head {
  const word = words[at];
  const others = snapshot.objects.filter(
    (other) => other !== object && word !== undefined && isLike(lexicon, word, other, snapshot),
  );
  return {
    object,
    at,
    plural: word !== undefined && isPlural(word),
    said: word?.said ?? '',
    because: score === 1 ? 'named' : 'other_word',
    others,
  };
}

function isLike(lexicon: Lexicon, word: GoalWord, other: CrmObject, snapshot: SchemaSnapshot): boolean {
  return lexicon.meaning(word, other) >= 0.6 && objectOf(snapshot, other.name) !== undefined;
}

/** `dogs`, of the pets. */
function optionHead({ words, lexicon }: Reading, [start, end]: [number, number]): Head | undefined {
  for (let length = 4; length > 0; length--) {
    for (let at = start; at + length <= end; at++) {
      const phrase = words.slice(at, at + length);
      const stems = phrase.flatMap(({ stem }) => stem ?? []);
      if (stems.length < length || phrase.some(({ text }) => FILLERS.has(text))) continue;
      const [object, ...others] = lexicon.objectsByOption(stems);
      const last = phrase.at(-1);
      if (object !== undefined && last !== undefined)
        return {
          object,
          at: -1,
          plural: isPlural(last),
          said: phrase.map(({ said }) => said).join(' '),
          because: 'by_option',
          others,
        };
    }
  }
  return undefined;
}

/** Whether what the verb acts on is a field of what is named later. */
function isFieldOf({ words, lexicon, mentions }: Reading, [start, end]: [number, number]): boolean {
  const phrase = words.slice(start, end).filter(({ text, stem }) => stem !== undefined && !FILLERS.has(text));
  if (phrase.length === 0) return true;
  return mentions.some(({ object }) =>
    phrase.some(({ stem = '' }, at) => {
      const stems = phrase.slice(at).flatMap((word) => word.stem ?? []);
      return (
        lexicon.fields(object, [stem]).length > 0 ||
        lexicon.fields(object, stems).length > 0 ||
        lexicon.options(object, [stem]).length > 0
      );
    }),
  );
}

function callerHead({ words, snapshot }: Reading, [start, end]: [number, number]): Head | undefined {
  const at = words.findIndex(({ text }) => CALLERS.has(text));
  const object = objectOf(snapshot, 'contacts');
  const isElse = words
    .slice(start, end)
    .some(({ text, stem }) => stem !== undefined && !FILLERS.has(text) && !CALLERS.has(text));
  if (at < 0 || object === undefined || isElse) return undefined;
  return { object, at: -1, plural: false, said: words[at]?.said ?? '', because: 'by_caller', others: [] };
}

/** What the portal's own descriptions say: `animals`, of the pets. */
function searchedHead({ words, index, intent }: Reading, [start, end]: [number, number]): Head | undefined {
  for (let at = end - 1; at >= start; at--) {
    const word = words[at];
    if (word?.stem === undefined || word.kind !== 'word' || FILLERS.has(word.text)) continue;
    const hits = index.search(word.text, { limit: 10 }).flatMap((hit) => (hit.kind === 'object' ? [hit.object] : []));
    const [object, ...others] = hits;
    if (object !== undefined)
      return { object, at, plural: isPlural(word), said: word.said, because: 'by_search', others };
    if (intent.intent !== 'find') return undefined;
  }
  return undefined;
}
