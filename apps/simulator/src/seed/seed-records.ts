import { ContactSeeder } from './seed-contacts.js';
import { seedCompanies } from './seed-companies.js';
import { seedOwners } from './seed-owners.js';
import { SeededRandom } from './seeded-random.js';
import { seedTimeline } from './seed-timeline.js';
import { SeedTimes } from './seed-times.js';
import type { SeedAssociation, SeedData, SeedOptions, SeedRecord } from './seed-types.js';

const UNTIL = '2026-11-01T00:00:00.000Z';
const CONTACTS_PER_COMPANY = 8;

/** Array order breaks ties, so that the order of ids is as repeatable as the rest. */
const byAge = (records: readonly SeedRecord[]): SeedRecord[] =>
  records.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : Number(a.createdAt > b.createdAt)));

/**
 * A portal's worth of varied records: people of two dozen countries with every spelling of a number, shared numbers,
 * colliding national digits, missing names, secondary addresses, companies, and some timeline history. Deterministic.
 */
export function seedRecords({ seed, contacts: count, owners: ownerCount = 8, until = UNTIL }: SeedOptions): SeedData {
  const random = new SeededRandom(seed);
  const times = new SeedTimes(random, Date.parse(until));
  const owners = seedOwners(random, ownerCount);
  const active = owners.filter(({ archived }) => !archived);
  const companies = seedCompanies(random, times, active, Math.ceil(count / CONTACTS_PER_COMPANY));
  const contacts = new ContactSeeder(random, times, active, companies).seed(count);
  const timeline = seedTimeline(random, times, active, contacts);

  // A contact's first company is its primary one: HubSpot keeps both the label (1) and the unlabelled type (279).
  const employments = contacts.flatMap(({ record, company }): SeedAssociation[] =>
    [279, 1].flatMap((typeId) =>
      company === undefined
        ? []
        : [{ fromType: 'contacts', fromKey: record.key, toType: 'companies', toKey: company.record.key, typeId }],
    ),
  );

  return {
    owners,
    objects: {
      contacts: byAge(contacts.map(({ record }) => record)),
      companies: byAge(companies.map(({ record }) => record)),
      deals: byAge(timeline.objects.deals),
      tickets: byAge(timeline.objects.tickets),
      notes: byAge(timeline.objects.notes),
      calls: byAge(timeline.objects.calls),
      communications: byAge(timeline.objects.communications),
    },
    associations: [...employments, ...timeline.associations],
  };
}
