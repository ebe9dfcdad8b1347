import { readPhoneNumber } from '@app/crm';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import { fieldOf, isPhoneField } from '../grammar/known-fields.js';

/** Whether a record keeps a value that was written, in whatever form the CRM keeps it. */
export function isKept(object: CheckedBinding['object'], name: string, { kept, written }: Values): boolean {
  const field = fieldOf(object, name);
  if (field === undefined || kept === undefined) return written === '';
  if (isPhoneField(field)) return phoneKey(kept) === phoneKey(written);
  return plainValue(kept) === plainValue(written);
}

interface Values {
  kept: string | undefined;
  written: string;
}

function phoneKey(text: string): string {
  const phone = readPhoneNumber(text);
  return phone?.e164 ?? phone?.national ?? text;
}

/** Numbers without what adds nothing, times in milliseconds, texts in lower case. */
export function plainValue(text: string): string {
  const trimmed = text.trim().toLowerCase();
  if (trimmed !== '' && Number.isFinite(Number(trimmed))) return String(Number(trimmed));
  const isTime = /^\d{4}-\d{2}-\d{2}t/.test(trimmed);
  return isTime ? String(Date.parse(trimmed)) : trimmed;
}
