import {
  CONTACT_EVENTS,
  type ContactEvents,
  CRM_DESK,
  CRM_DIRECTORY,
  CRM_TIMELINE,
  type CrmDesk,
  type CrmDirectory,
  type CrmTimeline,
} from '@app/crm';
import { CLOCK, type Clock, type Config, Database, LOGGER, type Logger, METRICS, type Metrics } from '@app/platform';
import {
  AuditLog,
  ConnectionRepository,
  TenantEvents,
  TenantRepository,
  WritebackSettingsRepository,
} from '@app/tenants';
import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { AddMessages } from './conversations/add-messages.js';
import { CloseConversation } from './conversations/close-conversation.js';
import { ConversationRepository } from './conversations/conversation.repository.js';
import { ReadConversations } from './conversations/read-conversations.js';
import { RecordConversations } from './conversations/record-conversations.js';
import { RecordTogether } from './conversations/record-together.js';
import { BullWakeUps, DELIVERIES_QUEUE } from './deliver/bull-wake-ups.adapter.js';
import { DeliverGroup } from './deliver/deliver-group.js';
import { DeliverPending } from './deliver/deliver-pending.js';
import { DeliveryMetrics, watchQueue } from './deliver/delivery-metrics.js';
import { DeliveryRepository } from './deliver/delivery.repository.js';
import { DrainLedger } from './deliver/drain-ledger.js';
import { MatchDeliveries } from './deliver/match-deliveries.js';
import { PortalRules } from './deliver/portal-rules.js';
import { PreparePool } from './deliver/prepare-pool.js';
import { ReadDeliveries } from './deliver/read-deliveries.js';
import { RecogniseWritten } from './deliver/recognise-written.js';
import { ReplayDeliveries } from './deliver/replay-deliveries.js';
import { ReplayDelivery } from './deliver/replay-delivery.js';
import { Room } from './deliver/room.js';
import { SweepDue } from './deliver/sweep-due.js';
import { WAKE_UPS, type WakeUps } from './deliver/wake-ups.port.js';
import { WriteTranscripts } from './deliver/write-transcripts.js';
import { AnnounceContacts } from './desk/announce-contacts.js';
import { ReadDesk } from './desk/read-desk.js';
import { Reply } from './desk/reply.js';
import { SearchContacts } from './desk/search-contacts.js';
import { ShowContact } from './desk/show-contact.js';
import { ContactClaimRepository } from './match/contact-claim.repository.js';
import { ContactLinkRepository } from './match/contact-link.repository.js';
import { EraseContacts } from './match/erase-contacts.js';
import { FollowContacts } from './match/follow-contacts.js';
import { Matcher } from './match/matcher.js';
import { RemoveOldConversations } from './retain/remove-old-conversations.js';
import { MakeSummaries } from './summarise/make-summaries.js';
import { ModelSummariser } from './summarise/model-summariser.js';

const wakeUps: Provider = {
  provide: WAKE_UPS,
  inject: [getQueueToken(DELIVERIES_QUEUE), LOGGER],
  useFactory: (queue: Queue, logger: Logger): WakeUps => new BullWakeUps(queue, logger),
};

const repositories: Provider[] = [
  ConversationRepository,
  DeliveryRepository,
  { provide: DeliveryMetrics, inject: [METRICS], useFactory: (metrics: Metrics) => new DeliveryMetrics(metrics) },
];

/** Taking conversations in and reading the ledger: what an API needs. */
const recording: Provider[] = [
  {
    provide: RecordConversations,
    inject: [
      Database,
      ConversationRepository,
      DeliveryRepository,
      ConnectionRepository,
      WritebackSettingsRepository,
      WAKE_UPS,
      CLOCK,
      DeliveryMetrics,
    ],
    useFactory: (...parts: ConstructorParameters<typeof RecordConversations>) => new RecordConversations(...parts),
  },
  {
    provide: RecordTogether,
    inject: [RecordConversations],
    useFactory: (record: RecordConversations) => new RecordTogether(record),
  },
  {
    provide: CloseConversation,
    inject: [
      Database,
      ConversationRepository,
      DeliveryRepository,
      ConnectionRepository,
      WritebackSettingsRepository,
      WAKE_UPS,
      CLOCK,
      DeliveryMetrics,
    ],
    useFactory: (...parts: ConstructorParameters<typeof CloseConversation>) => new CloseConversation(...parts),
  },
  {
    provide: AddMessages,
    inject: [Database, ConversationRepository, CLOCK],
    useFactory: (...parts: ConstructorParameters<typeof AddMessages>) => new AddMessages(...parts),
  },
  {
    provide: ReadConversations,
    inject: [Database, ConversationRepository, DeliveryRepository],
    useFactory: (...parts: ConstructorParameters<typeof ReadConversations>) => new ReadConversations(...parts),
  },
  {
    provide: ReadDeliveries,
    inject: [Database, DeliveryRepository],
    useFactory: (...parts: ConstructorParameters<typeof ReadDeliveries>) => new ReadDeliveries(...parts),
  },
  {
    provide: ReplayDelivery,
    inject: [Database, DeliveryRepository, ConnectionRepository, WAKE_UPS, AuditLog],
    useFactory: (...parts: ConstructorParameters<typeof ReplayDelivery>) => new ReplayDelivery(...parts),
  },
  {
    provide: ReplayDeliveries,
    inject: [Database, DeliveryRepository, ConnectionRepository, WAKE_UPS, AuditLog],
    useFactory: (...parts: ConstructorParameters<typeof ReplayDeliveries>) => new ReplayDeliveries(...parts),
  },
];

