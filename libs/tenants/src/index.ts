export { API_KEY_SCOPES, type ApiKeyScope } from './api-keys/api-key-scopes.js';
export { AuthenticateApiKey, type ApiKeyIdentity } from './api-keys/authenticate-api-key.js';
export { newApiKey } from './api-keys/hash-api-key.js';
export { EnsureTenant, type EnsureTenantCommand } from './bootstrap/ensure-tenant.js';
export {
  CONNECTION_STATUSES,
  hasCredentials,
  type Connection,
  type ConnectionProblem,
  type ConnectionStatus,
} from './connections/connection.js';
export {
  ConnectionRepository,
  type ConnectedPortal,
  type HeldConnection,
} from './connections/connection.repository.js';
export { Tenants1700000001000 } from './migrations/1700000001000-tenants.js';
export { OAuthAttemptRepository } from './connections/oauth-attempt.repository.js';
export { RevocationRepository, type Revocation } from './connections/revocation.repository.js';
export type { Credentials } from './connections/sealed-credentials.js';
export { Disconnect } from './connections/disconnect.js';
export { ConnectionLife1700000004000 } from './migrations/1700000004000-connection-life.js';
export { TenantRepository } from './tenants/tenant.repository.js';
export { TenantsModule } from './tenants.module.js';
export { Vault, VaultError } from './vault/vault.js';
export { DisableSyncing } from './writeback/disable-syncing.js';
export { EnableSyncing } from './writeback/enable-syncing.js';
export {
  NO_MATCH_POLICIES,
  WRITEBACK_MODES,
  type NoMatchPolicy,
  type WritebackChange,
  type WritebackMode,
  type WritebackSettings,
} from './writeback/writeback-settings.js';
export { WritebackSettingsRepository } from './writeback/writeback-settings.repository.js';
