import type { Portal } from '../portal/portal.js';
import type { PropertyValues } from '../portal/crm-record.js';
import { contactExists, Refusal, valueExists } from '../refuse/refusal.js';

/** Unique values taken by earlier inputs of the same batch that aren't committed yet. */
export class BatchClaims {
  private readonly taken = new Set<string>();

  take(property: string, value: string): boolean {
    const key = `${property} ${value}`;
    if (this.taken.has(key)) return false;
    this.taken.add(key);
    return true;
  }
}

/**
 * Refuses `properties` when another record, or an earlier input of the batch, holds one of their unique values; emails
 * clash over primary and secondary addresses alike (FACTS §3.4).
 */
export function claimUnique(
  portal: Portal,
  typeKey: string,
  properties: PropertyValues,
  ownId: string | undefined,
  claims: BatchClaims,
): Refusal | undefined {
  const { unique } = portal.store(typeKey);
  for (const [property, value] of unique.valuesOf(properties)) {
    const holder = unique.holderOf(property, value);
    const isEmail = typeKey === 'contacts' && property === 'email';
    if (holder !== undefined && holder !== ownId) {
      return isEmail ? contactExists(holder) : valueExists(property, value, holder);
    }
    if (holder === undefined && !claims.take(property, value)) {
      return new Refusal(409, {
        message: isEmail
          ? `Contact already exists. Another input of this batch has the email ${value}`
          : `Another input of this batch has the value ${value} of property ${property}`,
        category: 'CONFLICT',
      });
    }
  }
  return undefined;
}