/** What stands before an agent: open conversations, and the contact beside each. CRM_DIRECTORY and CRM_DESK are bound by the app. */
const desk: Provider[] = [
  {
    provide: ReadDesk,
    inject: [Database, ConversationRepository],
    useFactory: (...parts: ConstructorParameters<typeof ReadDesk>) => new ReadDesk(...parts),
  },
  {
    provide: Reply,
    inject: [Database, ConversationRepository, AddMessages],
    useFactory: (...parts: ConstructorParameters<typeof Reply>) => new Reply(...parts),
  },
  {
    provide: ShowContact,
    inject: [Database, CRM_DIRECTORY, CRM_DESK, CLOCK, TenantEvents],
    useFactory: (
      database: Database,
      directory: CrmDirectory,
      crmDesk: CrmDesk,
      clock: Clock,
      events: TenantEvents,
    ): ShowContact => {
      const links = new ContactLinkRepository(database);
      return keptFresh(events, new ShowContact(database, links, new Matcher(directory), crmDesk, clock));
    },
  },
  {
    provide: SearchContacts,
    inject: [ConnectionRepository, CRM_DESK, CLOCK, TenantEvents],
    useFactory: (connections: ConnectionRepository, crmDesk: CrmDesk, clock: Clock, events: TenantEvents) =>
      keptFresh(events, new SearchContacts(connections, crmDesk, clock)),
  },
];

function keptFresh<T extends ShowContact | SearchContacts>(events: TenantEvents, remembering: T): T {
  events.listenEverywhere({
    onEvent: (event) => remembering.hear(event),
    onGap: () => remembering.forgetAll(),
  });
  return remembering;
}

/**
 * UTF-16 units of the transcripts that a worker holds at once, for all its portals. Each takes up to about ten bytes on its
 * way (as stored, as HTML, as JSON, on the wire).
 */
const TRANSCRIPT_UNITS = 12_000_000;

interface WorkerOptions extends Pick<Config, 'unknownOutcomeSettleSeconds' | 'retentionDays' | 'summaryModel'> {
  /** Who else is told what happened to contacts in the CRM. */
  alsoFollowing?: (database: Database) => ContactEvents[];
}

/** Bringing them to the CRM: what a worker needs, with CRM_DIRECTORY and CRM_TIMELINE bound by the app. */
function delivering({
  unknownOutcomeSettleSeconds: settleSeconds,
  retentionDays,
  summaryModel,
  alsoFollowing,
}: WorkerOptions): Provider[] {
  return [
    {
      provide: DeliverPending,
      inject: [
        Database,
        ConversationRepository,
        ConnectionRepository,
        WritebackSettingsRepository,
        TenantRepository,
        CRM_DIRECTORY,
        CRM_TIMELINE,
        CLOCK,
        LOGGER,
        METRICS,
        DeliveryMetrics,
      ],
      useFactory: (
        database: Database,
        conversations: ConversationRepository,
        connections: ConnectionRepository,
        settings: WritebackSettingsRepository,
        tenants: TenantRepository,
        directory: CrmDirectory,
        timeline: CrmTimeline,
        clock: Clock,
        logger: Logger,
        metrics: Metrics,
        deliveryMetrics: DeliveryMetrics,
      ): DeliverPending => {
        watchQueue(metrics, database);
        const model = summaryModel && new ModelSummariser(summaryModel, clock);
        const summaries = new MakeSummaries(database, logger, model);
        const rules = new PortalRules(database, connections);
        const ledger = new DrainLedger(database, settleSeconds, rules, deliveryMetrics);
        const links = new ContactLinkRepository(database);
        const claims = new ContactClaimRepository(database);
        const match = new MatchDeliveries(ledger, links, claims, new Matcher(directory));
        const prepare = new PreparePool(ledger, links, new RecogniseWritten(directory, timeline), match);
        const write = new WriteTranscripts(database, conversations, ledger, timeline, logger, Math.random, summaries);
        const deliver = new DeliverGroup(ledger, links, directory, match, write);
        const room = new Room(TRANSCRIPT_UNITS);
        return new DeliverPending(
          database,
          connections,
          settings,
          tenants,
          ledger,
          rules,
          prepare,
          deliver,
          room,
          clock,
          logger,
        );
      },
    },
    {
      provide: SweepDue,
      inject: [Database, WAKE_UPS],
      useFactory: (database: Database, wake: WakeUps) => new SweepDue(database, wake),
    },
    {
      provide: RemoveOldConversations,
      inject: [Database, CLOCK],
      useFactory: (database: Database, clock: Clock) => new RemoveOldConversations(database, clock, retentionDays),
    },
    {
      provide: CONTACT_EVENTS,
      inject: [Database],
      useFactory: (database: Database) =>
        new AnnounceContacts(
          [
            new FollowContacts(new ContactLinkRepository(database), new EraseContacts(database)),
            ...(alsoFollowing?.(database) ?? []),
          ],
          database,
        ),
    },
  ];
}

@Module({})
export class TranscriptsModule {
  /** For the API: records and reads; of the CRM it only asks who a contact is. */
  static forApi(): DynamicModule {
    return assemble([...recording, ...desk]);
  }

  /** For the worker: delivers. */
  static forWorker(config: WorkerOptions): DynamicModule {
    return assemble(delivering(config));
  }
}

function assemble(providers: readonly Provider[]): DynamicModule {
  const all = [...repositories, wakeUps, ...providers];
  return {
    module: TranscriptsModule,
    imports: [BullModule.registerQueue({ name: DELIVERIES_QUEUE })],
    providers: all,
    exports: [...all.map((provider) => ('provide' in provider ? provider.provide : provider)), BullModule],
  };
}
