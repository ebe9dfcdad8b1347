import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeCrmDirectory, describeCrmTimeline } from '@app/crm/testing';
import {
  specsAvailable,
  specsFolder,
  startSimulator,
  type Exchange,
  type PortalOptions,
  type TestSimulator,
} from '@app/testing';
import { makeSimulatedCrm } from '../testing/simulated-crm.js';
import { findingsIn } from '../testing/watched-transport.js';

let simulator: TestSimulator;
const exchanges: Exchange[] = [];

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

/** Where HubSpot's behaviour isn't known, both ways of it must do. */
const PORTALS: [string, PortalOptions][] = [
  ['HubSpot as documented', {}],
  [
    'HubSpot in its other moods',
    {
      flags: {
        mergeMode: 'new',
        batchReadFollowsMerge: false,
        mergedAssociationTarget: 'follow',
        batch207OnDated: true,
        numericToObjectId: true,
        searchEmailHitsSecondary: true,
        getBySecondaryEmail: false,
      },
    },
  ],
];

for (const [name, behaviour] of PORTALS) {
  // Seeded with nothing but owners. A 430-contact page costs three of the portal's five searches a second; the limits have their own suite.
  const portal = { ...behaviour, seed: { contacts: 0 }, limits: { searchPerSecond: null, staticPer10s: null } };
  describeCrmDirectory(name, () => makeSimulatedCrm(simulator, portal, { exchanges }));
  describeCrmTimeline(name, () => makeSimulatedCrm(simulator, portal, { exchanges }));
}

describe('what was said in the suites above', () => {
  it('keeps to HubSpot’s OpenAPI files', () => {
    expect(exchanges.length).toBeGreaterThan(100);
    if (!specsAvailable()) {
      process.stdout.write(`NOT VALIDATED: HubSpot's OpenAPI files are not at ${specsFolder()}\n`);
      return;
    }
    expect(findingsIn(exchanges)).toEqual([]);
  });
});
