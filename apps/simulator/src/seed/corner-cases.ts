/** Typed properties of one contact; `createdAt` where the age decides a test. */
export interface CornerCase {
  readonly createdAt?: string;
  readonly properties: Readonly<Record<string, string>>;
}

const person = (firstname: string, lastname: string, rest: Record<string, string>, createdAt?: string): CornerCase => ({
  properties: { firstname, lastname, ...rest },
  ...(createdAt === undefined ? {} : { createdAt }),
});

/**
 * Contacts that every seeded portal has, whatever its seed: what matching, display and search go wrong on.
 * Numbers are real in form only; e-mail hosts are reserved for examples (RFC 2606).
 */
export const cornerCases: readonly CornerCase[] = [
  // One switchboard on many contacts, spelled differently; the second is the oldest.
  person(
    'Wendy',
    'Reception',
    { phone: '+1 513-227-1572', email: 'wendy@kestrel.example.com' },
    '2021-05-04T10:00:00.000Z',
  ),
  person(
    'Victor',
    'Vault',
    { phone: '(513) 227-1572', email: 'victor@kestrel.example.com' },
    '2019-02-11T08:30:00.125Z',
  ),
  person(
    'Uma',
    'Underwood',
    { phone: '513.227.1572 ext. 14', email: 'uma@kestrel.example.com' },
    '2022-01-20T16:45:10.002Z',
  ),
  person(
    'Theo',
    'Tanner',
    { mobilephone: '5132271572', email: 'theo@kestrel.example.com' },
    '2020-07-07T07:07:07.007Z',
  ),
  person('Switch', 'Board', { phone: '0015132271572' }, '2020-01-01T00:00:00.000Z'),
  // Two contacts with one number, created in the same millisecond: the lower id is the older one.
  person('Twin', 'One', { phone: '+43 664 1234567', email: 'twin.one@inbox.example.com' }, '2021-03-03T03:03:03.333Z'),
  person('Twin', 'Two', { phone: '0664 1234567', country: 'Austria' }, '2021-03-03T03:03:03.333Z'),
  // The same nine national digits in four countries, and the same ten in two.
  person('Claire', 'Collision', { mobilephone: '+33 6 12 34 56 78', country: 'France' }, '2020-02-01T09:00:00.000Z'),
  person('Carlos', 'Collision', { mobilephone: '+34612345678', country: 'Spain' }, '2020-02-02T09:00:00.000Z'),
  person('Cees', 'Collision', { mobilephone: '0031612345678', country: 'Netherlands' }, '2020-02-03T09:00:00.000Z'),
  person('Cosima', 'Collision', { phone: '612345678' }, '2018-12-24T12:00:00.000Z'),
  person('Maine', 'Caller', { phone: '(207) 946-0018', country: 'United States' }, '2020-09-09T09:09:09.009Z'),
  person('London', 'Caller', { phone: '020 7946 0018', country: 'United Kingdom' }, '2019-09-09T09:09:09.009Z'),
  // Mobile only, number only, e-mail only.
  person('Mo', 'Bile', { mobilephone: '07400 123456', country: 'United Kingdom' }),
  { properties: { firstname: '+49 1511 2345678', phone: '+49 1511 2345678' } },
  { properties: { email: 'only.email@inbox.example.com' } },
  { properties: { lastname: 'Nofirstname', phone: '030 901820', country: 'Germany' } },
  { properties: { firstname: 'Nolastname', email: 'nolastname@inbox.example.com' } },
  // Secondary addresses, capitals, plus signs.
  person('Sam', 'Secondary', {
    email: 'sam@primary.example.com',
    hs_additional_emails: 'sam.old@secondary.example.com;s.secondary@secondary.example.com',
  }),
  person('Nora', 'Renamed', {
    email: 'nora.wedded@mail.example.net',
    hs_additional_emails: 'nora.maiden@mail.example.net',
  }),
  person('Ursula', 'Uppercase', { email: 'Ursula.UPPERCASE@Inbox.Example.COM', phone: '+49 (0)30 901821' }),
  person('Pat', 'Plus', { email: 'pat+crm@inbox.example.com' }),
  person('Pat', 'Plain', { email: 'pat@inbox.example.com' }),
  // Numbers that are none, and ones typed on other keyboards.
  person('Zero', 'Four', { phone: '00004' }),
  person('No', 'Country', { phone: '9678452348' }),
  person('Too', 'Many', { phone: '(877) 829-06966777' }),
  person('Not', 'Applicable', { phone: 'n/a', mobilephone: '-', email: 'not.applicable@inbox.example.com' }),
  person('Two', 'Numbers', { phone: '+33 1 42 68 53 00 / +33 6 98 76 54 32', country: 'France' }),
  person('خالد', 'القحطاني', {
    mobilephone: '+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧',
    country: 'Saudi Arabia',
    email: 'khaled@inbox.example.com',
  }),
  person('Giulia', 'Romana', { phone: '06 6982 1234', country: 'Italy', email: 'giulia@inbox.example.com' }),
  person('Invisible', 'Mark', { phone: '\u202A+1 415 555 2671\u202C' }),
  // Names that break layouts, encodings and escaping.
  person('מיכל', 'בן-דוד', { email: 'michal@inbox.example.com', phone: '+972 50-234-5678' }),
  person('欧阳', '晓明', { email: 'ouyang@inbox.example.com', phone: '+86 138 0013 8000' }),
  person('🦄 Unicorn', '👩‍👩‍👧‍👦 Family', { email: 'unicorn@inbox.example.com' }),
  person('𠮷田', 'さくら', { email: 'yoshida@inbox.example.com', phone: '090-1234-5678', country: 'Japan' }),
  person('<b>Robert</b>', 'O\'Quote & "Sons"', { email: 'bobby@inbox.example.com', company: 'A&B <Trading>' }),
  person('Z̸a̷l̶g̴o̵', 'Ärö\u0308y', { email: 'zalgo@inbox.example.com' }),
  person('Rhoshandiatellyneshiaunneveshenk', 'Koyaanisquatsiuth-Williams-'.repeat(8) + 'Smith', {
    email: 'long.name@inbox.example.com',
  }),
  person('  Spacy  ', ' Blank ', { email: 'spacy@inbox.example.com' }),
  person('null', 'undefined', { email: 'null@inbox.example.com', phone: '+44 20 7946 0999' }),
];
