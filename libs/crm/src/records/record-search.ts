/** A search of one object's records in the form that a CRM takes; built only from what its schema allows. */
export interface RecordSearch {
  object: string;
  /** Joined by OR; the filters inside a group by AND. */
  groups: RecordFilter[][];
  /** Names of the fields to read. */
  fields: string[];
  sort?: { field: string; direction: 'ascending' | 'descending' };
  /** 1–100. */
  limit: number;
  /** From a former answer. */
  after?: string;
}

export type RecordOperator =
  | 'EQ'
  | 'NEQ'
  | 'LT'
  | 'LTE'
  | 'GT'
  | 'GTE'
  | 'BETWEEN'
  | 'IN'
  | 'NOT_IN'
  | 'HAS_PROPERTY'
  | 'NOT_HAS_PROPERTY'
  | 'CONTAINS_TOKEN'
  | 'NOT_CONTAINS_TOKEN';

export type RecordFilter =
  | { field: string; operator: 'HAS_PROPERTY' | 'NOT_HAS_PROPERTY' }
  | { field: string; operator: 'IN' | 'NOT_IN'; values: string[] }
  /** Tied in whatever way to one of these records of another object, which is named. */
  | { tiedTo: string; operator: 'EQ'; value: string }
  | { tiedTo: string; operator: 'IN'; values: string[] }
  | { field: string; operator: 'BETWEEN'; value: string; highValue: string }
  | {
      field: string;
      operator: Exclude<RecordOperator, 'HAS_PROPERTY' | 'NOT_HAS_PROPERTY' | 'IN' | 'NOT_IN' | 'BETWEEN'>;
      value: string;
    };

/** What one search may hold. Source: HubSpot's guide to searching the CRM. */
export const SEARCH_LIMITS = {
  groups: 5,
  filtersPerGroup: 6,
  filters: 18,
  bodyCharacters: 3000,
  /** Records that can be paged through. */
  results: 10_000,
} as const;
