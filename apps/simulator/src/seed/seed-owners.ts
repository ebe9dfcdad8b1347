import type { Owner } from '../catalogue/index.js';
import type { SeededRandom } from './seeded-random.js';
import { namesOf, type Culture } from './names.js';

const teams = [
  { id: '178588', name: 'Sales', primary: true },
  { id: '178589', name: 'Customer care', primary: true },
];

const cultures: readonly Culture[] = [
  'english',
  'german',
  'french',
  'spanish',
  'polish',
  'indian',
  'turkish',
  'nordic',
];

const JANUARY_2018 = Date.UTC(2018, 0, 8, 9, 0, 0);
const MONTH_MS = 30 * 86_400_000;

/** The people whom records belong to. From four owners on, the last one has left: archived, without a user id. */
export function seedOwners(random: SeededRandom, count: number): Owner[] {
  return Array.from({ length: count }, (_, index): Owner => {
    const { first, last } = namesOf[cultures[index % cultures.length] ?? 'english'];
    const [firstName, firstLatin] = random.pick(first);
    const [lastName, lastLatin] = random.pick(last);
    const archived = count >= 4 && index === count - 1;
    const userId = 9_586_504 + index * 131;
    const createdAt = new Date(JANUARY_2018 + index * MONTH_MS).toISOString();
    return {
      id: String(41_629_779 + index * 1_013),
      email: `${firstLatin}.${lastLatin}.${index + 1}@threadline-demo.example.com`,
      type: 'PERSON',
      firstName,
      lastName,
      userId: archived ? null : userId,
      userIdIncludingInactive: userId,
      createdAt,
      updatedAt: createdAt,
      archived,
      teams: archived ? [] : teams.slice(index % 2, (index % 2) + 1),
    };
  });
}
