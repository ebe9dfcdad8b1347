import type { Owner } from '../catalogue/index.js';
import { countries, type SeedCountry } from './countries.js';
import type { SeededRandom } from './seeded-random.js';
import type { SeedRecord } from './seed-types.js';
import { iso, type SeedTimes } from './seed-times.js';
import { spellPhone } from './spell-phone.js';
import { companyForms, companyQualities, companyThings, industries, streets } from './words.js';

export interface SeedCompany {
  readonly record: SeedRecord;
  readonly name: string;
  readonly domain: string;
  readonly country: SeedCountry;
  readonly city: string;
  readonly createdMs: number;
  /** National digits of the switchboard that some of its people give as their number. */
  readonly switchboard: string;
}

export function seedCompanies(
  random: SeededRandom,
  times: SeedTimes,
  owners: readonly Owner[],
  count: number,
): SeedCompany[] {
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    const country = random.weighted(countries);
    const city = random.pick(country.cities);
    const stem = `${random.pick(companyQualities)} ${random.pick(companyThings)}`;
    const slug = stem.toLowerCase().replaceAll(' ', '-');
    // A few thousand stems: a second bearer of a name gets a number in its domain and keeps the name, as in life.
    const domain = `${taken.has(slug) ? `${slug}-${index}` : slug}.example.com`;
    taken.add(slug);
    const name = stem + random.pick(companyForms);
    const switchboard = random.digits(random.pick(country.landline));
    const createdMs = times.created();
    return {
      name,
      domain,
      country,
      city,
      createdMs,
      switchboard,
      record: {
        key: `company-${index}`,
        createdAt: iso(createdMs),
        updatedAt: iso(times.after(createdMs)),
        properties: {
          name,
          domain,
          website: `https://www.${domain}`,
          phone: spellPhone(random, country, switchboard),
          industry: random.pick(industries),
          numberofemployees: String(random.pick([3, 12, 48, 150, 900, 12_000])),
          address: `${random.between(1, 220)} ${random.pick(streets)}`,
          city,
          country: country.name,
          lifecyclestage: random.pick(['lead', 'opportunity', 'customer']),
          ...(random.chance(0.7) && owners.length > 0 ? { hubspot_owner_id: random.pick(owners).id } : {}),
        },
      },
    };
  });
}
