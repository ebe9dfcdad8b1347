export { Allowances, type Allowance, type Spending } from './allowances/allowances.js';
export { networkOf } from './allowances/network-of.js';
export { AdmitApiKey, type ApiKeyIdentity } from './api-keys/admit-api-key.js';
export { API_KEY_SCOPES, type ApiKeyScope } from './api-keys/api-key-scopes.js';
export { ApiKeyRepository, type ApiKey } from './api-keys/api-key.repository.js';
export { CreateApiKey } from './api-keys/create-api-key.js';
export { newApiKey } from './api-keys/hash-api-key.js';
export { ReadApiKeys } from './api-keys/read-api-keys.js';
export { RevokeApiKey } from './api-keys/revoke-api-key.js';
export { AUDIT_ACTIONS, AuditLog, type Actor, type AuditAction, type AuditRecord } from './audit/audit-log.js';
export { ReadAudit, type AuditEntry } from './audit/read-audit.js';
export { EnsureTenant, type EnsureTenantCommand } from './bootstrap/ensure-tenant.js';
export {
  CONNECTION_STATUSES,
  hasCredentials,
  PORTAL_RULES,
  type Connection,
  type ConnectionProblem,
  type ConnectionStatus,
} from './connections/connection.js';
export {
  ConnectionRepository,
  type ConnectedPortal,
  type HeldConnection,
} from './connections/connection.repository.js';
export { EventsModule } from './events/events.module.js';
export type { TenantEvent } from './events/tenant-event.js';
export { TenantEvents, type TenantEventsListener } from './events/tenant-events.js';
export { ChangeOptions } from './options/change-options.js';
export type { Options, OptionsChange } from './options/options.js';
export { OptionsRepository } from './options/options.repository.js';
export { ChangeUser } from './people/change-user.js';
export { CreateUser } from './people/create-user.js';
export { ReadUsers } from './people/read-users.js';
export { UserRepository } from './people/user.repository.js';
export { SHORTEST_PASSWORD, USER_ROLES, type User, type UserRole } from './people/user.js';
export { IdempotentRequests, type Begun } from './retries/idempotent-requests.js';
export { AuthenticateSession, type SessionIdentity } from './sessions/authenticate-session.js';
export { CheckSession } from './sessions/check-session.js';
export { SignIn } from './sessions/sign-in.js';
export { SignOut } from './sessions/sign-out.js';
export { CreateTenant } from './tenants/create-tenant.js';
export { OAuthAttemptRepository } from './connections/oauth-attempt.repository.js';
export { RevocationRepository, type MayTell, type Revocation } from './connections/revocation.repository.js';
export type { Credentials } from './connections/sealed-credentials.js';
export { Disconnect } from './connections/disconnect.js';
export { SuspendTenant } from './tenants/suspend-tenant.js';
export { TenantRepository } from './tenants/tenant.repository.js';
export { TenantsModule } from './tenants.module.js';
export { ReEncrypt } from './vault/re-encrypt.js';
export { Vault, VaultError } from './vault/vault.js';
export { ChangeWriteback } from './writeback/change-writeback.js';
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
export { RemoveExpired } from './retain/remove-expired.js';
export { TENANTS_MIGRATIONS } from './migrations/index.js';
