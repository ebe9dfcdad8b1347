import type { PhoneNumber, RecordFind } from '@app/crm';

/** The number that a record is looked for by, where it is one. */
export function phoneOf({ steps }: Pick<RecordFind, 'steps'>): PhoneNumber | undefined {
  const [same] = steps.flatMap((step) => (step.by === 'search' ? (step.samePhones ?? []) : []));
  return same?.phone;
}
