import { describe, expect, it } from '@jest/globals';
import type { Customer } from '../conversations/conversation.js';
import { seek } from './seeker.js';
import { whoHasToWait } from './unsettled-creates.js';

const policy = { ignoredNumbers: [] };
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

const create = (deliveryId: string, customer: Customer, sentAt: Date) => ({
  deliveryId,
  customerKey: `key ${deliveryId}`,
  customer,
  sentAt,
  settlesInSeconds: 7,
});

function waiting(seekers: readonly { id: string; customer: Customer; createSentAt?: Date }[]): string[] {
  const creates = seekers.flatMap(({ id, customer, createSentAt }) =>
    createSentAt === undefined ? [] : [create(id, customer, createSentAt)],
  );
  const sought = seekers.map(({ id, ...seeker }) =>
    seek({ deliveryId: id, customerKey: `key ${id}`, ...seeker }, policy),
  );
  return [...whoHasToWait(sought, creates, policy).keys()].map(({ request }) => request.deliveryId);
}

const PHONE = { phone: '+4915112345678' };

describe('whoHasToWait', () => {
  it('holds back whoever has the number of a create that is not settled, and nobody else', () => {
    const asked = { id: 'a', customer: PHONE, createSentAt: at(0) };
    expect(waiting([asked, { id: 'b', customer: PHONE }, { id: 'c', customer: { phone: '+4915187654321' } }])).toEqual([
      'b',
    ]);
  });

  it('never lets two that were both asked for wait for each other', () => {
    const first = { id: 'a', customer: PHONE, createSentAt: at(1) };
    expect(waiting([first, { id: 'b', customer: PHONE, createSentAt: at(0) }])).toEqual(['a']);
    expect(waiting([first, { id: 'b', customer: PHONE, createSentAt: at(1) }])).toEqual(['b']);
  });
});
