import { stemOf, wordsOf } from '../schema/search/words.js';

/** One word of a goal, a number, an e-mail address or a date as it stands there, or the mark that parts two of them. */
export interface GoalWord {
  kind: 'word' | 'number' | 'email' | 'date' | 'comma';
  /** As it is compared: lower case, without accents; a number without its separators. */
  text: string;
  /** Singular; undefined where the word says nothing of a schema. */
  stem?: string;
  /** As it was written. */
  said: string;
}

const NUMBERS: ReadonlyMap<string, string> = new Map(
  'one two three four five six seven eight nine ten'.split(' ').map((word, index) => [word, String(index + 1)]),
);

const PARTS =
  /(?<email>[^\s@,;:<>()"']+@[^\s@,;:<>()"']+\.[\p{L}\p{N}]{2,})|(?<date>\d{4}-\d{2}-\d{2})|(?<number>\d+(?:[.,]\d+)*(?:k\b)?)|(?<word>[\p{L}\p{M}\p{N}]+(?:['’_-][\p{L}\p{M}\p{N}]+)*)|(?<comma>[,;?.])/giu;

/** What is said in two words and meant as one, or in one and meant as several. */
const SPELLINGS: Readonly<Record<string, string>> = {
  'e mail': 'email',
  'email address': 'email',
  'email addresses': 'email',
  'cell phone': 'mobile',
  'post code': 'zip',
  postcode: 'zip',
  'look up': 'lookup',
  'phone no': 'phone number',
  'aren t': 'not',
  'isn t': 'not',
  'hasn t': 'not',
  'haven t': 'not',
  'doesn t': 'not',
  'don t': 'not',
  arent: 'not',
  isnt: 'not',
  hasnt: 'not',
  havent: 'not',
  doesnt: 'not',
  dont: 'not',
};

/** More than a sentence or two is no goal any more, and costs time to read. */
const MOST_WORDS = 120;

/** The goal in words. What people write together or apart becomes one. */
export function goalWords(goal: string): GoalWord[] {
  const parts: GoalWord[] = [];
  for (const { groups = {}, 0: said } of goal.matchAll(PARTS)) {
    if (parts.length >= MOST_WORDS) break;
    if (groups['comma'] !== undefined) parts.push({ kind: 'comma', text: ',', said });
    else if (groups['email'] !== undefined) parts.push({ kind: 'email', text: said.toLowerCase(), said });
    else if (groups['date'] !== undefined) parts.push({ kind: 'date', text: said, said });
    else if (groups['number'] !== undefined) parts.push({ kind: 'number', text: numberIn(said), said });
    else parts.push(...wordsIn(said));
  }
  // Twice: `e-mail address` becomes `email address` becomes `email`.
  return bothNames(joined(joined(parts))).slice(0, MOST_WORDS);
}

function wordsIn(said: string): GoalWord[] {
  return wordsOf(said.replace(/['’]s$/iu, '')).map((text) => aWord(text, said));
}

function aWord(text: string, said: string): GoalWord {
  const number = NUMBERS.get(text);
  return number === undefined
    ? { kind: 'word', text, stem: stemOf(text), said }
    : { kind: 'number', text: number, said };
}

/** `10,000` and `1.5k`; a comma before three digits parts thousands. */
function numberIn(said: string): string {
  const isThousands = /k$/i.test(said);
  const plain = said.replace(/k$/i, '').replaceAll(/,(?=\d{3}\b)/g, '');
  const value = Number(plain.replace(',', '.')) * (isThousands ? 1_000 : 1);
  return Number.isFinite(value) ? String(value) : '0';
}

function joined(words: readonly GoalWord[]): GoalWord[] {
  const made: GoalWord[] = [];
  for (let at = 0; at < words.length; at++) {
    const [one, two] = [words[at], words[at + 1]];
    if (one === undefined) break;
    const both = two?.kind === 'word' ? SPELLINGS[`${one.text} ${two.text}`] : undefined;
    const meant = both ?? (Object.hasOwn(SPELLINGS, one.text) ? SPELLINGS[one.text] : undefined);
    if (meant === undefined || one.kind !== 'word') {
      made.push(one);
      continue;
    }
    const said =
      both === undefined || two === undefined || one.said === two.said ? one.said : `${one.said} ${two.said}`;
    made.push(...wordsOf(meant).map((text) => aWord(text, said)));
    if (both !== undefined) at++;
  }
  return made;
}

/** `first and last name` is two fields. */
function bothNames(words: readonly GoalWord[]): GoalWord[] {
  return words.flatMap((word, at) => {
    const [second, third, fourth] = words.slice(at + 1, at + 4).map(({ text }) => text);
    const isHalf =
      word.text === 'first' && /^(and|or)$/.test(second ?? '') && third === 'last' && /^names?$/.test(fourth ?? '');
    return isHalf ? [word, aWord('name', fourth ?? 'name')] : [word];
  });
}
