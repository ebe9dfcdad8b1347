import type { CrmContact } from '@app/crm';
import type { HubSpotRecord } from '../records/hubspot-record.js';
import { oddAnswer } from '../records/record-reader.js';

export const CONTACT_PROPERTIES = [
  'createdate',
  'email',
  'hs_additional_emails',
  'phone',
  'mobilephone',
  'firstname',
  'lastname',
] as const;

/** `hs_merged_object_ids`: the ids that lead to this contact since they were merged into it. */
export const BY_ID_PROPERTIES = [...CONTACT_PROPERTIES, 'hs_merged_object_ids'] as const;

/** @throws CrmDeferredError when there is no creation time: "the oldest" is decided by it, so guessing would misplace a transcript. */
export function toContact(record: HubSpotRecord): CrmContact {
  const { properties } = record;
  if (record.createdAt === undefined) throw oddAnswer();
  const emails = [properties['email'], ...listIn(properties['hs_additional_emails'])];
  return {
    id: record.id,
    createdAt: record.createdAt,
    emails: [...new Set(emails.flatMap((email) => email?.trim().toLowerCase() || []))],
    phones: [properties['phone'], properties['mobilephone']].filter((phone) => phone !== undefined),
    firstName: properties['firstname'],
    lastName: properties['lastname'],
  };
}

/** HubSpot's lists of values: `;` between them. */
export function listIn(value: string | undefined): string[] {
  return (value ?? '')
    .split(';')
    .map((element) => element.trim())
    .filter((element) => element !== '');
}
