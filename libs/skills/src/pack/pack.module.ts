import { CLOCK, Database, LOGGER } from '@app/platform';
import { AuditLog, ConnectionRepository } from '@app/tenants';
import { Module, type Provider } from '@nestjs/common';
import { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { BindingRepository } from '../bindings/binding.repository.js';
import { BindingsModule, make } from '../bindings/bindings.module.js';
import { KnownSchema } from '../bindings/known-schema.js';
import { RecheckBindings } from '../bindings/recheck-bindings.js';
import { FreshSchema } from '../schema/fresh-schema.js';
import { SCHEMA_SNAPSHOTS } from '../schema/schema-snapshot.js';
import { ChangePackLandings } from './change-pack-landings.js';
import { InstallDuePacks } from './install-due-packs.js';
import { InstallPack } from './install-pack.js';
import { PackLandingRepository } from './pack-landing.repository.js';
import { PackRequestRepository } from './pack-request.repository.js';
import { ReadPack } from './read-pack.js';

const providers: Provider[] = [
  { provide: PackLandingRepository, useFactory: () => new PackLandingRepository() },
  make(ReadPack, [Database, ConnectionRepository, SCHEMA_SNAPSHOTS, PackLandingRepository]),
  make(ChangePackLandings, [
    Database,
    BindingRepository,
    PackLandingRepository,
    KnownSchema,
    RecheckBindings,
    AuditLog,
    CLOCK,
  ]),
  make(InstallPack, [
    Database,
    AiAgentRepository,
    BindingRepository,
    PackLandingRepository,
    FreshSchema,
    RecheckBindings,
    AuditLog,
    CLOCK,
  ]),
  make(InstallDuePacks, [
    Database,
    PackRequestRepository,
    ConnectionRepository,
    AiAgentRepository,
    FreshSchema,
    InstallPack,
    LOGGER,
  ]),
];

/** The Connector Pack: what it holds, and installing it. */
@Module({ imports: [BindingsModule], providers, exports: providers })
export class PackModule {}
