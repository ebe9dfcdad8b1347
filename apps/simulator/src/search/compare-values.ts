import type { PropertyDefinition } from '../catalogue/index.js';
import { readTime } from '../crm/normalise-value.js';

/** How a property's values compare in search: numbers and times by size, options by case, all other text without it. */
export type Comparison = 'number' | 'time' | 'option' | 'text';

export function comparisonOf(definition: PropertyDefinition): Comparison {
  switch (definition.type) {
    case 'number':
      return 'number';
    case 'date':
    case 'datetime':
      return 'time';
    case 'enumeration':
    case 'bool':
      return 'option';
    default:
      return 'text';
  }
}

/** A value as compared; undefined for one that isn't a number or time where one is needed. */
export function comparable(comparison: Comparison, value: string): string | number | undefined {
  switch (comparison) {
    case 'number': {
      const number = Number(value);
      return value.trim() === '' || Number.isNaN(number) ? undefined : number;
    }
    case 'time':
      return readTime(value);
    case 'option':
      return value;
    default:
      return value.toLowerCase();
  }
}
