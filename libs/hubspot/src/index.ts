export type { TrafficClass } from './budget/rate-budget.js';
export { ConnectByToken } from './connect/connect-by-token.js';
export { HubSpotModule, type HubSpotModuleOptions } from './hubspot.module.js';
