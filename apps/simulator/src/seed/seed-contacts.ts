import type { Owner } from '../catalogue/index.js';
import { cornerCases } from './corner-cases.js';
import { countries, type SeedCountry } from './countries.js';
import { namesOf } from './names.js';
import type { SeedCompany } from './seed-companies.js';
import type { SeededRandom } from './seeded-random.js';
import type { SeedRecord } from './seed-types.js';
import { iso, type SeedTimes } from './seed-times.js';
import { spellPhone } from './spell-phone.js';
import { jobTitles, junkNumbers, mailHosts, streets } from './words.js';

export interface SeedContact {
  readonly record: SeedRecord;
  readonly createdMs: number;
  readonly company?: SeedCompany;
}

const lifecycle = [
  [8, undefined],
  [20, 'subscriber'],
  [30, 'lead'],
  [10, 'marketingqualifiedlead'],
  [8, 'salesqualifiedlead'],
  [8, 'opportunity'],
  [14, 'customer'],
  [1, 'evangelist'],
  [1, 'other'],
] as const;

const leadStatuses = ['NEW', 'OPEN', 'IN_PROGRESS', 'UNQUALIFIED', 'ATTEMPTED_TO_CONTACT', 'CONNECTED', 'BAD_TIMING'];

/** Which of the ways to reach a person are known. */
interface Reach {
  readonly email: boolean;
  readonly phone: boolean;
  readonly mobile: boolean;
}

const reachable: readonly (readonly [weight: number, Reach])[] = [
  [38, { email: true, phone: true, mobile: false }],
  [16, { email: true, phone: true, mobile: true }],
  [10, { email: true, phone: false, mobile: true }],
  [16, { email: true, phone: false, mobile: false }],
  [10, { email: false, phone: true, mobile: false }],
  [8, { email: false, phone: false, mobile: true }],
  [2, { email: false, phone: false, mobile: false }],
];

/** Makes contacts one after the other; e-mail addresses stay unique over all of them, secondary ones included. */
export class ContactSeeder {
  private readonly taken = new Set<string>();
  /** Numbers given out before, with their national digits, for relatives and successors who share one. */
  private readonly sharedNumbers: (readonly [country: SeedCountry, national: string])[] = [];

  constructor(
    private readonly random: SeededRandom,
    private readonly times: SeedTimes,
    private readonly owners: readonly Owner[],
    private readonly companies: readonly SeedCompany[],
  ) {}

  seed(count: number): SeedContact[] {
    const known = cornerCases.slice(0, count).map((_, index) => this.cornerCase(index));
    const invented = Array.from({ length: count - known.length }, (_, index) => this.invent(known.length + index));
    return [...known, ...invented];
  }

  private cornerCase(index: number): SeedContact {
    const found = cornerCases[index];
    if (found === undefined) throw new RangeError(`no corner case ${index}`);
    const { email, hs_additional_emails: secondary } = found.properties;
    for (const address of [email, ...(secondary?.split(';') ?? [])]) if (address) this.taken.add(address.toLowerCase());
    const createdMs = found.createdAt === undefined ? this.times.created() : Date.parse(found.createdAt);
    const updatedAt = iso(this.times.after(createdMs));
    return {
      createdMs,
      record: { key: `contact-${index}`, properties: found.properties, createdAt: iso(createdMs), updatedAt },
    };
  }

  private invent(index: number): SeedContact {
    const { random } = this;
    const company = this.companies.length > 0 && random.chance(0.6) ? random.pick(this.companies) : undefined;
    const country = company?.country ?? random.weighted(countries);
    const createdMs = this.times.created();
    const { first, last } = namesOf[country.culture];
    const [firstWritten, firstLatin] = random.pick(first);
    const [lastWritten, lastLatin] = random.pick(last);
    const known = random.weighted(reachable);

    const properties: Record<string, string> = {};
    // Nobody without any name unless an e-mail address names them (FACTS §5: a contact needs one of the three).
    if (!known.email || random.chance(0.95)) properties['firstname'] = firstWritten;
    if (random.chance(0.93)) properties['lastname'] = lastWritten;
    if (known.email) Object.assign(properties, this.address(firstLatin, lastLatin, company));
    if (known.phone) properties['phone'] = this.landline(company, country);
    if (known.mobile) properties['mobilephone'] = this.mobile(country);
    if (company !== undefined) {
      properties['company'] = company.name;
      if (random.chance(0.7)) properties['jobtitle'] = random.pick(jobTitles);
    }
    if (random.chance(0.75)) properties['country'] = country.name;
    if (random.chance(0.6)) properties['city'] = company?.city ?? random.pick(country.cities);
    if (random.chance(0.25)) properties['address'] = `${random.between(1, 220)} ${random.pick(streets)}`;
    if (random.chance(0.4)) properties['hs_language'] = country.language;
    if (random.chance(0.2)) properties['hs_timezone'] = country.timeZone;
    const stage = random.weighted<string | undefined>(lifecycle);
    if (stage !== undefined) properties['lifecyclestage'] = stage;
    if (random.chance(0.3)) properties['hs_lead_status'] = random.pick(leadStatuses);
    if (random.chance(0.65) && this.owners.length > 0) properties['hubspot_owner_id'] = random.pick(this.owners).id;

    const record = {
      key: `contact-${index}`,
      properties,
      createdAt: iso(createdMs),
      updatedAt: iso(this.times.after(createdMs)),
    };
    return company === undefined ? { record, createdMs } : { record, createdMs, company };
  }

  private address(first: string, last: string, company: SeedCompany | undefined): Record<string, string> {
    const { random } = this;
    const host = company !== undefined && random.chance(0.8) ? company.domain : random.pick(mailHosts);
    const stem = random.pick([
      `${first}.${last}`,
      `${first}${last}`,
      `${first.slice(0, 1)}.${last}`,
      `${first}_${last}`,
    ]);
    const email = this.free(stem, host);
    const typed = random.chance(0.06) ? email.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()) : email;
    const properties: Record<string, string> = { email: typed };
    if (random.chance(0.08)) {
      const others = Array.from({ length: random.between(1, 3) }, () => this.free(stem, random.pick(mailHosts)));
      properties['hs_additional_emails'] = others.join(';');
    }
    return properties;
  }

  /** An address that no contact of this portal has. */
  private free(stem: string, host: string): string {
    let email = `${stem}@${host}`;
    for (let number = 2; this.taken.has(email); number += 1) email = `${stem}${number}@${host}`;
    this.taken.add(email);
    return email;
  }

  private landline(company: SeedCompany | undefined, country: SeedCountry): string {
    const { random } = this;
    if (random.chance(0.03)) return random.pick(junkNumbers);
    if (company !== undefined && random.chance(0.15)) return spellPhone(random, company.country, company.switchboard);
    return this.spelled(country, 'landline');
  }

  private mobile(country: SeedCountry): string {
    if (this.random.chance(0.01)) return this.random.pick(junkNumbers);
    return this.spelled(country, 'mobile');
  }

  private spelled(country: SeedCountry, kind: 'mobile' | 'landline'): string {
    const { random } = this;
    if (this.sharedNumbers.length > 0 && random.chance(0.05)) {
      const [sharedCountry, national] = random.pick(this.sharedNumbers);
      return spellPhone(random, sharedCountry, national);
    }
    const national = random.digits(random.pick(country[kind]));
    this.sharedNumbers.push([country, national]);
    return spellPhone(random, country, national);
  }
}
