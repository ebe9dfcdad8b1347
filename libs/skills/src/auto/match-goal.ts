import type { CrmField, CrmObject } from '@app/crm';
import type { BindingDefinition, RestSearch } from '../grammar/binding.js';
import { SEARCHABLE_TIES } from '../grammar/known-fields.js';
import { PACK_NAMES } from '../bindings/tool-names.js';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';
import type { SchemaIndex } from '../schema/search/schema-index.js';
import { validateBinding } from '../validate/validate-binding.js';
import { type DraftInputs, type DraftReason, inputNameOf, nameFrom, pluralOf, singularOf } from './draft-parts.js';
import { SearchDrafting } from './draft-search.js';
import { WriteDrafting } from './draft-write.js';
import type { BindingDraft, GoalAnswer, Missing } from './goal-answer.js';
import { type GoalItem, scanGoal } from './goal-items.js';
import type { Intent } from './goal-vocabulary.js';
import { FILLERS } from './goal-vocabulary.js';
import { goalWords } from './goal-words.js';
import { Lexicon } from './lexicon.js';
import { findHead, type Head, mentionsIn, type ReadIntent, readIntent } from './read-goal.js';
import { searchTies } from './search-ties.js';

export interface Goal {
  text: string;
  snapshot: SchemaSnapshot;
  index: SchemaIndex;
  /** Tools the AI agent has. */
  taken: ReadonlySet<string>;
}

/** Objects, fields or meanings that are offered beside the first choice. */
const MOST_ALTERNATIVES = 3;

/**
 * Reads a goal without any model: verbs say what is done, the portal's own words with what and by what. The same goal on
 * the same schema gets the same answer.
 */
export function matchGoal(goal: Goal): GoalAnswer {
  const lexicon = new Lexicon(goal.snapshot);
  const words = goalWords(goal.text).map((word) => lexicon.corrected(word));
  if (!words.some(({ kind }) => kind === 'word'))
    return refuse([], { reason: 'empty_goal', message: 'says nothing that a tool could do' });
  const intent = readIntent(words);
  if (intent.intent === 'unsupported' || intent.intent === 'negated') {
    const said = words[intent.verbAt]?.said ?? '';
    const why = intent.intent === 'negated' ? 'is said not to be done: say what is' : 'is nothing that a binding does';
    return refuse([], {
      reason: 'unsupported_operation',
      message: `"${said}" ${why}: it finds, creates, updates, or finds or creates`,
    });
  }
  const mentions = mentionsIn(words, lexicon, intent);
  const head = findHead({ words, lexicon, snapshot: goal.snapshot, index: goal.index, intent, mentions });
  if (head === undefined)
    return refuse([operationReason(intent.intent, words[intent.verbAt]?.said)], unknownObject(words, lexicon));
  const tell = (of: Head): Reading => ({ ...read(of), head: of });
  const read = (of: Head): { items: GoalItem[]; intent: ReadIntent } => {
    const items = scanGoal({ words, lexicon, intent: verbOption(lexicon, of, words, intent), head: of, mentions });
    const asOption = optionOfVerb(lexicon, of, words, intent);
    return {
      items:
        asOption === undefined
          ? items
          : [asOption, ...items.filter(({ kind, at }) => kind !== 'unknown' || at !== asOption.at)],
      intent: verbOption(lexicon, of, words, intent),
    };
  };
  const first = tell(head);
  const said = words[first.intent.verbAt]?.said;
  return answer(goal, first, { said, others: head.others.map((object) => tell({ ...head, object })) });
}

interface Reading {
  head: Head;
  items: GoalItem[];
  intent: ReadIntent;
}

/** `cancel a subscription`: no verb of a binding, but an option of the object. */
function optionOfVerb(
  lexicon: Lexicon,
  head: Head,
  words: ReturnType<typeof goalWords>,
  { verbAt }: ReadIntent,
): (GoalItem & { kind: 'option' }) | undefined {
  const at = words.findIndex(({ text }) => !FILLERS.has(text));
  const word = words[at];
  if (verbAt >= 0 || word?.stem === undefined || at >= head.at) return undefined;
  if (lexicon.options(head.object, [word.stem]).length > 0) return undefined;
  const options = lexicon.optionsOfVerb(head.object, word.stem);
  return options.length === 0 ? undefined : { kind: 'option', options, at, said: word.said };
}

function verbOption(lexicon: Lexicon, head: Head, words: ReturnType<typeof goalWords>, intent: ReadIntent): ReadIntent {
  const option = optionOfVerb(lexicon, head, words, intent);
  if (option !== undefined) return { ...intent, intent: 'update', verbAt: option.at };
  // `add a phone number to a contact`: what exists gets something new.
  const isField = intent.intent === 'create' && head.at > intent.verbAt && isAfterField(lexicon, head, words, intent);
  return isField ? { ...intent, intent: 'update' } : intent;
}

