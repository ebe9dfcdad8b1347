import { CLOCK, type Clock, type Config, Database } from '@app/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { AuthenticateApiKey } from './api-keys/authenticate-api-key.js';
import { EnsureTenant } from './bootstrap/ensure-tenant.js';
import { ConnectionRepository } from './connections/connection.repository.js';
import { Disconnect } from './connections/disconnect.js';
import { OAuthAttemptRepository } from './connections/oauth-attempt.repository.js';
import { RevocationRepository } from './connections/revocation.repository.js';
import { Vault } from './vault/vault.js';
import { TenantRepository } from './tenants/tenant.repository.js';
import { DisableSyncing } from './writeback/disable-syncing.js';
import { EnableSyncing } from './writeback/enable-syncing.js';
import { WritebackSettingsRepository } from './writeback/writeback-settings.repository.js';

@Module({})
export class TenantsModule {
  static forRoot(config: Pick<Config, 'encryptionKeys'>): DynamicModule {
    const providers = [
      { provide: Vault, useValue: new Vault(config.encryptionKeys) },
      {
        provide: AuthenticateApiKey,
        inject: [Database, CLOCK],
        useFactory: (database: Database, clock: Clock) => new AuthenticateApiKey(database, clock),
      },
      {
        provide: TenantRepository,
        inject: [Database],
        useFactory: (database: Database) => new TenantRepository(database),
      },
      { provide: EnsureTenant, inject: [Database], useFactory: (database: Database) => new EnsureTenant(database) },
      {
        provide: ConnectionRepository,
        inject: [Database, Vault, CLOCK],
        useFactory: (database: Database, vault: Vault, clock: Clock) =>
          new ConnectionRepository(database, vault, clock),
      },
      {
        provide: WritebackSettingsRepository,
        inject: [Database, CLOCK],
        useFactory: (database: Database, clock: Clock) => new WritebackSettingsRepository(database, clock),
      },
      {
        provide: EnableSyncing,
        inject: [Database, ConnectionRepository, WritebackSettingsRepository],
        useFactory: (database: Database, connections: ConnectionRepository, settings: WritebackSettingsRepository) =>
          new EnableSyncing(database, connections, settings),
      },
      {
        provide: OAuthAttemptRepository,
        inject: [Database, CLOCK],
        useFactory: (database: Database, clock: Clock) => new OAuthAttemptRepository(database, clock),
      },
      {
        provide: RevocationRepository,
        inject: [Database, Vault],
        useFactory: (database: Database, vault: Vault) => new RevocationRepository(database, vault),
      },
      {
        provide: Disconnect,
        inject: [Database, ConnectionRepository, RevocationRepository],
        useFactory: (...parts: ConstructorParameters<typeof Disconnect>) => new Disconnect(...parts),
      },
      {
        provide: DisableSyncing,
        inject: [Database, ConnectionRepository, WritebackSettingsRepository, RevocationRepository],
        useFactory: (...parts: ConstructorParameters<typeof DisableSyncing>) => new DisableSyncing(...parts),
      },
    ];
    return { module: TenantsModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}
