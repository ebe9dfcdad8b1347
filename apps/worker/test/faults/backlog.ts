import type { OracleContact } from '@app/transcripts/testing';
import type { AcknowledgedConversation } from './oracle.js';
import type { Random } from './random.js';

export type Draft = Omit<AcknowledgedConversation, 'id'>;
export type Customer = AcknowledgedConversation['customer'];

/** Who the customers are, and how often: known in every way the rules know, new in every way, and nobody. */
const KINDS = {
  linked: 20,
  email: 25,
  secondary: 5,
  phone: 20,
  newByEmail: 10,
  newByBoth: 6,
  newByPhone: 6,
  newByName: 5,
  nobody: 3,
};
type Kind = keyof typeof KINDS;
const DRAWN = Object.entries(KINDS).flatMap(([kind, weight]) => Array.from({ length: weight }, () => kind as Kind));

/** New people come more than once, since a second contact of the same person is what must not happen. */
const NEW_PEOPLE = 12;

/** Makes customers out of a portal's people, such that the order in which they are worked off changes nothing. */
export class Customers {
  private readonly addressed: readonly OracleContact[];
  private readonly twiceAddressed: readonly OracleContact[];
  private readonly called: readonly OracleContact[];

  constructor(
    private readonly random: Random,
    contacts: readonly OracleContact[],
  ) {
    this.addressed = contacts.filter(({ emails }) => emails.length > 0);
    this.twiceAddressed = contacts.filter(({ emails }) => emails.length > 1);
    // Junk such as "+12" stands in portals too, but no caller may send it as a number.
    this.called = contacts.filter(({ phones }) => phones.some(isInternational));
  }

  draw(kind: Kind = this.random.pick(DRAWN)): Customer {
    const person = this.random.between(1, NEW_PEOPLE);
    switch (kind) {
      case 'linked': {
        const { id } = this.random.pick(this.addressed);
        return { externalId: `linked-${id}`, crmContactId: id };
      }
      case 'email':
        return { email: (this.random.pick(this.addressed).emails[0] ?? '').toUpperCase() };
      case 'secondary':
        return { email: this.random.pick(this.twiceAddressed).emails.at(-1) ?? '' };
      case 'phone': {
        const phone = this.random.pick(this.called).phones.find(isInternational) ?? '';
        return { phone: this.random.chance(0.5) ? phone : phone.replace('+', '00').replaceAll(' ', '-') };
      }
      case 'newByEmail':
        return { email: `new.${person}@customers.example`, firstName: 'New' };
      case 'newByBoth': {
        const phone = `+4915120000${String(person).padStart(3, '0')}`;
        return this.random.chance(0.5) ? { email: `both.${person}@customers.example`, phone } : { phone };
      }
      case 'newByPhone':
        return { phone: `+4915130000${String(person).padStart(3, '0')}` };
      case 'newByName':
        return { externalId: `named-${person}`, firstName: `Name${person}`, lastName: 'Only' };
      case 'nobody':
        return {};
    }
  }
}

export interface BacklogOptions {
  random: Random;
  /** Begins every external id. */
  name: string;
  customers: readonly Customer[];
  /** Share of transcripts too long for one entry. */
  long?: number;
}

/** Closed conversations, each line of which says whose it is. */
export function makeBacklog({ random, name, customers, long = 0.04 }: BacklogOptions): Draft[] {
  const closedAt = Date.now();
  return customers.map((customer, index) => {
    const externalId = `${name}-${index}`;
    const isLong = random.chance(long);
    return {
      externalId,
      channel: random.pick(['chat', 'chat', 'chat', 'email', 'voice', 'voice', 'sms', 'whatsapp']),
      customer,
      closedAt: new Date(closedAt + index).toISOString(),
      messages: Array.from({ length: random.between(1, 4) }, (_, at) => ({
        author: at % 2 === 0 ? 'customer' : 'agent',
        text: textOf(externalId, isLong && at === 0 ? random.between(1_500, 2_500) : random.between(1, 3)),
      })),
    };
  });
}

/** About 75 characters a line: 2,000 lines are three entries. */
function textOf(externalId: string, lines: number): string {
  return Array.from(
    { length: lines },
    (_, line) => `#${externalId}# line ${line + 1}: <b>tags</b>, "quotes" & signs 😀 שלום`,
  ).join('\n');
}

function isInternational(phone: string): boolean {
  return /^\+(?:\D*\d){8}/.test(phone);
}
