import { expect, it } from '@jest/globals';
import { getCountries } from 'libphonenumber-js';
import { countryChoices } from './countries.js';

it('offers every country that numbers are read for, by its name, and no other', () => {
  const choices = countryChoices('en');
  expect(choices.map(({ value }) => value).toSorted()).toEqual(getCountries().toSorted());
  expect(choices).toContainEqual({ value: 'DE', label: 'Germany (DE)' });
  expect(countryChoices('de')).toContainEqual({ value: 'DE', label: 'Deutschland (DE)' });
  expect(countryChoices('de', ['DE', 'AT']).map(({ label }) => label)).toEqual(['Deutschland (DE)', 'Österreich (AT)']);
  expect(countryChoices('de', [])).toEqual([]);
  const labels = choices.map(({ label }) => label);
  expect(labels).toEqual(labels.toSorted((a, b) => a.localeCompare(b, 'en')));
});
