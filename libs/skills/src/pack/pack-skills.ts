import type { BindingDefinition, BindingInput } from '../grammar/binding.js';

/** Words that people say of a thing, and no more: searches for them stay within HubSpot's 3,000 characters. */
const WORDS = 80;
const NOTE = 2_000;

const CONTACT_FIELDS = [
  { field: 'firstname', as: 'first_name' },
  { field: 'lastname', as: 'last_name' },
  { field: 'email' },
  { field: 'phone' },
  { field: 'mobilephone', as: 'mobile_phone' },
  { field: 'company' },
  { field: 'jobtitle', as: 'job_title' },
];

const COMPANY_FIELDS = [
  { field: 'name' },
  { field: 'domain' },
  { field: 'phone' },
  { field: 'industry' },
  { field: 'city' },
  { field: 'country' },
];

const TICKET_FIELDS = [
  { field: 'subject' },
  { field: 'content', as: 'description' },
  { field: 'hs_pipeline_stage', as: 'status' },
  { field: 'hs_ticket_priority', as: 'priority' },
  { field: 'createdate', as: 'created_at' },
];

const CONTACT_ID = optional('contact_id', 'The id of the contact it is about, from find_contact or create_contact');
const COMPANY_ID = optional('company_id', 'The id of the company it is about, from find_company');

/**
 * The Connector Pack, in the grammar that operators use. A portal gets of it what it has: see `fitPackSkill`, which also
 * says where new tickets and deals land.
 */
