import type { Deferral } from '@app/crm';
import type { Customer } from '../conversations/conversation.js';
import { identityOf, type PhonePolicy, samePhone } from './identity.js';
import type { Seeker } from './seeker.js';

/** A contact that the CRM was asked for so recently that it may still appear, for a delivery that was not answered. */
export interface UnsettledCreate {
  deliveryId: string;
  customerKey: string;
  customer: Customer;
  sentAt: Date;
  settlesInSeconds: number;
}

/**
 * Those who may be the person an unsettled create is about wait until that is known. The email would keep the CRM from
 * making a second contact, a number or a name would not, and searching doesn't show yet what was committed late. Of two
 * that were asked for themselves the later one waits, so that they never wait for each other.
 * @returns for each of them how long.
 */
export function whoHasToWait(
  seekers: readonly Seeker[],
  creates: readonly UnsettledCreate[],
  policy: PhonePolicy,
): Map<Seeker, Deferral> {
  const awaited = creates.map((create) => ({ ...create, phone: identityOf(create.customer, policy).phone }));
  return new Map(
    seekers.flatMap((seeker): [Seeker, Deferral][] => {
      const { deliveryId, customerKey, createSentAt } = seeker.request;
      const isAhead = (create: UnsettledCreate): boolean =>
        createSentAt === undefined ||
        create.sentAt < createSentAt ||
        (create.sentAt.getTime() === createSentAt.getTime() && create.deliveryId < deliveryId);
      const { phone: asked } = seeker.identity;
      const same = awaited.filter(
        (create) =>
          create.deliveryId !== deliveryId &&
          isAhead(create) &&
          (create.customerKey === customerKey ||
            (asked !== undefined && samePhone(asked, create.phone, policy.defaultCountry))),
      );
      if (same.length === 0) return [];
      const retryAfterSeconds = Math.max(...same.map(({ settlesInSeconds }) => settlesInSeconds));
      return [[seeker, { cause: 'unavailable', detail: ALREADY_ASKED_FOR, retryAfterSeconds }]];
    }),
  );
}

const ALREADY_ASKED_FOR = 'The contact was asked for a moment ago; it is not known yet whether HubSpot made it';
