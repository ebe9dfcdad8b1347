import type { CrmRecord } from '@app/crm';

/** One of the addresses, in lower case, must stand in the field: one address, or several with `;` between them. */
interface SameEmails {
  field: string;
  emails: string[];
}

/** Whether a record has one of the addresses itself, and not merely words of it. */
export function hasEmail({ values }: CrmRecord, same: SameEmails | undefined): boolean {
  if (same === undefined) return true;
  const held = (values[same.field] ?? '').split(';').map((email) => email.trim().toLowerCase());
  return same.emails.some((email) => held.includes(email));
}
