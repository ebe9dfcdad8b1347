import type { CrmField, CrmObject, CrmOption } from '@app/crm';
import { fieldOf, isContacts, isSensitive, optionsOf, pipelineFields } from '../grammar/known-fields.js';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';
import { stemOf, wordsOf } from '../schema/search/words.js';
import { COMMON_OPTIONS, KNOWN_WORDS } from './goal-vocabulary.js';
import type { GoalWord } from './goal-words.js';
import { coverage, editsBetween, likenessOf, stemsOf } from './likeness.js';

export interface FieldMatch {
  field: CrmField;
  score: number;
}

export interface OptionMatch {
  field: CrmField;
  option: CrmOption;
}

interface FieldEntry {
  field: CrmField;
  /** Label and name, each without the object's own words. */
  wordings: string[][];
  standing: number;
}

interface OptionEntry extends OptionMatch {
  stems: string[];
  standing: number;
}

interface ObjectEntry {
  object: CrmObject;
  stems: string[];
  fields: FieldEntry[];
  /** Fields by each word of theirs. */
  fieldsByWord: ReadonlyMap<string, FieldEntry[]>;
  options: OptionEntry[];
}

const LONGEST_OPTION = 5;
/** Below it one word of a long label is all that was said. */
const LEAST = 0.35;

/** What the words of a goal may mean in one portal. */
export class Lexicon {
  private readonly entries: readonly ObjectEntry[];
  private readonly known: readonly string[];
  private readonly knownSet: ReadonlySet<string>;

  constructor(private readonly snapshot: Pick<SchemaSnapshot, 'objects' | 'withheld'>) {
    this.entries = snapshot.objects.map((object) => {
      const stems = stemsOf(`${object.label} ${object.pluralLabel}${object.isCustom ? '' : ` ${object.name}`}`);
      const fields = object.fields.map((field) => fieldEntry(field, stems));
      return {
        object,
        stems,
        fields,
        fieldsByWord: byWord(fields),
        options: object.fields.flatMap((field) => optionEntries(object, field)),
      };
    });
    const own = this.entries.flatMap(({ stems, fields, options }) => [
      ...stems,
      ...fields.flatMap(({ wordings }) => wordings.flat()),
      ...options.flatMap(({ stems: words }) => words),
    ]);
    this.known = [...new Set(own)].filter((word) => word.length > 3);
    this.knownSet = new Set(own);
  }

  /** Whether a word could mean this object: 1 by its own name, less by another word for it. */
  object(word: GoalWord): { object: CrmObject; score: number } | undefined {
    const { stem } = word;
    if (stem === undefined || word.kind !== 'word') return undefined;
    return this.entries
      .map(({ object }) => ({ object, score: this.meaning(word, object) }))
      .filter(({ score }) => score > 0)
      .toSorted(
        (a, b) => b.score - a.score || Number(b.object.capabilities.read) - Number(a.object.capabilities.read),
      )[0];
  }

  /** How well a word stands for one object. */
  meaning({ stem = '' }: GoalWord, object: CrmObject): number {
    const stems = this.entryOf(object)?.stems ?? [];
    return stems.length === 1 ? likenessIn(stem, stems) : partIn(stem, stems);
  }

  withheld(word: GoalWord): { label: string; missingScopes: string[] } | undefined {
    const { stem } = word;
    return stem === undefined
      ? undefined
      : this.snapshot.withheld.find(({ label, name }) =>
          stemsOf(`${label} ${name}`).some((own) => likenessOf(stem, own) >= 0.6),
        );
  }

  /** The fields that a phrase may mean, the best first. */
  fields(object: CrmObject, phrase: readonly string[]): FieldMatch[] {
    const entry = this.entryOf(object);
    const said = phrase.filter((stem) => !(phrase.length > 1 && entry?.stems.includes(stem)));
    if (entry === undefined || said.length === 0) return [];
    const found = likelyFields(entry, said).flatMap(({ field, wordings, standing }): FieldMatch[] => {
      const score = Math.max(...wordings.map((wording) => coverage(said, wording))) * standing;
      return score >= LEAST ? [{ field, score }] : [];
    });
    return found.toSorted((a, b) => b.score - a.score);
  }

  /** The options that a phrase names in full; of stages also by the word that only one of them has. */
  options(object: CrmObject, phrase: readonly string[]): OptionMatch[] {
    const said = new Set(phrase);
    if (said.size === 0 || said.size > LONGEST_OPTION || [...said].every((word) => COMMON_OPTIONS.has(word))) return [];
    const entries = this.entryOf(object)?.options ?? [];
    const exact = entries.filter(({ stems }) => stems.length === said.size && stems.every((stem) => said.has(stem)));
    const stage = fieldOf(object, pipelineFields(object)?.stage ?? '');
    const [only, ...more] = entries.filter(
      ({ field, stems }) => field === stage && phrase.every((word) => stems.includes(word)),
    );
    const partly = exact.length === 0 && only !== undefined && more.length === 0 && only.stems.length > 1 ? [only] : [];
    return [...exact, ...partly].toSorted((a, b) => b.standing - a.standing);
  }

