import type { CrmField, CrmObject, CrmOption, CrmSchemaReading } from '@app/crm';
import MiniSearch from 'minisearch';
import { synonymsOf, withoutPhrases } from './synonyms.js';
import { stemOf, wordsOf } from './words.js';

export type SchemaHit =
  | { kind: 'object'; object: CrmObject; score: number }
  /** `options`: those that the words speak of, the best first. */
  | { kind: 'field'; object: CrmObject; field: CrmField; options: CrmOption[]; score: number };

export interface SearchWithin {
  /** Name of the only object whose fields are looked at. */
  object?: string;
  /** Default 20. */
  limit?: number;
}

/** What is searched of an object or a field, by how much it counts. */
const WEIGHTS = { label: 4, name: 3, options: 1.5, synonyms: 1.2, object: 1, description: 0.4 } as const;

/** One letter of four or five, two of ten; shorter words are too like each other. */
const FUZZY = 0.2;
const SHORTEST_FUZZY = 4;
const SHORTEST_PREFIX = 3;
const MOST_OPTIONS = 5;
/**
 * How much more a hit counts when all that was said is just this. An option of one word (`Phone`) is said by chance; one of
 * several is meant, and has to make up for standing in a long list.
 */
const APT = { object: 2.5, label: 1.5, option: 12 } as const;
/** Of an object that only some of the words speak of: the others are about one of its fields. */
const PARTLY = 0.3;
const DEFAULT_LIMIT = 20;

interface Entry extends Record<keyof typeof WEIGHTS, string> {
  id: number;
}

type Target = { kind: 'object'; object: CrmObject } | { kind: 'field'; object: CrmObject; field: CrmField };

/** Finds objects and fields by people's words: labels, names, options; other words for the same, beginnings, typos. */
export class SchemaIndex {
  private readonly targets: readonly Target[];
  private readonly entries: MiniSearch<Entry>;

  constructor({ objects }: Pick<CrmSchemaReading, 'objects'>) {
    this.targets = objects.flatMap((object): Target[] => [
      { kind: 'object', object },
      ...object.fields.map((field) => ({ kind: 'field', object, field }) as const),
    ]);
    const known = new Set<string>();
    this.entries = new MiniSearch<Entry>({
      fields: Object.keys(WEIGHTS),
      tokenize: wordsOf,
      processTerm: (word) => {
        const stem = stemOf(word);
        if (stem !== undefined) known.add(stem);
        return stem;
      },
      searchOptions: {
        processTerm: (word) => {
          const stem = stemOf(word);
          return stem === undefined || known.has(stem) ? stem : (unswapped(stem, known) ?? stem);
        },
        boost: WEIGHTS,
        boostDocument: (id: number) => standingOf(this.targets[id]),
        prefix: (term) => term.length >= SHORTEST_PREFIX,
        fuzzy: (term) => (term.length >= SHORTEST_FUZZY ? FUZZY : false),
      },
    });
    this.entries.addAll(this.targets.map((target, id) => ({ id, ...entryOf(target) })));
  }

  /** The best first. The score says how well one fits compared to the others of the same search. */
  search(words: string, { object, limit = DEFAULT_LIMIT }: SearchWithin = {}): SchemaHit[] {
    const asked = withoutPhrases(wordsOf(words));
    const stems = stemsIn(asked);
    const found = this.entries.search(asked, {
      filter: ({ id }: { id: number }) => object === undefined || this.targets[id]?.object.name === object,
    });
    const hits = found.flatMap(({ id, score, match, queryTerms }: Found): SchemaHit[] => {
      const target = this.targets[id];
      if (target === undefined) return [];
      if (target.kind === 'object') {
        const isPartly = queryTerms.length < stems.size;
        return [{ ...target, score: score * (isPartly ? PARTLY : aptnessOfObject(target.object, stems)) }];
      }
      const options = optionsMeant(target.field, match);
      return [{ ...target, options, score: score * aptnessOfField(target, options, stems) }];
    });
    return hits.toSorted((a, b) => b.score - a.score).slice(0, limit);
  }
}

