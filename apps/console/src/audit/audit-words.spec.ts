import { expect, it } from '@jest/globals';
import { detailsInWords } from './audit-words.js';

it('says details as people would', () => {
  expect(
    detailsInWords({
      mode: 'summary_transcript',
      defaultCountry: null,
      ignoredNumbers: ['+49301', '+49302'],
      panelProperties: [],
      outboundSearch: true,
      values: 3,
    }),
  ).toEqual([
    'mode: summary transcript',
    'default country: none',
    'ignored numbers: +49301, +49302',
    'properties in the panel: none',
    'search in outbound: yes',
    'values: 3',
  ]);
});
