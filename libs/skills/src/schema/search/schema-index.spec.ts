import { describe, expect, it } from '@jest/globals';
import { sampleSchema } from '../../../testing/sample-schema.js';
import { SchemaIndex, type SchemaHit } from './schema-index.js';

const index = new SchemaIndex(sampleSchema());

const named = (hit: SchemaHit): string =>
  hit.kind === 'object' ? hit.object.name : `${hit.object.name}.${hit.field.name}`;
const found = (words: string, object?: string): string[] => index.search(words, { object }).map(named);

describe('the first hit', () => {
  it.each([
    // objects, by their names and by other words for them
    ['contacts', 'contacts'],
    ['contact', 'contacts'],
    ['customer', 'contacts'],
    ['callers', 'contacts'],
    ['client', 'companies'],
    ['accounts', 'companies'],
    ['organisation', 'companies'],
    ['opportunities', 'deals'],
    ['case', 'tickets'],
    ['complaint', 'tickets'],
    ['pets', 'p4711_pets'],
    ['animals', 'p4711_pets'],
    // labels and names
    ['email', 'contacts.email'],
    ['e-mail address of a contact', 'contacts.email'],
    ['first name', 'contacts.firstname'],
    ['firstname', 'contacts.firstname'],
    ['surname', 'contacts.lastname'],
    ['mobile', 'contacts.mobilephone'],
    ['cell phone', 'contacts.mobilephone'],
    ['company phone', 'companies.phone'],
    ['phone', 'contacts.phone'],
    ['contact phone', 'contacts.phone'],
    ['telephone of the client', 'companies.phone'],
    ['zip', 'contacts.zip'],
    ['post code', 'contacts.zip'],
    ['date of birth', 'contacts.date_of_birth'],
    ['dob', 'contacts.date_of_birth'],
    ['job', 'contacts.jobtitle'],
    ['annual revenue', 'companies.annualrevenue'],
    ['number of employees', 'companies.numberofemployees'],
    ['headcount', 'companies.numberofemployees'],
    ['domain', 'companies.domain'],
    ['deal amount', 'deals.amount'],
    ['value of the opportunity', 'deals.amount'],
    ['close date', 'deals.closedate'],
    ['closing date', 'deals.closedate'],
    ['deal stage', 'deals.dealstage'],
    ['ticket status', 'tickets.hs_pipeline_stage'],
    ['case priority', 'tickets.hs_ticket_priority'],
    ['urgency', 'tickets.hs_ticket_priority'],
    ['who owns the deal', 'deals.hubspot_owner_id'],
    ['deal owner', 'deals.hubspot_owner_id'],
    ['ticket assignee', 'tickets.hubspot_owner_id'],
    ['lifecycle stage', 'contacts.lifecyclestage'],
    ['lifecyclestage', 'contacts.lifecyclestage'],
    ['hs_lead_status', 'contacts.hs_lead_status'],
    ['vaccinated', 'p4711_pets.vaccinated_on'],
    ['VAT', 'companies.vat_number'],
    ['pet chip', 'p4711_pets.chip'],
    // options
    ['closed won', 'deals.dealstage'],
    ['marketing qualified', 'contacts.lifecyclestage'],
    ['computer software', 'companies.industry'],
    ['billing', 'tickets.hs_ticket_category'],
    ['petrol', 'contacts.favourite_colour'],
    ['german', 'contacts.hs_language'],
    // beginnings, as somebody types
    ['comp', 'companies'],
    ['vacc', 'p4711_pets.vaccinated_on'],
    ['opportun', 'deals'],
    // typos
    ['frist name', 'contacts.firstname'],
    ['emial', 'contacts.email'],
    ['custommer', 'contacts'],
    ['compnay', 'companies'],
    ['prioritty', 'tickets.hs_ticket_priority'],
    ['vacinated', 'p4711_pets.vaccinated_on'],
    // spellings
    ['FirstName', 'contacts.firstname'],
    ['date_of_birth', 'contacts.date_of_birth'],
    ['Prénom / first náme', 'contacts.firstname'],
  ])('for %j is %s', (words, expected) => {
    expect(found(words)[0]).toBe(expected);
  });

  it('of a search within one object is one of its own', () => {
    expect(found('phone', 'companies')[0]).toBe('companies.phone');
    expect(found('owner', 'tickets')[0]).toBe('tickets.hubspot_owner_id');
    expect(found('phone', 'companies').every((name) => name.startsWith('companies'))).toBe(true);
    expect(found('phone', 'unknown')).toEqual([]);
  });

  it('is one that can be written rather than one that is computed or hidden', () => {
    const phones = found('phone number', 'contacts');
    expect(phones[0]).toBe('contacts.phone');
    expect(phones.indexOf('contacts.mobilephone')).toBeLessThan(phones.indexOf('contacts.hs_calculated_phone_number'));
    expect(phones.at(-1)).not.toBe('contacts.phone');
  });
});

describe('a hit', () => {
  it('by an option names the option, the best first', () => {
    const [hit] = index.search('closed won');
    expect(hit).toMatchObject({ kind: 'field', options: [{ value: 'closedwon' }, { value: 'closedlost' }] });
    expect(index.search('first name')[0]).toMatchObject({ options: [] });
  });

  it('comes with a score, the best first', () => {
    const scores = index.search('phone').map(({ score }) => score);
    expect(scores.length).toBeGreaterThan(3);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it.each([[''], ['   '], ['the of a'], ['?!'], ['xyzzyplugh'], ['\0\uD800']])('is there for %j: none', (words) => {
    expect(index.search(words)).toEqual([]);
  });

  it('is one of at most as many as asked for', () => {
    expect(index.search('date', { limit: 2 })).toHaveLength(2);
    expect(index.search('date').length).toBeLessThanOrEqual(20);
  });
});

describe('an object that people gave their own name', () => {
  it('is found by it', () => {
    const schema = sampleSchema();
    const own = new SchemaIndex({
      objects: schema.objects.map((object) =>
        object.name === 'deals' ? { ...object, label: 'Matter', pluralLabel: 'Matters' } : object,
      ),
    });
    expect(own.search('matters').map(named)[0]).toBe('deals');
  });
});
