import { CRM_RECORDS, type CrmRecords } from '@app/crm';
import { CLOCK, type Clock, Database, LOGGER, type Logger } from '@app/platform';
import { AuditLog, ConnectionRepository, WritebackSettingsRepository } from '@app/tenants';
import { type DynamicModule, Module } from '@nestjs/common';
import { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { BindingRepository } from '../bindings/binding.repository.js';
import { BindingsModule, make } from '../bindings/bindings.module.js';
import { KnownSchema } from '../bindings/known-schema.js';
import { SCHEMA_SNAPSHOTS, type SchemaSnapshots } from '../schema/schema-snapshot.js';
import { VerifiedCallerRepository } from '../verify/verified-caller.repository.js';
import type { ContactsInMaking } from './contacts-in-making.js';
import { FindBySkill } from './find-by-skill.js';
import { GuardUpdates } from './guard-updates.js';
import { LearnOutcome } from './learn-outcome.js';
import { Leases } from './leases.js';
import { LookForMade } from './look-for-made.js';
import { MakeContactAlone } from './make-contact-alone.js';
import { PerformWrite } from './perform-write.js';
import { ReadRuns } from './read-runs.js';
import { RunLog, type Scrub } from './run-log.js';
import { RunSkill } from './run-skill.js';
import { SkillWriteRepository } from './skill-write.repository.js';
import { TrySkill } from './try-skill.js';
import { WriteBySkill } from './write-by-skill.js';

/** Somebody is on the line: after three seconds of silence they think it is dead. */
const WITHIN_MS = 3_000;

export interface RunModuleOptions {
  /** How late the CRM may commit a write whose answer never came. */
  settleSeconds: number;
  /** How long the CRM may take over one call. */
  callSeconds: number;
  /** For what is kept of arguments. */
  scrub: Scrub;
  contactsInMaking: (database: Database) => ContactsInMaking;
}

/** Running skills. Needs CRM_RECORDS from whoever speaks to the CRM, LOGGER, and what `BindingsModule` and `TenantsModule` provide. */
@Module({})
export class RunModule {
  static with({ settleSeconds, callSeconds, scrub, contactsInMaking }: RunModuleOptions): DynamicModule {
    return {
      module: RunModule,
      imports: [BindingsModule],
      providers: [
        {
          provide: WriteBySkill,
          inject: [Database, VerifiedCallerRepository, CRM_RECORDS, AuditLog, CLOCK, LOGGER],
          useFactory: (
            database: Database,
            callers: VerifiedCallerRepository,
            records: CrmRecords,
            audit: AuditLog,
            clock: Clock,
            logger: Logger,
          ) => {
            const leases = new Leases(database, clock, callSeconds);
            const writes = new SkillWriteRepository(database, clock, { settle: settleSeconds, call: callSeconds });
            return new WriteBySkill(
              database,
              writes,
              leases,
              new GuardUpdates(database, callers, records, clock),
              new LearnOutcome(leases, new LookForMade(records, writes), clock, WITHIN_MS),
              new PerformWrite(records, new MakeContactAlone(contactsInMaking(database), logger)),
              audit,
              clock,
              logger,
              { withinMs: WITHIN_MS, settleSeconds },
            );
          },
        },
        {
          provide: RunSkill,
          inject: [
            Database,
            AiAgentRepository,
            BindingRepository,
            ConnectionRepository,
            WritebackSettingsRepository,
            SCHEMA_SNAPSHOTS,
            CRM_RECORDS,
            WriteBySkill,
            CLOCK,
            LOGGER,
          ],
          useFactory: (
            database: Database,
            agents: AiAgentRepository,
            bindings: BindingRepository,
            connections: ConnectionRepository,
            settings: WritebackSettingsRepository,
            snapshots: SchemaSnapshots,
            records: CrmRecords,
            write: WriteBySkill,
            clock: Clock,
            logger: Logger,
          ) =>
            new RunSkill(
              database,
              agents,
              bindings,
              connections,
              settings,
              snapshots,
              new FindBySkill(records, contactsInMaking(database), WITHIN_MS),
              write,
              new RunLog(database, clock, scrub, logger),
              clock,
            ),
        },
        make(TrySkill, [
          Database,
          AiAgentRepository,
          BindingRepository,
          KnownSchema,
          WritebackSettingsRepository,
          RunSkill,
        ]),
        make(ReadRuns, [Database, AiAgentRepository]),
      ],
      exports: [RunSkill, TrySkill, ReadRuns],
    };
  }
}
