/* What goals are made of beside the words of a schema. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

export type Intent = 'find' | 'create' | 'update' | 'findOrCreate';

export const VERBS: Readonly<Record<Exclude<Intent, 'findOrCreate'> | 'unsupported', ReadonlySet<string>>> = {
  find: words(
    'find lookup look search get list show fetch retrieve which who what whose check give count see tell identify read display pull locate recognise recognize query view return how',
  ),
  create: words('create add log open register raise file make book submit insert enter record note start save new'),
  update: words(
    'update change set edit modify mark move assign reassign correct adjust rename close reopen switch resolve put flag',
  ),
  unsupported: words('delete remove erase merge send call text email mail notify dial export import sync archive'),
};

/** Verbs only before what they act on: `open a ticket`, but `open tickets`. */
export const VERBS_BEFORE_ARTICLE = words(
  'open close file book note record log start text call email mail set mark list query view return put',
);
export const ARTICLES = words('a an the new another this that their his her its our up out down as');

/** Two ways to say that what exists stays: together, or as a condition at the end. */
export const FIND_OR_CREATE = [
  /\b(find|get|lookup|look|search|fetch|match)( for)?( (a|an|the) \w+)? (or|and otherwise|otherwise|else) (create|add|make|register|new)\b/,
  /\b(create|add|make|register) or (find|get|lookup|look|match|reuse|fetch)\b/,
  /\b(upsert|findorcreate|getorcreate)\b/,
  /\b(unless|if|when|where)\b.*\b(exist|exists|existing|there|already|found|missing|none|known|new|have)\b/,
] as const;

/** Said in goals and meaning neither an object nor a field. */
export const FILLERS = words(
  'a an the this that these those any some each every all please want wants would like need needs able can could should let lets allow agent ai bot tool to be is are was were been being do does did has have had having i we us me my you your they them their he she his her him it its our who whom whose which what where when as at so then also just only still currently now there here from into onto via using per given certain particular specific specified other another else someone somebody something anyone one same record records entry entries data details information info hubspot crm portal new existing please in on of for by with and or not no without under about up out if unless already exist exists first last most recent latest newest oldest value keyword word words term phrase text containing contains contain matching matches equal equals named called whether today show me how many total name names',
);

/** Stand for what the AI agent will send. */
export const PLACEHOLDERS = words(
  'a an the given certain particular specific specified some any this that date day time moment amount number value threshold caller keyword word words term phrase text their its input someone somebody else rep representative salesperson sales user person colleague teammate member staff',
);

/** End a phrase: what stands on both sides of one belongs to two. */
export const BREAKS = words(
  'a an the and or by with without whose who which that their his her its for from to into onto at as is are was were if unless has have had be been not no than when where using via per including plus given any all of in on',
);

/** Allowed within a phrase, for labels such as `Number of Employees` and `Waiting on contact`. */
export const JOINTS = words('of on in to at the');

export const TIE_WORDS = words(
  'for on about to with from of under against regarding by concerning linked attached associated',
);

export type Comparator = 'LT' | 'LTE' | 'GT' | 'GTE' | 'BETWEEN';

/** The longer first: `more than` before `more`. */
export const COMPARATORS: readonly (readonly [phrase: string, operator: Comparator, isOfTime?: true])[] = [
  ['greater than or equal to', 'GTE'],
  ['less than or equal to', 'LTE'],
  ['more than', 'GT'],
  ['greater than', 'GT'],
  ['higher than', 'GT'],
  ['bigger than', 'GT'],
  ['larger than', 'GT'],
  ['less than', 'LT'],
  ['fewer than', 'LT'],
  ['lower than', 'LT'],
  ['smaller than', 'LT'],
  ['at least', 'GTE'],
  ['at most', 'LTE'],
  ['no more than', 'LTE'],
  ['up to', 'LTE'],
  ['earlier than', 'LT', true],
  ['later than', 'GT', true],
  ['prior to', 'LT', true],
  ['over', 'GT'],
  ['above', 'GT'],
  ['exceeding', 'GT'],
  ['under', 'LT'],
  ['below', 'LT'],
  ['before', 'LT', true],
  ['after', 'GT', true],
  ['since', 'GTE', true],
  ['until', 'LTE', true],
  ['till', 'LTE', true],
  ['between', 'BETWEEN'],
  ['this week', 'BETWEEN', true],
  ['this month', 'BETWEEN', true],
  ['this quarter', 'BETWEEN', true],
  ['this year', 'BETWEEN', true],
  ['last week', 'BETWEEN', true],
  ['last month', 'BETWEEN', true],
  ['last year', 'BETWEEN', true],
  ['next week', 'BETWEEN', true],
  ['next month', 'BETWEEN', true],
];

export const NEWEST = words('newest latest recent last youngest');
export const OLDEST = words('oldest earliest');
export const BIGGEST = words('biggest largest highest top greatest');
export const SMALLEST = words('smallest lowest cheapest');
export const EVERYTHING = words('all every everything many');

export const NEGATIONS = words('not no without missing lacking lack lacks non except never');
export const OPEN = words('open unresolved pending unclosed outstanding');
export const CLOSED = words('closed resolved completed finished solved done');
export const UNASSIGNED = words('unassigned unowned ownerless');
export const OWNED = words('assigned assign reassign owned owner assignee owns');
/** Who is on the phone, where nobody is named. */
export const CALLERS = words('caller calling call calls them who someone somebody person');
export const ANY_WORD = words('keyword word phrase term text');
/** Of options: said too often for something else. */
export const COMMON_OPTIONS = words('new other none yes no true false all any');

const WORDS_OF_SETS = [
  FILLERS,
  PLACEHOLDERS,
  BREAKS,
  TIE_WORDS,
  NEWEST,
  OLDEST,
  BIGGEST,
  SMALLEST,
  EVERYTHING,
  NEGATIONS,
  OPEN,
  CLOSED,
  UNASSIGNED,
  OWNED,
  CALLERS,
  ANY_WORD,
  ...Object.values(VERBS),
].flatMap((set) => [...set]);

/** Every word above that is spelt right as it is. */
export const KNOWN_WORDS: ReadonlySet<string> = new Set(
  WORDS_OF_SETS.concat(COMPARATORS.flatMap(([phrase]) => phrase.split(' '))),
);
