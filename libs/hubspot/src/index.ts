export type { TrafficClass } from './budget/rate-budget.js';
export { ConnectByToken } from './connect/connect-by-token.js';
export { BeginOAuth, OAUTH_PATH } from './oauth/begin-oauth.js';
export { FinishOAuth } from './oauth/finish-oauth.js';
export { RevokeDueTokens } from './oauth/revoke-due-tokens.js';
export { FEATURES, SCOPES, type Feature } from './oauth/scopes.js';
export { StartOAuth } from './oauth/start-oauth.js';
export { HubSpotModule, type HubSpotModuleOptions } from './hubspot.module.js';