export const PACK: readonly BindingDefinition[] = [
  {
    toolName: 'find_contact',
    description:
      'Finds the contact with this phone number. Answers nothing when nobody has it: then ask who is calling, and do not guess.',
    operation: 'restSearch',
    restSearch: {
      object: 'contacts',
      where: [[{ field: 'phone', operator: 'EQ', value: { input: 'phone' } }]],
      select: CONTACT_FIELDS.map(({ field }) => field),
      take: 'one',
    },
    inputs: [required('phone', 'The phone number, in international form where it is known: +49 30 1234567')],
    inputObjectMap: [],
    projection: CONTACT_FIELDS,
  },
  {
    toolName: 'find_company',
    description: 'Finds companies by the domain of their website, or by words of their name. At most five.',
    operation: 'restSearch',
    restSearch: {
      object: 'companies',
      where: [
        [{ field: 'domain', operator: 'EQ', value: { input: 'domain' } }],
        [{ field: 'name', operator: 'CONTAINS_TOKEN', value: { input: 'name' } }],
      ],
      select: COMPANY_FIELDS.map(({ field }) => field),
      take: { many: 5 },
    },
    inputs: [
      optional('name', 'The name, or words of it', { maxLength: WORDS }),
      optional('domain', 'The domain alone: example.com', { maxLength: WORDS }),
    ],
    inputObjectMap: [],
    projection: COMPANY_FIELDS,
  },
  {
    toolName: 'find_ticket',
    description:
      'Finds support tickets by words of their subject, or by a keyword in subject or description. The newest five.',
    operation: 'restSearch',
    restSearch: {
      object: 'tickets',
      where: [
        [{ field: 'subject', operator: 'CONTAINS_TOKEN', value: { input: 'subject' } }],
        [{ field: 'subject', operator: 'CONTAINS_TOKEN', value: { input: 'keyword' } }],
        [{ field: 'content', operator: 'CONTAINS_TOKEN', value: { input: 'keyword' } }],
      ],
      select: TICKET_FIELDS.map(({ field }) => field),
      sort: { field: 'createdate', direction: 'descending' },
      take: { many: 5 },
    },
    inputs: [
      optional('subject', 'Words of the subject', { maxLength: WORDS }),
      optional('keyword', 'A word to look for in subject and description', { maxLength: WORDS }),
    ],
    inputObjectMap: [],
    projection: TICKET_FIELDS,
  },
  {
    toolName: 'create_contact',
    description:
      'Creates the contact with this phone number. One that has the number already is answered as it is, and left alone.',
    operation: 'restWrite',
    restWrite: {
      action: 'findOrCreate',
      object: 'contacts',
      key: { field: 'phone', value: { input: 'phone' } },
      set: [
        { field: 'firstname', value: { input: 'first_name' } },
        { field: 'lastname', value: { input: 'last_name' } },
        { field: 'email', value: { input: 'email' } },
        { field: 'company', value: { input: 'company' } },
      ],
      associate: [],
    },
    inputs: [
      required('phone', 'The phone number, in international form where it is known: +49 30 1234567'),
      optional('first_name', 'Their first name'),
      optional('last_name', 'Their last name'),
      optional('email', 'Their e-mail address'),
      optional('company', 'The company they work for'),
    ],
    inputObjectMap: [],
    projection: CONTACT_FIELDS.filter(({ field }) => field !== 'mobilephone' && field !== 'jobtitle'),
  },
  {
    toolName: 'update_contact',
    description: 'Changes what is given of a contact that was found before, and leaves the rest as it is.',
    operation: 'restWrite',
    restWrite: {
      action: 'update',
      object: 'contacts',
      id: { input: 'contact_id' },
      set: [
        { field: 'firstname', value: { input: 'first_name' } },
        { field: 'lastname', value: { input: 'last_name' } },
        { field: 'email', value: { input: 'email' } },
        { field: 'phone', value: { input: 'phone' } },
        { field: 'company', value: { input: 'company' } },
        { field: 'jobtitle', value: { input: 'job_title' } },
      ],
      associate: [],
    },
    inputs: [
      required('contact_id', 'The id of the contact, from find_contact'),
      optional('first_name', 'Their new first name'),
      optional('last_name', 'Their new last name'),
      optional('email', 'Their new e-mail address'),
      optional('phone', 'Their new phone number, in international form where it is known'),
      optional('company', 'The company they work for now'),
      optional('job_title', 'What they do there'),
    ],
    inputObjectMap: [],
  },
  {
    toolName: 'create_ticket',
    description: 'Opens a support ticket. Find the caller first, so that it stands with their contact.',
    operation: 'restWrite',
    restWrite: {
      action: 'create',
      object: 'tickets',
      set: [
        { field: 'subject', value: { input: 'subject' } },
        { field: 'content', value: { input: 'description' } },
        { field: 'hs_ticket_priority', value: { input: 'priority' } },
      ],
      associate: [
        { to: 'contacts', id: { input: 'contact_id' } },
        { to: 'companies', id: { input: 'company_id' } },
      ],
    },
    inputs: [
      required('subject', 'What it is about, in a few words'),
      optional('description', 'What happened and what the caller wants, in whole sentences', { maxLength: NOTE }),
      optional('priority', 'How urgent it is'),
      CONTACT_ID,
      COMPANY_ID,
    ],
    inputObjectMap: [],
  },
  {
    toolName: 'create_deal',
    description: 'Notes a new deal. Find the caller first, so that it stands with their contact.',
    operation: 'restWrite',
    restWrite: {
      action: 'create',
      object: 'deals',
      set: [
        { field: 'dealname', value: { input: 'name' } },
        { field: 'amount', value: { input: 'amount' } },
        { field: 'closedate', value: { input: 'close_date' } },
        { field: 'description', value: { input: 'description' } },
      ],
      associate: [
        { to: 'contacts', id: { input: 'contact_id' } },
        { to: 'companies', id: { input: 'company_id' } },
      ],
    },
    inputs: [
      required('name', 'What the deal is called: who wants what'),
      optional('amount', 'What it is worth, in the currency of the account'),
      optional('close_date', 'When it is expected to be decided', { type: 'date' }),
      optional('description', 'What the caller wants, in whole sentences', { maxLength: NOTE }),
      CONTACT_ID,
      COMPANY_ID,
    ],
    inputObjectMap: [],
  },
];

function required(name: string, description: string): BindingInput {
  return { name, description, required: true };
}

function optional(name: string, description: string, traits: Partial<BindingInput> = {}): BindingInput {
  return { name, description, ...traits, required: false };
}
