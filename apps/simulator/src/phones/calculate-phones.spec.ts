import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { calculatedPhoneProperties } from './calculate-phones.js';
import { readCountry } from './read-country.js';

describe('calculatedPhoneProperties', () => {
  // The rows of FACTS §3.5. Where the sheet says "not seen", only the searchable form is pinned.
  it.each([
    ['513-227-1572', '+15132271572', '5132271572', 'US'],
    ['7087038093', '+17087038093', '7087038093', 'US'],
    ['+33655555555', '+33655555555', '655555555', 'FR'],
    ['+5511999999999', '+5511999999999', '11999999999', 'BR'],
    ['00004', null, '4', null],
    ['9678452348', null, '9678452348', null],
    ['123456', null, '123456', null],
  ])('reads %s as %s, searchable %s', (phone, e164, searchable, country) => {
    const read = calculatedPhoneProperties({ phone });
    expect(read).toEqual({
      hs_calculated_phone_number: e164,
      hs_calculated_phone_number_country_code: country,
      hs_searchable_calculated_phone_number: searchable,
      hs_searchable_calculated_international_phone_number: e164,
      hs_calculated_mobile_number: null,
      hs_searchable_calculated_mobile_number: null,
      hs_searchable_calculated_international_mobile_number: null,
    });
  });

  it.each([
    ['08180854296', '8180854296'],
    ['(877) 829-06966777', '87782906966777'],
  ])('keeps %s searchable as %s', (phone, searchable) => {
    expect(calculatedPhoneProperties({ phone })['hs_searchable_calculated_phone_number']).toBe(searchable);
  });

  it.each([
    ['the contact’s country by name', { phone: '030 901820', country: 'Germany' }, {}, '+4930901820'],
    ['the contact’s country by code', { phone: '030 901820', hs_country_region_code: 'de' }, {}, '+4930901820'],
    ['the portal’s country', { phone: '030 901820' }, { defaultCountry: 'DE' }, '+4930901820'],
    ['its own calling code before any of them', { phone: '+43 1 534530', country: 'Germany' }, {}, '+431534530'],
    ['the dialling prefix of its country', { phone: '0043 1 534530', country: 'Germany' }, {}, '+431534530'],
    ['a number with an extension', { phone: '(513) 227-1572 ext. 12' }, {}, '+15132271572'],
    ['Arabic digits', { phone: '+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧' }, {}, '+966501234567'],
    ['a test number that only names its calling code', { phone: '+1 555 010 0123' }, {}, '+15550100123'],
    ['an unknown country as if none were given', { phone: '513-227-1572', country: 'Atlantis' }, {}, '+15132271572'],
  ] as const)('reads by %s', (_case, properties, reading, e164) => {
    expect(calculatedPhoneProperties(properties, reading)['hs_calculated_phone_number']).toBe(e164);
  });

  it('computes the mobile number beside the phone number', () => {
    expect(calculatedPhoneProperties({ phone: null, mobilephone: '07911 123456', country: 'UK' })).toMatchObject({
      hs_calculated_phone_number: null,
      hs_calculated_mobile_number: '+447911123456',
      hs_searchable_calculated_mobile_number: '7911123456',
      hs_searchable_calculated_international_mobile_number: '+447911123456',
    });
  });

  it('keeps the international searchable form as digits where a portal is set so', () => {
    const read = calculatedPhoneProperties({ phone: '+33655555555' }, { internationalForm: 'digits' });
    expect(read['hs_searchable_calculated_international_phone_number']).toBe('33655555555');
    expect(read['hs_calculated_phone_number']).toBe('+33655555555');
  });

  it.each([[''], ['   '], [null], [undefined], ['n/a'], ['📞'], ['0000']])('finds no number in %p', (phone) => {
    expect(new Set(Object.values(calculatedPhoneProperties({ phone })))).toEqual(new Set([null]));
  });

  it('reads the international spelling of a number of any country back as that number', () => {
    const arbitraryCountry = fc.constantFrom(...getCountries());
    fc.assert(
      fc.property(arbitraryCountry, arbitraryCountry, (country, portal) => {
        const number = getExampleNumber(country, examples);
        fc.pre(number !== undefined);
        const read = calculatedPhoneProperties({ phone: number.formatInternational() }, { defaultCountry: portal });
        expect(read['hs_calculated_phone_number']).toBe(number.number);
        expect(read['hs_searchable_calculated_phone_number']).toBe(number.nationalNumber.replace(/^0+/, ''));
      }),
    );
  });

  it('reads the national spelling in the portal’s country, and never throws whatever is typed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...getCountries()), fc.string({ unit: 'binary' }), (country, junk) => {
        const number = getExampleNumber(country, examples);
        fc.pre(number?.isValid() === true);
        const spelled = calculatedPhoneProperties({ phone: number.formatNational() }, { defaultCountry: country });
        expect(spelled['hs_calculated_phone_number']).toBe(number.number);
        const searchable = calculatedPhoneProperties({ phone: junk })['hs_searchable_calculated_phone_number'];
        expect(searchable ?? '1').toMatch(/^[1-9][0-9]*$/);
      }),
    );
  });
});

describe('readCountry', () => {
  it.each([
    ['DE', 'DE'],
    ['de', 'DE'],
    [' Germany ', 'DE'],
    ['USA', 'US'],
    ['United Kingdom', 'GB'],
    ['Côte d’Ivoire', 'CI'],
    ['', undefined],
    [null, undefined],
    ['Mars', undefined],
  ])('reads %p as %p', (written, code) => {
    expect(readCountry(written)).toBe(code);
  });
});
