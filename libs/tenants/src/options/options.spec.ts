import { describe, expect, it } from '@jest/globals';
import { applyChange, DEFAULT_OPTIONS, type Options } from './options.js';

const BOTH: Options = { outboundSearch: true, outboundOnlyMatches: true, panelProperties: ['company'] };

describe('applyChange', () => {
  it('leaves what is not given', () => {
    expect(applyChange(BOTH, {})).toEqual(BOTH);
    expect(applyChange(BOTH, { panelProperties: [] })).toEqual({ ...BOTH, panelProperties: [] });
  });

  it('refuses only matches without the search', () => {
    expect(applyChange(DEFAULT_OPTIONS, { outboundOnlyMatches: true })).toBeUndefined();
    expect(applyChange(BOTH, { outboundSearch: false, outboundOnlyMatches: true })).toBeUndefined();
  });

  it('takes both at once, and with the search goes what depends on it', () => {
    expect(applyChange(DEFAULT_OPTIONS, { outboundSearch: true, outboundOnlyMatches: true })).toMatchObject({
      outboundSearch: true,
      outboundOnlyMatches: true,
    });
    expect(applyChange(BOTH, { outboundSearch: false })).toMatchObject({
      outboundSearch: false,
      outboundOnlyMatches: false,
    });
  });

  it('keeps the order of properties, each once', () => {
    expect(applyChange(BOTH, { panelProperties: ['b', 'a', 'b'] })?.panelProperties).toEqual(['b', 'a']);
  });
});
