import type { RecordFind } from './record-find.js';

/** One record to be written, in the form that a CRM takes; built only from what its schema allows. */
export type RecordWrite =
  | { action: 'create'; object: string; values: RecordValues; ties: RecordTie[] }
  | { action: 'update'; object: string; id: string; values: RecordValues; ties: RecordTie[] }
  | {
      action: 'findOrCreate';
      object: string;
      /** What the record is known by: two that create with the same key at once make one record. */
      key: { field: string; value: string };
      /** Found by it: left as it is. */
      find: RecordFind;
      /** Of the new one, the key among them. */
      values: RecordValues;
      ties: RecordTie[];
    };

/** By name of the field, as the CRM keeps them. */
export type RecordValues = Record<string, string>;

/** To another record, in one way of the schema. */
export interface RecordTie {
  /** Name of the other object. */
  to: string;
  id: string;
  typeId: number;
  category: string;
}
