import { describe, expect, it } from '@jest/globals';
import { injectedSimulator, type InjectedSimulator } from '../control/injected-simulator.js';

const filter = (propertyName: string, operator: string, rest: object = {}) => ({ propertyName, operator, ...rest });

async function answerTo(simulator: InjectedSimulator, one: object, type: string): Promise<number> {
  const body = { filterGroups: [{ filters: [one] }] };
  return (await simulator.call('POST', `/crm/objects/2026-09/${type}/search`, body)).status;
}

describe('what a filter may ask of a property', () => {
  const REFUSED: [string, object, string][] = [
    ['the order of texts', filter('firstname', 'GT', { value: 'a' }), 'contacts'],
    ['the words of a number', filter('num_notes', 'CONTAINS_TOKEN', { value: '1' }), 'contacts'],
    ['the words of an option', filter('lifecyclestage', 'CONTAINS_TOKEN', { value: 'lead' }), 'contacts'],
    ['a list of truths', filter('hs_is_unworked', 'IN', { values: ['true'] }), 'contacts'],
    ['a number that is none', filter('num_notes', 'GTE', { value: 'many' }), 'contacts'],
    ['a time that is none', filter('createdate', 'BETWEEN', { value: '2026-01-01', highValue: 'today' }), 'contacts'],
    ['the 31st of February', filter('createdate', 'LT', { value: '2026-02-31' }), 'contacts'],
    ['an option that is none', filter('lifecyclestage', 'IN', { values: ['lead', 'Lead'] }), 'contacts'],
    ['a truth that is none', filter('hs_is_unworked', 'EQ', { value: 'yes' }), 'contacts'],
    ['a stage that is none', filter('dealstage', 'EQ', { value: 'nowhere' }), 'deals'],
  ];

  it.each(REFUSED)('is not %s, unless the portal is lenient', async (_, one, type) => {
    const strict = injectedSimulator();
    expect(await answerTo(strict, one, type)).toBe(400);
    const lenient = injectedSimulator({ flags: { searchOperatorsByType: false, searchChecksValues: false } });
    expect(await answerTo(lenient, one, type)).toBe(200);
  });

  it.each<[string, object, string]>([
    ['words of a text', filter('firstname', 'CONTAINS_TOKEN', { value: 'ad*' }), 'contacts'],
    ['numbers between two', filter('num_notes', 'BETWEEN', { value: '1', highValue: '2.5' }), 'contacts'],
    ['times in milliseconds', filter('createdate', 'GTE', { value: '1700000000000' }), 'contacts'],
    ['a few options', filter('lifecyclestage', 'IN', { values: ['lead', 'customer'] }), 'contacts'],
    ['an owner, who may be gone', filter('hubspot_owner_id', 'EQ', { value: '1' }), 'contacts'],
    ['a record’s id', filter('hs_object_id', 'IN', { values: ['1', '2'] }), 'contacts'],
    ['a stage of a pipeline', filter('dealstage', 'EQ', { value: 'closedwon' }), 'deals'],
  ])('is %s', async (_, one, type) => {
    expect(await answerTo(injectedSimulator(), one, type)).toBe(200);
  });
});