function isAfterField(
  lexicon: Lexicon,
  head: Head,
  words: ReturnType<typeof goalWords>,
  { verbAt }: ReadIntent,
): boolean {
  const between = words.slice(verbAt + 1, head.at);
  const isLinked = between.some(({ text }) => /^(to|of|for|on)$/.test(text));
  const stems = between.filter(({ text }) => !FILLERS.has(text)).flatMap(({ stem }) => stem ?? []);
  return isLinked && stems.length > 0 && lexicon.fields(head.object, stems).length > 0;
}

function answer(
  goal: Goal,
  reading: Reading,
  { said, others }: { said?: string; others: readonly Reading[] },
): GoalAnswer {
  const ignored = reading.items.flatMap((item) => (item.kind === 'unknown' ? [item.said] : []));
  const known = [operationReason(asIntent(reading), said), objectReason(reading)];
  const drafted = draft(goal, reading);
  if (!drafted.drafted) return { ...refuse(known, ...drafted.missing), ignored };
  const alternatives = [
    ...otherFields(reading).flatMap(({ pick, message }) => toAlternative(draft(goal, reading, pick), message)),
    ...others.flatMap((other) => toAlternative(draft(goal, other), `another object: ${other.head.object.label}`)),
  ];
  const seen = new Set([JSON.stringify(bodyOf(drafted.draft.definition))]);
  const different = alternatives.filter(({ definition }) => {
    const key = JSON.stringify(bodyOf(definition));
    return !seen.has(key) && seen.add(key);
  });
  return { fits: true, draft: drafted.draft, alternatives: different.slice(0, MOST_ALTERNATIVES), ignored };
}

type Drafted = { drafted: true; draft: BindingDraft } | { drafted: false; missing: Missing[] };
type Pick = (item: Extract<GoalItem, { kind: 'field' | 'option' }>) => CrmField | undefined;

const BEST: Pick = (item) => (item.kind === 'field' ? item.fields[0]?.field : item.options[0]?.field);

/** Of fields that are said about as well, one that can be set. */
function writable(pick: Pick): Pick {
  return (item) => {
    const field = pick(item);
    if (field?.isReadOnly !== true || item.kind !== 'field') return field;
    const least = NEARLY * (item.fields[0]?.score ?? 0);
    return item.fields.find((other) => !other.field.isReadOnly && other.score >= least)?.field ?? field;
  };
}

const NEARLY = 0.7;

/** Every field that was said, once as the second best that it could be. */
function otherFields({ items }: Reading): { pick: Pick; message: string }[] {
  return items.flatMap((item) => {
    if (item.kind !== 'field') return [];
    return item.fields.slice(1, 3).map(({ field }) => ({
      pick: (asked: Parameters<Pick>[0]) => (asked === item ? field : BEST(asked)),
      message: `"${item.said}" as ${field.label || field.name}`,
    }));
  });
}

function toAlternative(drafted: Drafted, message: string): (BindingDraft & { message: string })[] {
  return drafted.drafted ? [{ ...drafted.draft, message }] : [];
}

function asIntent({ intent }: Reading): Intent {
  return intent.intent === 'unsupported' || intent.intent === 'negated' ? 'find' : intent.intent;
}

function draft(goal: Goal, reading: Reading, pick: Pick = BEST): Drafted {
  const { head, items } = reading;
  const intent = asIntent(reading);
  const reasons = [operationReason(intent, undefined), objectReason(reading)];
  if (intent !== 'find') {
    const drafted = new WriteDrafting(intent, head, items, writable(pick)).draft();
    if (!drafted.drafted) return { drafted: false, missing: [{ reason: drafted.missing, message: drafted.message }] };
    const { write, inputs, reasons: why, asked } = drafted;
    return check(
      goal,
      { operation: 'restWrite', restWrite: write },
      { name: nameOf(intent, head.object, asked.map(inputNameOf)), inputs, reasons: [...reasons, ...why] },
    );
  }
  const { beyond } = searchTies(head, items);
  if (beyond !== undefined)
    return {
      drafted: false,
      missing: [
        {
          reason: 'search_by_tie',
          message: `"${beyond.said}": a search can ask for what is tied to one record that was found before, of ${SEARCHABLE_TIES.join(', ')}, and not in custom objects; beside that only by fields of a ${head.object.label}`,
        },
      ],
    };
  const { search, inputs, reasons: why, asked } = new SearchDrafting(head, items, pick).draft();
  const isBare = search.where.length === 0 && items.some(({ kind }) => kind === 'by');
  if (isBare && search.sort === undefined)
    return {
      drafted: false,
      missing: [{ reason: 'field_to_search_by', message: `say by which field of a ${head.object.label} it is found` }],
    };
  return check(
    goal,
    { operation: 'restSearch', restSearch: search },
    { name: nameOf(intent, head.object, asked, search), inputs, reasons: [...reasons, ...why] },
  );
}

