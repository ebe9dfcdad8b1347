import { describe, expect, it } from '@jest/globals';
import { injectedSimulator } from '../control/injected-simulator.js';
import { queryMatcher } from './match-query.js';

describe('queryMatcher', () => {
  const simulator = injectedSimulator();
  const portal = simulator.state.portals.find(simulator.hubId);
  const contact = {
    firstname: 'Ana María',
    lastname: "O'Brien",
    email: 'ana.obrien@x-ray.com',
    phone: '+1 513-227-1572',
    company: '東京 Trading',
    jobtitle: 'unsearched',
  };

  it.each([
    ['ana', true],
    ['ANA mar', true],
    ['ria', false],
    ["o'b", true],
    ['brien', true],
    ['ana.obrien@x', true],
    ['ray', true],
    ['東', true],
    ['trad', true],
    ['unsearched', false],
    ['227-15', true],
    ['0513 227', true],
    ['227', true],
    ['72', false],
    ['ana nobody', false],
  ])('%j matches: %j', (query, expected) => {
    expect(portal && queryMatcher(portal, 'contacts', query)(contact)).toBe(expected);
  });
});
