import { v7, validate } from 'uuid';

/** Time-ordered ids keep B-tree inserts at the right edge. To the outside they are opaque strings. */
export function newId(): string {
  return v7();
}

/** Whether a caller's string can be one of our ids at all; asking the database with anything else is an error there. */
export function isId(value: string): boolean {
  return validate(value);
}
