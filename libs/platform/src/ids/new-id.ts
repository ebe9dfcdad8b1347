import { v7, validate } from 'uuid';

/** Time-ordered ids keep B-tree inserts at the right edge. To the outside they are opaque strings. */
export function newId(): string {
  return v7();
}

/** Whether a caller's string can be one of our ids at all; asking the database with anything else is an error there. */
export function isId(value: string): boolean {
  return validate(value);
}

/** Before every id that was made at `at` or later, and after every one that was made a millisecond earlier. */
export function firstIdAt(at: Date): string {
  const time = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
