import { CLOCK, type Clock, type Config, Database } from '@app/platform';
import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { Allowances } from './allowances/allowances.js';
import { AdmitApiKey } from './api-keys/admit-api-key.js';
import { ApiKeyRepository } from './api-keys/api-key.repository.js';
import { CreateApiKey } from './api-keys/create-api-key.js';
import { ReadApiKeys } from './api-keys/read-api-keys.js';
import { RevokeApiKey } from './api-keys/revoke-api-key.js';
import { AuditLog } from './audit/audit-log.js';
import { ReadAudit } from './audit/read-audit.js';
import { EnsureTenant } from './bootstrap/ensure-tenant.js';
import { ConnectionRepository } from './connections/connection.repository.js';
import { Disconnect } from './connections/disconnect.js';
import { OAuthAttemptRepository } from './connections/oauth-attempt.repository.js';
import { RevocationRepository } from './connections/revocation.repository.js';
import { ChangeOptions } from './options/change-options.js';
import { OptionsRepository } from './options/options.repository.js';
import { ChangeUser } from './people/change-user.js';
import { CreateUser } from './people/create-user.js';
import { ReadUsers } from './people/read-users.js';
import { UserRepository } from './people/user.repository.js';
import { RemoveExpired } from './retain/remove-expired.js';
import { IdempotentRequests } from './retries/idempotent-requests.js';
import { AuthenticateSession } from './sessions/authenticate-session.js';
import { CheckSession } from './sessions/check-session.js';
import { SessionRepository } from './sessions/session.repository.js';
import { SignIn } from './sessions/sign-in.js';
import { SignOut } from './sessions/sign-out.js';
import { Vault } from './vault/vault.js';
import { TenantRepository } from './tenants/tenant.repository.js';
import { ChangeWriteback } from './writeback/change-writeback.js';
import { DisableSyncing } from './writeback/disable-syncing.js';
import { EnableSyncing } from './writeback/enable-syncing.js';
import { WritebackSettingsRepository } from './writeback/writeback-settings.repository.js';

/** Who may come in, and what they did. */
const people: FactoryProvider[] = [
  { provide: UserRepository, useFactory: () => new UserRepository() },
  { provide: ApiKeyRepository, useFactory: () => new ApiKeyRepository() },
  make(Allowances, [Database, CLOCK]),
  make(AdmitApiKey, [Database, Allowances, CLOCK]),
  make(AuditLog, [Database, CLOCK]),
  make(ReadAudit, [Database]),
  make(SessionRepository, [CLOCK]),
  make(AuthenticateSession, [Database, CLOCK]),
  make(CheckSession, [Database, CLOCK]),
  make(SignIn, [Database, Allowances, SessionRepository, AuthenticateSession, AuditLog]),
  make(SignOut, [Database, SessionRepository, AuditLog]),
  make(CreateUser, [Database, UserRepository, AuditLog]),
  make(ChangeUser, [Database, UserRepository, SessionRepository, AuditLog, CLOCK]),
  make(ReadUsers, [Database, UserRepository]),
  make(CreateApiKey, [Database, ApiKeyRepository, AuditLog]),
  make(RevokeApiKey, [Database, ApiKeyRepository, AuditLog, CLOCK]),
  make(ReadApiKeys, [Database, ApiKeyRepository]),
];

/** The constructor's parameters, by their tokens and in their order. */
function make<P extends unknown[]>(
  type: new (...parts: P) => unknown,
  inject: { [K in keyof P]: Token },
): FactoryProvider {
  return { provide: type, inject, useFactory: (...parts: unknown[]) => new type(...(parts as P)) };
}

type Token = NonNullable<FactoryProvider['inject']>[number];

@Module({})
export class TenantsModule {
  static forRoot(config: Pick<Config, 'encryptionKeys'>): DynamicModule {
    const providers = [
      ...people,
      { provide: Vault, useValue: new Vault(config.encryptionKeys) },
      {
        provide: TenantRepository,
        inject: [Database],
        useFactory: (database: Database) => new TenantRepository(database),
      },
      { provide: EnsureTenant, inject: [Database], useFactory: (database: Database) => new EnsureTenant(database) },
      {
        provide: ConnectionRepository,
        inject: [Database, Vault, CLOCK, AuditLog],
        useFactory: (database: Database, vault: Vault, clock: Clock, audit: AuditLog) =>
          new ConnectionRepository(database, vault, clock, audit),
      },
      {
        provide: WritebackSettingsRepository,
        inject: [Database, CLOCK],
        useFactory: (database: Database, clock: Clock) => new WritebackSettingsRepository(database, clock),
      },
      make(EnableSyncing, [Database, ConnectionRepository, WritebackSettingsRepository, AuditLog]),
      make(IdempotentRequests, [Database, Vault, CLOCK]),
      {
        provide: RemoveExpired,
        inject: [Database, CLOCK],
        useFactory: (database: Database, clock: Clock) => new RemoveExpired(database, clock),
      },
      make(ChangeWriteback, [Database, WritebackSettingsRepository, AuditLog]),
      make(OptionsRepository, [Database, CLOCK]),
      make(ChangeOptions, [Database, OptionsRepository, AuditLog]),
      make(OAuthAttemptRepository, [Database, CLOCK]),
      make(RevocationRepository, [Database, Vault]),
      make(Disconnect, [Database, ConnectionRepository, RevocationRepository, AuditLog]),
      make(DisableSyncing, [
        Database,
        ConnectionRepository,
        WritebackSettingsRepository,
        RevocationRepository,
        AuditLog,
        OptionsRepository,
      ]),
    ];
    return { module: TenantsModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}