  /** Options that a verb brings about: `cancel` for `Cancelled`. */
  optionsOfVerb(object: CrmObject, verb: string): OptionMatch[] {
    const entries = this.entryOf(object)?.options ?? [];
    return entries.filter(({ stems: [stem = '', ...more] }) => more.length === 0 && likenessOf(verb, stem) >= 0.8);
  }

  /** Objects of whose options the phrase is one. */
  objectsByOption(phrase: readonly string[]): CrmObject[] {
    return this.snapshot.objects.filter((object) => this.options(object, phrase).length > 0);
  }

  /** Spelt as the schema has it: one letter wrong in four, two in eight. */
  corrected(word: GoalWord): GoalWord {
    const { stem } = word;
    if (word.kind !== 'word' || stem === undefined || stem.length < 4 || this.isKnown(word)) return word;
    const most = stem.length >= 8 ? 2 : 1;
    let best: { text: string; edits: number } | undefined;
    for (const text of [...this.known, ...OTHER_WORDS]) {
      if (text.length < 4 || text[0] !== stem[0]) continue;
      const edits = editsBetween(stem, text, most);
      if (edits <= most && (best === undefined || edits < best.edits)) best = { text, edits };
    }
    if (best === undefined) return word;
    const isPlural = word.text.endsWith('s') && !word.text.endsWith('ss');
    return { ...word, text: isPlural ? `${best.text}s` : best.text, stem: best.text };
  }

  private isKnown({ stem = '', text }: GoalWord): boolean {
    if (this.knownSet.has(stem) || KNOWN_WORDS.has(text)) return true;
    return OTHER_WORDS.has(stem) || this.known.some((one) => likenessOf(stem, one) > 0);
  }

  private entryOf(object: CrmObject): ObjectEntry | undefined {
    return this.entries.find((entry) => entry.object === object);
  }
}

/** Other words for HubSpot's own objects, which are misspelt as often. */
const OTHER_WORDS: ReadonlySet<string> = new Set(
  'contact customer caller lead person people company client account organisation organization business deal opportunity order ticket case issue complaint incident phone mobile email priority description subject owner assigned newest latest oldest biggest smallest before after between unassigned closed without highest lowest largest'.split(
    ' ',
  ),
);

function byWord(fields: readonly FieldEntry[]): Map<string, FieldEntry[]> {
  const found = new Map<string, FieldEntry[]>();
  for (const field of fields)
    for (const word of new Set(field.wordings.flat())) {
      const own = found.get(word);
      if (own === undefined) found.set(word, [field]);
      else own.push(field);
    }
  return found;
}

/** Those with a word like the first that was said, in the portal's order: the others can't be meant. */
function likelyFields({ fields, fieldsByWord }: ObjectEntry, [first = '']: readonly string[]): FieldEntry[] {
  const likely = new Set([...fieldsByWord].flatMap(([word, own]) => (likenessOf(first, word) > 0 ? own : [])));
  return likely.size === 0 ? [] : fields.filter((field) => likely.has(field));
}

function likenessIn(stem: string, stems: readonly string[]): number {
  return Math.max(0, ...stems.map((own) => likenessOf(stem, own)));
}

/** Of a name of several words, `Service contract`: its last one, by itself, means it less surely. */
function partIn(stem: string, stems: readonly string[]): number {
  return stem === stems.at(-1) ? 0.75 : 0;
}

function fieldEntry(field: CrmField, objectStems: readonly string[]): FieldEntry {
  const without = (stems: string[]): string[] => {
    const rest = stems.filter((stem) => !objectStems.includes(stem));
    return rest.length > 0 ? rest : stems;
  };
  const { name, isHidden, isReadOnly } = field;
  const wordings = [without(stemsOf(field.label)), without(stemsOf(name))].filter((stems) => stems.length > 0);
  const standing =
    (isHidden ? 0.6 : 1) *
    (isReadOnly ? 0.9 : 1) *
    (name.startsWith('hs_') ? 0.95 : 1) *
    (isSensitive(field) ? 0.9 : 1);
  return { field, wordings, standing };
}

function optionEntries(object: CrmObject, field: CrmField): OptionEntry[] {
  if (isSensitive(field)) return [];
  const standing = (field.isHidden ? 0 : 2) + (field.isReadOnly ? 0 : 2) + (field.name.startsWith('hs_') ? 0 : 1);
  return (optionsOf(object, field) ?? []).flatMap((option): OptionEntry[] => {
    const stems = stemsOf(option.label);
    return stems.length === 0 || option.isHidden ? [] : [{ field, option, stems, standing }];
  });
}

/** Names of people: HubSpot keeps them in two. */
export function nameFields(object: CrmObject): CrmField[] {
  if (isContacts(object)) return ['firstname', 'lastname'].flatMap((name) => fieldOf(object, name) ?? []);
  const named =
    fieldOf(object, object.primaryField ?? '') ??
    ['name', 'dealname', 'subject'].map((name) => fieldOf(object, name)).find((field) => field !== undefined) ??
    object.requiredFields.map((name) => fieldOf(object, name)).find((field) => field?.type === 'string');
  return named === undefined ? [] : [named];
}

/** The word before `s`, for telling one from many. */
export function isPlural(word: GoalWord): boolean {
  if (word.text === 'people') return true;
  const [own] = wordsOf(word.text);
  return own !== undefined && stemOf(own) !== own;
}
