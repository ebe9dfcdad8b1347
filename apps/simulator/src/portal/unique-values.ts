import type { PropertyValues } from './crm-record.js';
import { emailsOf } from './crm-record.js';

/**
 * Who holds each unique value of one object type: contact emails (primary and secondary together, FACTS §3.4) and
 * every property made with `hasUniqueValue`. Only live records hold values.
 */
export class UniqueValues {
  private readonly holders = new Map<string, Map<string, string>>();

  constructor(private readonly hasEmails: boolean) {
    if (hasEmails) this.holders.set('email', new Map());
  }

  properties(): Iterable<string> {
    return this.holders.keys();
  }

  isUnique(property: string): boolean {
    return this.holders.has(property);
  }

  /** Starts to hold a property's values unique; `records` are those that exist. */
  watch(property: string, records: Iterable<{ readonly id: string; readonly properties: PropertyValues }>): void {
    const values = new Map<string, string>();
    for (const record of records) {
      const value = record.properties[property];
      if (value !== undefined) values.set(value.toLowerCase(), record.id);
    }
    this.holders.set(property, values);
  }

  forget(property: string): void {
    this.holders.delete(property);
  }

  holderOf(property: string, value: string): string | undefined {
    return this.holders.get(property)?.get(value.toLowerCase());
  }

  /** The unique values of a record, as [property, lower-cased value]. */
  valuesOf(properties: PropertyValues): [property: string, value: string][] {
    const values: [string, string][] = [];
    for (const property of this.holders.keys()) {
      if (property === 'email' && this.hasEmails) {
        for (const email of emailsOf(properties)) values.push(['email', email]);
      } else {
        const value = properties[property];
        if (value !== undefined) values.push([property, value.toLowerCase()]);
      }
    }
    return values;
  }

  hold(id: string, properties: PropertyValues): void {
    for (const [property, value] of this.valuesOf(properties)) this.holders.get(property)?.set(value, id);
  }

  release(id: string, properties: PropertyValues): void {
    for (const [property, value] of this.valuesOf(properties)) {
      const values = this.holders.get(property);
      if (values?.get(value) === id) values.delete(value);
    }
  }
}
