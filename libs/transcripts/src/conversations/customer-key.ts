import { readPhoneNumber } from '@app/crm';
import type { Customer } from './conversation.js';

/**
 * Who the customer is to us: the caller's own id, else the lower-cased email, else the E.164 number, else nobody beyond
 * this one conversation. Two conversations with the same key are one person and share the remembered contact.
 */
export function customerKey(customer: Customer, conversationId: string, defaultCountry: string | undefined): string {
  if (customer.externalId !== undefined) return `ext:${customer.externalId}`;
  if (customer.email !== undefined) return `email:${customer.email.toLowerCase()}`;
  const e164 = customer.phone === undefined ? undefined : readPhoneNumber(customer.phone, defaultCountry)?.e164;
  return e164 === undefined ? `conversation:${conversationId}` : `phone:${e164}`;
}
