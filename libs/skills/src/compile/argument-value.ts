import type { PhoneNumber } from '@app/crm';

/** An argument as records keep it. */
export interface ArgumentValue {
  /** One text, or one for each option that was sent. Times are ISO 8601, owners are ids. */
  texts: readonly string[];
  /** Of an input of type `phone`. */
  phone?: PhoneNumber;
}

/** By input. What was left out isn't in it. */
export type Arguments = ReadonlyMap<string, ArgumentValue>;
