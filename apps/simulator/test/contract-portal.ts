import { startSimulator, type RunningSimulator } from './running-simulator.js';
import { announceSpecs, WatchedCalls } from './watched-calls.js';

export const HUB_ID = 4_100_000;

/** An OAuth app that may read contacts and nothing else. */
export const registeredApp = {
  clientId: '7c2b8a90-1111-4222-8333-444455556666',
  clientSecret: 'contract-secret',
  redirectUrls: ['http://localhost:3000/callback'],
  requiredScopes: ['oauth', 'crm.objects.contacts.read'],
  optionalScopes: [],
};

export interface ContractPortal {
  readonly simulator: RunningSimulator;
  readonly watched: WatchedCalls;
}

/** A simulator with one seeded portal without limits, and calls of it that are watched. */
export async function openContractPortal(): Promise<ContractPortal> {
  announceSpecs();
  const simulator = await startSimulator();
  await simulator.control('POST', '/apps', registeredApp);
  const opened = await simulator.control<{ token: string }>('POST', '/portals', {
    hubId: HUB_ID,
    seed: { seed: 5, contacts: 150 },
    limits: { staticPer10s: null, searchPerSecond: null, oauthPer10s: null },
  });
  return { simulator, watched: new WatchedCalls(simulator, opened.token) };
}
