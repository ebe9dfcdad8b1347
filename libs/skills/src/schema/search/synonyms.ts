import { stemOf } from './words.js';

/**
 * Words that people use for one another when they speak of a CRM, a group a line. One may stand in several groups.
 * Compounds that HubSpot writes as one word (`lastname`) are parted by their labels, mostly.
 */
const GROUPS = [
  'company client account organisation organization business firm employer',
  'contact customer person people caller lead guest member patient',
  'deal opportunity sale order',
  'ticket case issue complaint incident',
  'phone telephone tel mobile',
  'mobile mobilephone cell cellphone handset',
  'email mail',
  'firstname forename given',
  'lastname surname family',
  'amount value price worth budget cost revenue sum',
  'owner own rep representative salesperson assignee assigned responsible',
  'stage status phase step state',
  'close closing closedate expected due deadline',
  'create created createdate added opened since',
  'modified modifieddate updated changed edited',
  'zip postal postcode',
  'city town place',
  'country nation',
  'address street',
  'website url homepage web site domain',
  'birthday birth born dob dateofbirth',
  'job jobtitle position role occupation profession',
  'priority urgency urgent important importance',
  'category kind type topic',
  'subject title headline',
  'content description detail text body',
  'source origin channel',
  'industry sector trade branch',
  'employee staff headcount numberofemployee',
  'pipeline funnel process',
  'lifecyclestage lifecycle',
  'language locale',
  'gender sex',
  'note comment remark',
] as const;

/** What is said in two words and meant as one, in questions; the rest of a question stays as it is. */
const PHRASES: Readonly<Record<string, string>> = {
  'e mail': 'email',
  'email address': 'email',
  'cell phone': 'mobile phone',
  'post code': 'postcode',
  'zip code': 'zip',
  'family name': 'last name',
  'given name': 'first name',
};

/** @param words of a question, as `wordsOf` gives them. */
export function withoutPhrases(words: readonly string[]): string {
  const said = ` ${words.join(' ')} `;
  const meant = Object.entries(PHRASES).reduce(
    (text, [phrase, word]) => text.replaceAll(` ${phrase} `, ` ${word} `),
    said,
  );
  return meant.trim();
}

const SYNONYMS: ReadonlyMap<string, ReadonlySet<string>> = gather();

/** Other words for the same, as stems. */
export function synonymsOf(stem: string): ReadonlySet<string> {
  return SYNONYMS.get(stem) ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();

function gather(): Map<string, Set<string>> {
  const synonyms = new Map<string, Set<string>>();
  for (const group of GROUPS) {
    const stems = group.split(' ').map((word) => stemOf(word) ?? word);
    for (const stem of stems) {
      const others = synonyms.get(stem) ?? new Set();
      for (const other of stems) if (other !== stem) others.add(other);
      synonyms.set(stem, others);
    }
  }
  return synonyms;
}
