import type { ContactSeed, CrmFault, CrmHarness } from '@app/crm/testing';
import { systemClock } from '@app/platform';
import type { Exchange, FaultRule, PortalOptions, PortalStats, SimulatorControl, TestSimulator } from '@app/testing';
import { SharedBudget } from '../src/budget/shared-budget.js';
import { HubSpotTransport } from '../src/client/hubspot-transport.js';
import { connectTenant } from './connected-tenant.js';
import { MemoryStore } from './memory-store.js';
import { WatchedTransport } from './watched-transport.js';

export interface SimulatedCrm extends CrmHarness {
  hubId: number;
  accessToken: string;
  tenant: ReturnType<typeof connectTenant>;
  control: SimulatorControl;
  /** For this portal's calls only. */
  addFault(rule: FaultRule): Promise<void>;
  statistics(): Promise<PortalStats>;
}

export interface SimulatedCrmOptions {
  /** Where every call and its answer are put down. */
  exchanges?: Exchange[];
  timeoutMs?: number;
}

const SEARCH_LAG_MS = 30_000;
const BATCH_WRITES = '/crm/objects/*/batch/create';

let nextHubId = 7_000_001;

/** A fresh portal of the simulator, with the adapters connected to it as HubSpotModule connects them. */
export async function makeSimulatedCrm(
  { url, control }: TestSimulator,
  portal: PortalOptions = {},
  { exchanges = [], timeoutMs = 5_000 }: SimulatedCrmOptions = {},
): Promise<SimulatedCrm> {
  // A number of its own: what a removed portal used of its limits would count for the next one of that number.
  const { hubId, token } = await control.createPortal({ hubId: nextHubId++, ...portal });
  const tenant = connectTenant({
    transport: new WatchedTransport(new HubSpotTransport(url, timeoutMs), exchanges),
    accessToken: token,
    portalId: String(hubId),
    budget: new SharedBudget({ store: new MemoryStore(systemClock), clock: systemClock, holder: 'test' }),
    appUrl: url,
  });
  const count = async (type: string): Promise<number> => (await control.records(hubId, type)).length;
  const addFault = async (rule: FaultRule): Promise<void> => void (await control.addFault({ hubId, ...rule }));

  return {
    hubId,
    accessToken: token,
    tenant,
    control,
    tenantId: tenant.tenantId,
    directory: tenant.directory,
    timeline: tenant.timeline,
    addFault,
    statistics: () => control.stats(hubId, { last: 1_000 }),
    now: async () => new Date((await control.clock()).now),
    addContacts: (seeds) => control.createRecords(hubId, 'contacts', seeds.map(toRecord)),
    mergeContacts: async (primaryId, otherId) =>
      (await control.mergeRecords(hubId, 'contacts', { primaryId, otherId })).id,
    removeContact: async (id) => void (await control.archiveRecords(hubId, 'contacts', [id])),
    holdIndex: async () => void (await control.changePortal(hubId, { searchLagMs: SEARCH_LAG_MS })),
    letIndexCatchUp: async () => void (await control.advanceClock(SEARCH_LAG_MS)),
    befall: (fault) => addFault(ruleFor(fault)),
    recover: async () => void (await control.clearFaults(hubId)),
    requireMore: async (of) => {
      const requiredProperties =
        of === 'contacts' ? { contacts: ['company'] } : { notes: ['hubspot_owner_id'], calls: ['hubspot_owner_id'] };
      await control.changePortal(hubId, { flags: { enforceRequiredProperties: true, requiredProperties } });
    },
    countContacts: () => count('contacts'),
    countEntries: async () => (await count('notes')) + (await count('calls')),
    close: async () => void (await control.removePortal(hubId)),
  };
}

function toRecord({ emails = [], phone, mobile, firstName, lastName, createdAt }: ContactSeed) {
  const [email, ...more] = emails;
  const values = {
    email: email?.toLowerCase(),
    hs_additional_emails: more.join(';'),
    phone,
    mobilephone: mobile,
    firstname: firstName,
    lastname: lastName,
  };
  const properties = Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
  return { properties, createdAt: createdAt?.toISOString() };
}

function ruleFor(fault: CrmFault): FaultRule {
  // DAILY, because the shorter ones are over before a second call is made.
  if (fault === 'throttled') return { actions: [{ kind: 'status', status: 429, policy: 'DAILY' }] };
  const when = fault === 'lost_before' ? 'before' : 'after';
  return { path: BATCH_WRITES, times: 1, actions: [{ kind: 'reset', when }] };
}
