import { describe, expect, it } from '@jest/globals';
import type { CrmObject, CrmObjectSummary } from '../portal.js';
import { idOf, tieFields, tieIn } from './ties.js';

const objects = [{ name: 'contacts', label: 'Customer' }] as CrmObjectSummary[];
const way = (to: string, label?: string) => ({ to, typeId: 1, category: 'HUBSPOT_DEFINED', label });
const tickets = {
  isCustom: false,
  relationships: [way('contacts'), way('contacts', 'Caller'), way('deals'), way('p1_pets')],
} as unknown as CrmObject;

describe('ties that a condition can ask for', () => {
  it('are those of the object that HubSpot’s search knows, each once', () => {
    expect(tieFields(tickets, objects).map(({ name, label, operators }) => [name, label, operators])).toEqual([
      ['associations.contacts', 'Tied to: Customer', ['EQ', 'IN']],
      ['associations.deals', 'Tied to: deals', ['EQ', 'IN']],
    ]);
    expect(tieFields({ ...tickets, isCustom: true }, objects)).toEqual([]);
    expect(tieFields(undefined, objects)).toEqual([]);
  });

  it('are asked for by an id of the other object', () => {
    expect([tieIn('associations.contacts'), tieIn('subject')]).toEqual(['contacts', undefined]);
    expect(idOf('contacts', objects)).toEqual({
      name: 'customer_id',
      label: 'Id of the customer, from an earlier find',
    });
  });
});
