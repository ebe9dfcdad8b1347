import { describe, expect, it } from '@jest/globals';
import type { Draft } from './build/draft.js';
import type { CrmObject } from './portal.js';
import { skillInWords } from './skill-words.js';

const field = (name: string, label: string) => ({ name, label });
const deals = {
  label: 'Deal',
  pluralLabel: 'Deals',
  fields: [field('dealname', 'Deal Name'), field('amount', 'Amount'), field('createdate', 'Create Date')],
} as unknown as CrmObject;
const draft = (rest: Partial<Draft>): Draft => ({
  toolName: 'a_skill',
  description: 'A skill',
  operation: 'restSearch',
  inputs: [],
  ...rest,
});

describe('a skill in words', () => {
  it('says what is looked up, how much of it and what is shown, by the labels of HubSpot', () => {
    const restSearch: Draft['restSearch'] = {
      object: 'deals',
      where: [
        [
          { field: 'dealname', operator: 'CONTAINS_TOKEN', value: { input: 'word' } },
          {
            field: 'amount',
            operator: 'BETWEEN',
            value: { constant: 1 },
            highValue: { input: 'most' },
            optional: true,
          },
        ],
        [{ field: 'gone', operator: 'HAS_PROPERTY' }],
        [{ field: 'associations.contacts', operator: 'EQ', value: { input: 'contact_id' } }],
      ],
      select: ['dealname', 'amount'],
      sort: { field: 'createdate', direction: 'descending' },
      take: { many: 10, paging: true },
    };
    expect(skillInWords(draft({ restSearch }), { object: deals })).toEqual([
      'Looks up deals where Deal Name contains the word ‹word› and Amount is between “1” and ‹most› (where that is given); or where gone is filled; or where it is tied to contacts with the id ‹contact_id›.',
      'Answers up to 10 of them, and further pages when asked, by Create Date, descending.',
      'Shows Deal Name and Amount.',
      'What stands in ‹ › the AI agent sends each time.',
    ]);
  });

  it('says what may be written, and to what it is tied; names stand for labels where there are none', () => {
    const restWrite: Draft['restWrite'] = {
      action: 'findOrCreate',
      object: 'contacts',
      key: { field: 'email', value: { input: 'email' } },
      set: [{ field: 'lifecyclestage', value: { constant: 'lead' } }],
      associate: [{ to: 'companies', id: { input: 'company_id' } }],
    };
    expect(skillInWords(draft({ operation: 'restWrite', restWrite }), { object: undefined })).toEqual([
      'Looks for a record of contacts whose email is ‹email›, and creates it when there is none.',
      'Sets lifecyclestage to “lead”.',
      'Ties it to companies with the id ‹company_id›.',
      'What stands in ‹ › the AI agent sends each time.',
    ]);
  });
});
