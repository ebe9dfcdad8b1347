import { AppError } from '@app/platform';

/** Ids of HubSpot's records are digits. @throws AppError 1002 */
export function toRecordId(field: string, typed: string): string {
  const id = typed.trim();
  if (/^\d{1,19}$/.test(id)) return id;
  const message = 'must be the id of a record in HubSpot';
  throw new AppError(1002, `${field} ${message}`, { errors: [{ field, message }] });
}
