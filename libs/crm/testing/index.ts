export { describeCrmDirectory } from './crm-directory.contract.js';
export type { CrmFaults, CrmMethod, FakeFault, FaultOptions } from './crm-faults.js';
export type { ContactSeed, CrmFault, CrmHarness, MakeHarness } from './crm-harness.js';
export type { CrmPortal, PortalContact, PortalEntry } from './crm-portal.js';
export { describeCrmTimeline } from './crm-timeline.contract.js';
export { InMemoryCrm, type InMemoryCrmOptions } from './in-memory-crm.js';
