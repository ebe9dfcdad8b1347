import type { CrmRecord, Deferral, RecordOutcome, Refusal } from '@app/crm';
import type { WrittenOutcome } from './skill-write.repository.js';

/** What a write came to. */
export type Performed =
  | { outcome: WrittenOutcome; id: string; record?: CrmRecord }
  | { outcome: 'refused'; refusal: Refusal }
  | { outcome: 'unknown' }
  /** Nothing was written, or doing it again does no harm. */
  | { outcome: 'deferred'; deferral: Deferral }
  /** It took so long that somebody else may be at it by now; nothing was sent. */
  | { outcome: 'overtaken' };

export function performed(outcome: RecordOutcome, done: WrittenOutcome): Performed {
  switch (outcome.outcome) {
    case 'written':
      return { outcome: done, id: outcome.id };
    case 'exists':
      return {
        outcome: 'refused',
        refusal: {
          reason: 'already_exists',
          detail: 'HubSpot has another record with a value that only one may have.',
        },
      };
    case 'gone':
      return {
        outcome: 'refused',
        refusal: { reason: 'record_gone', detail: 'This record is not in HubSpot (any more).' },
      };
    case 'unknown':
      return { outcome: 'unknown' };
    default:
      return outcome;
  }
}