interface Found {
  id: number;
  score: number;
  match: Match;
  queryTerms: string[];
}

/** Which parts of an entry each of its words was found in. */
type Match = Readonly<Record<string, readonly string[]>>;

function entryOf(target: Target): Omit<Entry, 'id'> {
  const { object } = target;
  const objectWords = `${object.label} ${object.pluralLabel}`;
  if (target.kind === 'object') {
    const name = object.isCustom ? '' : object.name;
    return {
      label: objectWords,
      name,
      options: '',
      synonyms: synonymsIn(objectWords),
      object: '',
      description: object.description ?? '',
    };
  }
  const { field } = target;
  return {
    label: field.label,
    name: field.name,
    options: field.options.map(({ value, label }) => (value === label ? label : `${label} ${value}`)).join(' | '),
    synonyms: synonymsIn(`${field.label} ${field.name}`),
    object: `${objectWords} ${synonymsIn(objectWords)}`,
    description: field.description ?? '',
  };
}

function stemsIn(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).flatMap((word) => stemOf(word) ?? []));
}

function aptnessOfObject({ label, pluralLabel }: CrmObject, stems: ReadonlySet<string>): number {
  const own = stemsIn(`${label} ${pluralLabel}`);
  const isNamed = [...stems].every((stem) => own.has(stem) || [...own].some((one) => synonymsOf(one).has(stem)));
  return isNamed ? APT.object : 1;
}

/** The object's own name beside the field's says no more than which one. */
function aptnessOfField(
  { object, field }: { object: CrmObject; field: CrmField },
  [option]: readonly CrmOption[],
  stems: ReadonlySet<string>,
): number {
  if (option !== undefined && stems.size > 1 && isSame(stemsIn(option.label), stems)) return APT.option;
  const [label, named] = [stemsIn(field.label), stemsIn(`${object.label} ${object.pluralLabel}`)];
  const isNamed =
    [...label].every((stem) => stems.has(stem)) && [...stems].every((stem) => label.has(stem) || named.has(stem));
  return isNamed ? APT.label : 1;
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((stem) => other.has(stem));
}

function synonymsIn(text: string): string {
  const stems = new Set(wordsOf(text).map((word) => stemOf(word) ?? word));
  const others = new Set([...stems].flatMap((stem) => [...synonymsOf(stem)]));
  return [...others].filter((other) => !stems.has(other)).join(' ');
}

/** An object is more often meant than any one of its fields; what the CRM computes for itself, or hides, less often. */
function standingOf(target: Target | undefined): number {
  if (target === undefined) return 0;
  if (target.kind === 'object') return 2.5;
  const { name, isHidden, isReadOnly } = target.field;
  return (isHidden ? 0.4 : 1) * (isReadOnly ? 0.6 : 1) * (name.startsWith('hs_') ? 0.85 : 1);
}

/** Two letters in the wrong order are the commonest typo, and count as two edits. */
function unswapped(word: string, known: ReadonlySet<string>): string | undefined {
  for (let at = 0; at + 1 < word.length; at++) {
    const swapped = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
    if (known.has(swapped)) return swapped;
  }
  return undefined;
}

function optionsMeant(field: CrmField, match: Match): CrmOption[] {
  const words = new Set(Object.keys(match).filter((word) => match[word]?.includes('options')));
  if (words.size === 0) return [];
  return field.options
    .map((option) => ({ option, hits: countWords(option, words) }))
    .filter(({ hits }) => hits > 0)
    .toSorted((a, b) => b.hits - a.hits)
    .slice(0, MOST_OPTIONS)
    .map(({ option }) => option);
}

function countWords({ value, label }: CrmOption, words: ReadonlySet<string>): number {
  const own = new Set(wordsOf(`${label} ${value}`).map((word) => stemOf(word) ?? word));
  return [...own].filter((word) => words.has(word)).length;
}
