import type { PhoneNumber } from '../phone/phone-number.js';
import type { RecordSearch } from './record-search.js';

/** How records are found: read directly where they can be, searched for where they must be. */
export interface RecordFind {
  object: string;
  /** Names of the fields to read. */
  fields: string[];
  /** Taken in this order; what they find is joined, each record once. */
  steps: FindStep[];
  /** Of what was joined. */
  sort?: { field: string; direction: 'ascending' | 'descending' };
  /** At most so many of what was joined and sorted. 1–100. */
  limit: number;
  /** Whether the tool pages: then there is one step, a search, and its cursor is answered with the records. */
  paging: boolean;
}

export type FindStep =
  /** Doesn't lag behind writes. */
  | { by: 'id'; ids: string[] }
  /** By a field whose values are unique; doesn't lag either. */
  | { by: 'unique'; field: string; values: string[] }
  | {
      by: 'search';
      search: RecordSearch;
      /** Only when the steps before found nothing. */
      ifNone?: true;
      /** National digits collide across countries: of what is found, only records with each number in one of its fields stay. */
      samePhones?: { phone: PhoneNumber; fields: string[] }[];
      /** The index finds words of addresses: only records with one of them, in lower case, in the field's list stay. */
      sameEmails?: { field: string; emails: string[] };
    };
