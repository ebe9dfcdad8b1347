import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { propertiesOf } from '../catalogue/index.js';
import { calculatedPhoneProperties } from '../phones/index.js';
import { cornerCases } from './corner-cases.js';
import { countries } from './countries.js';
import { SeededRandom } from './seeded-random.js';
import { seedRecords } from './seed-records.js';
import type { SeedObjectType } from './seed-types.js';
import { spellPhone } from './spell-phone.js';

const data = seedRecords({ seed: 1, contacts: 1_200 });
const contacts = data.objects.contacts;
const values = (property: string): string[] =>
  contacts.flatMap(({ properties }) => (properties[property] === undefined ? [] : [properties[property]]));

describe('seedRecords', () => {
  it('gives the same data for the same options, and other data for another seed', () => {
    expect(seedRecords({ seed: 1, contacts: 1_200 })).toEqual(data);
    expect(seedRecords({ seed: 2, contacts: 1_200 })).not.toEqual(data);
  });

  it('makes as many contacts as asked, with unique keys, sorted by age', () => {
    for (const count of [0, 1, 25, 1_200])
      expect(seedRecords({ seed: 7, contacts: count }).objects.contacts).toHaveLength(count);
    expect(new Set(contacts.map(({ key }) => key)).size).toBe(1_200);
    const ages = contacts.map(({ createdAt }) => createdAt);
    expect(ages).toEqual([...ages].sort());
    for (const { createdAt, updatedAt } of contacts) expect(updatedAt >= createdAt).toBe(true);
  });

  it('uses no e-mail address twice, primary or secondary, in any case', () => {
    const all = [...values('email'), ...values('hs_additional_emails').flatMap((list) => list.split(';'))];
    expect(new Set(all.map((email) => email.toLowerCase())).size).toBe(all.length);
    for (const email of all) expect(email).toMatch(/^[^@\s]+@[^@\s]+\.[a-z]+$/i);
  });

  it('gives every contact what HubSpot wants: an e-mail address, a first or a last name', () => {
    for (const { properties } of contacts) {
      expect([properties['email'], properties['firstname'], properties['lastname']].some(Boolean)).toBe(true);
    }
  });

  it('writes only known, writable properties, and only listed options', () => {
    for (const [objectType, records] of Object.entries(data.objects)) {
      const known = new Map(propertiesOf(objectType).map((property) => [property.name, property]));
      for (const { properties } of records) {
        for (const [name, value] of Object.entries(properties)) {
          const property = known.get(name);
          expect([objectType, name, property?.modificationMetadata.readOnlyValue]).toEqual([objectType, name, false]);
          if (property?.type === 'enumeration' && !property.externalOptions) {
            expect(property.options.map((option) => option.value)).toContain(value);
          }
        }
      }
    }
  });

  it('links existing records only', () => {
    const keys = new Map(
      Object.entries(data.objects).map(([type, records]) => [type, new Set(records.map(({ key }) => key))]),
    );
    expect(data.associations.length).toBeGreaterThan(1_000);
    for (const { fromType, fromKey, toType, toKey } of data.associations) {
      expect(keys.get(fromType)?.has(fromKey)).toBe(true);
      expect(keys.get(toType)?.has(toKey)).toBe(true);
    }
  });

  it('is as varied as a real portal', () => {
    const count = (test: (properties: Readonly<Record<string, string>>) => boolean): number =>
      contacts.filter(({ properties }) => test(properties)).length;
    expect(count((p) => p['email'] === undefined)).toBeGreaterThan(150);
    expect(count((p) => p['phone'] === undefined && p['mobilephone'] !== undefined)).toBeGreaterThan(100);
    expect(count((p) => p['hs_additional_emails'] !== undefined)).toBeGreaterThan(30);
    expect(count((p) => p['email'] !== p['email']?.toLowerCase())).toBeGreaterThan(20);
    expect(count((p) => p['firstname'] === undefined || p['lastname'] === undefined)).toBeGreaterThan(50);
    expect(count((p) => /[\u0590-\u06ff\u3040-\u9fff]/.test(`${p['firstname']}${p['lastname']}`))).toBeGreaterThan(80);
    expect(new Set(values('country')).size).toBeGreaterThan(20);
    expect(new Set(values('lifecyclestage')).size).toBe(8);
    expect(new Set(values('hubspot_owner_id')).size).toBe(7);
    for (const spelling of [/^\+\d+$/, /^\(\d/, /^00/, /\./, /ext/, /\//, /\(0\)/, /[٠-٩]/, /^0\d+$/, /^\d{10}$/]) {
      expect(
        [...values('phone'), ...values('mobilephone')].filter((phone) => spelling.test(phone)).length,
      ).toBeGreaterThan(0);
    }
    expect(new Set(contacts.map(({ createdAt }) => createdAt.slice(0, 4))).size).toBeGreaterThan(6);
    const types: SeedObjectType[] = ['companies', 'deals', 'tickets', 'notes', 'calls', 'communications'];
    for (const type of types) expect(data.objects[type].length).toBeGreaterThan(10);
  });

  it('shares numbers between contacts and collides national digits across countries', () => {
    const read = contacts.flatMap(({ properties }) => {
      const calculated = calculatedPhoneProperties(properties);
      return [
        [calculated['hs_searchable_calculated_phone_number'], calculated['hs_calculated_phone_number']],
        [calculated['hs_searchable_calculated_mobile_number'], calculated['hs_calculated_mobile_number']],
      ].filter(([searchable, e164]) => searchable && e164);
    });
    const byE164 = Map.groupBy(read, ([, e164]) => e164);
    expect([...byE164.values()].filter((group) => group.length > 1).length).toBeGreaterThan(40);
    const bySearchable = Map.groupBy(read, ([searchable]) => searchable);
    const collisions = [...bySearchable.values()].filter((group) => new Set(group.map(([, e164]) => e164)).size > 1);
    expect(collisions.map((group) => group[0]?.[0])).toEqual(expect.arrayContaining(['612345678', '2079460018']));
  });

  it('has eight owners, the last of whom has left', () => {
    expect(data.owners).toHaveLength(8);
    expect(new Set(data.owners.flatMap(({ id, email }) => [id, email])).size).toBe(16);
    expect(data.owners.filter(({ archived, userId }) => archived && userId === null)).toHaveLength(1);
  });

  it('starts every portal with the corner cases', () => {
    const names = new Set(contacts.map(({ properties }) => `${properties['firstname']}|${properties['lastname']}`));
    for (const { properties } of cornerCases)
      expect(names).toContain(`${properties['firstname']}|${properties['lastname']}`);
    expect(cornerCases.length).toBe(40);
  });
});

describe('spellPhone', () => {
  it('spells numbers that libphonenumber reads back as the number that was meant', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...countries.map(([, country]) => country)), (seed, country) => {
        const random = new SeededRandom(seed);
        const national = random.digits(random.pick([...country.mobile, ...country.landline]));
        const spelled = spellPhone(random, country, national);
        const number = parsePhoneNumberFromString(spelled, country.code as CountryCode);
        expect([spelled, number?.number]).toEqual([spelled, `+${country.callingCode}${national}`]);
        expect([spelled, number?.isValid()]).toEqual([spelled, true]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('SeededRandom', () => {
  it('stays within its ranges', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(100), (seed, lowest, span) => {
        const drawn = new SeededRandom(seed).between(lowest, lowest + span);
        expect(drawn).toBeGreaterThanOrEqual(lowest);
        expect(drawn).toBeLessThanOrEqual(lowest + span);
      }),
    );
  });
});