type Block = Pick2<'restSearch'> | Pick2<'restWrite'>;
type Pick2<O extends BindingDefinition['operation']> =
  Extract<BindingDefinition, { operation: O }> extends infer D
    ? Omit<D, 'toolName' | 'description' | 'inputs' | 'inputObjectMap' | 'projection'>
    : never;

function check(
  { text, snapshot, taken }: Goal,
  block: Block,
  { name, inputs, reasons }: { name: string; inputs: DraftInputs; reasons: DraftReason[] },
): Drafted {
  const description = text.replaceAll('\0', '').toWellFormed().trim().slice(0, 1_000);
  const definition = {
    toolName: freeName(name, taken),
    description,
    inputs: inputs.inputs,
    inputObjectMap: [],
    ...block,
  } as BindingDefinition;
  const validation = validateBinding(definition, snapshot);
  if (validation.valid)
    return {
      drafted: true,
      draft: { definition: validation.binding.definition, checked: validation.binding, reasons },
    };
  const { restSearch } = definition as { restSearch?: RestSearch };
  // Pages need one plain search; the first hundred don't.
  if (restSearch !== undefined && typeof restSearch.take === 'object' && restSearch.take.paging === true) {
    const search: RestSearch = { ...restSearch, take: { many: restSearch.take.many } };
    return check(
      { text, snapshot, taken } as Goal,
      { operation: 'restSearch', restSearch: search },
      { name, inputs, reasons },
    );
  }
  const missing = validation.problems.map(({ path, reason, message }): Missing => ({
    reason: reason === 'withheld_object' ? 'withheld_object' : 'invalid',
    message: `${path} ${message}`,
  }));
  return { drafted: false, missing };
}

/** What a binding asks or writes, whatever it is called. */
export function bodyOf(definition: BindingDefinition): unknown {
  return definition.operation === 'restSearch' ? definition.restSearch : definition.restWrite;
}

const INTENTS: Readonly<Record<Intent, string>> = {
  find: 'find',
  create: 'create',
  update: 'update',
  findOrCreate: 'find_or_create',
};

function nameOf(intent: Intent, object: CrmObject, asked: readonly string[], search?: RestSearch): string {
  const isMany = search !== undefined && typeof search.take === 'object';
  const thing = isMany ? pluralOf(object) : singularOf(object);
  const by = intent === 'find' || intent === 'findOrCreate' ? asked.slice(0, 2) : [];
  const whole = [
    INTENTS[intent],
    thing,
    ...(by.length > 0 ? ['by', by.slice(0, intent === 'find' ? 2 : 1).join('_or_')] : []),
  ].join('_');
  return nameFrom(whole);
}

/** Not that of another tool of the AI agent, nor of the Connector Pack. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free) || PACK_NAMES.includes(free); count++) free = `${name.slice(0, 56)}_${count}`;
  return free;
}

function operationReason(intent: Intent | 'unsupported', said: string | undefined): DraftReason {
  const chosen = intent === 'find' || intent === 'unsupported' ? 'restSearch' : `restWrite ${intent}`;
  const message =
    said === undefined ? 'something is to be found, where no verb says otherwise' : `"${said}" says what is done`;
  return { path: 'operation', said: said ?? '', chosen, message };
}

const BECAUSE: Readonly<Record<Head['because'], string>> = {
  named: 'the goal names it',
  other_word: 'another word for it',
  by_option: 'one of its options is named',
  by_caller: 'who calls is a contact',
  by_search: 'what HubSpot says of it',
};

function objectReason({ head, intent }: Reading): DraftReason {
  const block = intent.intent === 'find' || intent.intent === 'unsupported' ? 'restSearch' : 'restWrite';
  return { path: `${block}.object`, said: head.said, chosen: head.object.name, message: BECAUSE[head.because] };
}

function unknownObject(words: ReturnType<typeof goalWords>, lexicon: Lexicon): Missing {
  for (const word of words) {
    const withheld = lexicon.withheld(word);
    if (withheld !== undefined)
      return {
        reason: 'withheld_object',
        message: `${withheld.label} can’t be read by this connection: grant ${withheld.missingScopes.join(', ')} and connect again`,
      };
  }
  return {
    reason: 'unknown_object',
    message: 'say with which object of this portal it is done: nothing here goes by such a name',
  };
}

function refuse(understood: DraftReason[], ...missing: Missing[]): Extract<GoalAnswer, { fits: false }> {
  return { fits: false, understood, missing, ignored: [] };
}
