import { setTimeout as pause } from 'node:timers/promises';
import { type CrmObject, type CrmRecord, type PhoneNumber, readPhoneNumber, type RecordWrite } from '@app/crm';
import { type Logger, newId } from '@app/platform';
import { CONTACTS } from '../grammar/known-fields.js';
import type { ContactsInMaking } from './contacts-in-making.js';
import type { Performed } from './performed.js';
import { phoneOf } from './phone-of.js';

/** Where contacts keep the numbers that transcripts are matched by. */
const NUMBER_FIELDS = ['phone', 'mobilephone'];
/** Whoever else is making the same contact has it within a second or so. */
const LOOK_MS = 50;
const LOOKS = 50;

export interface Where {
  portalId: string;
  /** What is written. */
  object: CrmObject;
  defaultCountry?: string;
}

/** What is done alone: looked up, then made. */
export interface Making {
  /** A contact that somebody made so recently that the CRM may not show it. */
  findJustCreated: () => Promise<Pick<CrmRecord, 'id'> | undefined>;
  /** False: somebody else may be making it by now, and nothing may be sent. */
  mayStillSend: () => Promise<boolean>;
}

/** Makes a contact with a number as the only one who does, deliveries included. Any other record is nobody else's concern. */
export class MakeContactAlone {
  constructor(
    private readonly contacts: ContactsInMaking,
    private readonly logger: Logger,
  ) {}

  async execute(
    tenantId: string,
    write: Exclude<RecordWrite, { action: 'update' }>,
    where: Where,
    make: (making: Making) => Promise<Performed>,
  ): Promise<Performed> {
    const { portalId, defaultCountry } = where;
    const phones = numbersOf(write, defaultCountry);
    if (phones.length === 0)
      return make({ findJustCreated: () => Promise.resolve(undefined), mayStillSend: () => Promise.resolve(true) });
    const sought = write.action === 'findOrCreate' ? phoneOf(write.find) : undefined;
    const holder = newId();
    // Sent, and not both answered and remembered: it may be there, or come.
    let isOpen = false;
    await this.contacts.claim(tenantId, portalId, holder, phones);
    try {
      const otherwise = sought && (await this.awaitOthers(tenantId, where, { holder, phone: sought }));
      if (otherwise !== undefined) return otherwise;
      const performed = await make({
        findJustCreated: async () => {
          const id =
            sought && (await this.contacts.findJustCreated(tenantId, portalId, { phone: sought, defaultCountry }));
          return id === undefined ? undefined : { id };
        },
        mayStillSend: async () => (isOpen = await this.contacts.renew(tenantId, holder)),
      });
      const isTold =
        performed.outcome !== 'created' ||
        (await this.attempt(tenantId, 'a contact that was just made could not be remembered', () =>
          this.contacts.remember(tenantId, portalId, performed.id, phones),
        ));
      isOpen = performed.outcome === 'unknown' || !isTold;
      return performed;
    } finally {
      await this.attempt(tenantId, 'the claim of a number could not be released', () =>
        this.contacts.release(tenantId, holder, { isUnanswered: isOpen }),
      );
    }
  }

  /** What was made is made, whatever becomes of what others are told: a claim runs out once the CRM shows the contact. */
  private async attempt(tenantId: string, failure: string, tell: () => Promise<void>): Promise<boolean> {
    try {
      await tell();
      return true;
    } catch (error) {
      this.logger.warn({ err: error, tenantId }, failure);
      return false;
    }
  }

  /** @returns why nothing can be made now. */
  private async awaitOthers(
    tenantId: string,
    { portalId, defaultCountry }: Where,
    sought: { holder: string; phone: PhoneNumber },
  ): Promise<Performed | undefined> {
    for (let look = 0; look < LOOKS; look += 1) {
      const other = await this.contacts.findOther(tenantId, portalId, { ...sought, defaultCountry });
      if (other === undefined) return undefined;
      if (other.isUnanswered) return beingMade(other.settlesInSeconds);
      await pause(LOOK_MS);
    }
    return beingMade(2);
  }
}

function beingMade(retryAfterSeconds: number): Performed {
  const detail = 'A contact with this number is being made just now';
  return { outcome: 'deferred', deferral: { cause: 'throttled', detail, retryAfterSeconds } };
}

function numbersOf({ object, values }: Pick<RecordWrite, 'object' | 'values'>, defaultCountry?: string): PhoneNumber[] {
  if (object !== CONTACTS) return [];
  const numbers = NUMBER_FIELDS.flatMap((field) => readPhoneNumber(values[field] ?? '', defaultCountry) ?? []);
  return [...new Map(numbers.map((number) => [number.e164 ?? number.national, number])).values()];
}
