import { CONTACT_EVENTS, type ContactEvents } from '@app/crm';
import { CLOCK, type Clock, type Config, Database, LOGGER, type Logger } from '@app/platform';
import { ConnectionRepository } from '@app/tenants';
import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { type DynamicModule, Module, type ModuleMetadata, type Provider } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { HandleWebhooks } from './handle-webhooks.js';
import { ApiPaths, JOURNAL_VERSION } from '../client/api-paths.js';
import { HubSpotTransport } from '../client/hubspot-transport.js';
import { Stopping } from '../client/stopping.js';
import { AppTokens } from '../journal/app-tokens.js';
import { JournalApi } from '../journal/journal-api.js';
import { JournalPositionRepository } from '../journal/journal-position.repository.js';
import { PollJournal } from '../journal/poll-journal.js';
import { TokenEndpoint } from '../oauth/token-endpoint.js';
import { ReceiveWebhook } from './receive-webhook.js';
import { StoreEvents } from './store-events.js';
import { SweepWebhooks } from './sweep-webhooks.js';
import { WebhookInbox } from './webhook-inbox.js';
import { WebhookWakeUps, WEBHOOKS_QUEUE } from './webhook-wake-ups.js';

const inbox: Provider[] = [
  { provide: WebhookInbox, inject: [Database], useFactory: (database: Database) => new WebhookInbox(database) },
  {
    provide: WebhookWakeUps,
    inject: [getQueueToken(WEBHOOKS_QUEUE), LOGGER],
    useFactory: (queue: Queue, logger: Logger) => new WebhookWakeUps(queue, logger),
  },
  {
    provide: StoreEvents,
    inject: [WebhookInbox, WebhookWakeUps],
    useFactory: (events: WebhookInbox, wakeUps: WebhookWakeUps) => new StoreEvents(events, wakeUps),
  },
];

/** HubSpot's webhooks, from the wire to what follows from them. */
@Module({})
export class HubSpotWebhooksModule {
  /** Takes them in. */
  static forApi({ publicUrl, hubspot }: Pick<Config, 'publicUrl' | 'hubspot'>): DynamicModule {
    const options = { publicUrl, clientSecret: hubspot.clientSecret };
    return assemble([
      {
        provide: ReceiveWebhook,
        inject: [StoreEvents, CLOCK, LOGGER],
        useFactory: (events: StoreEvents, clock: Clock, logger: Logger) =>
          new ReceiveWebhook(options, events, clock, logger),
      },
    ]);
  }

  /** Works them off; `imports` bind CONTACT_EVENTS, who wants to know what happened to contacts. */
  static forWorker(
    { hubspot }: Pick<Config, 'hubspot'>,
    { imports }: Required<Pick<ModuleMetadata, 'imports'>>,
  ): DynamicModule {
    return assemble(
      [
        ...journalOf(hubspot),
        {
          provide: HandleWebhooks,
          inject: [WebhookInbox, CONTACT_EVENTS, ConnectionRepository, LOGGER],
          useFactory: (
            events: WebhookInbox,
            contacts: ContactEvents,
            connections: ConnectionRepository,
            logger: Logger,
          ) => new HandleWebhooks(events, contacts, connections, logger),
        },
        {
          provide: SweepWebhooks,
          inject: [WebhookInbox, WebhookWakeUps],
          useFactory: (events: WebhookInbox, wakeUps: WebhookWakeUps) => new SweepWebhooks(events, wakeUps),
        },
      ],
      imports,
    );
  }
}

/** PollJournal, where the journal is on. */
function journalOf({ journal, apiUrl, apiVersion, clientId, clientSecret }: Config['hubspot']): Provider[] {
  if (!journal || clientId === undefined || clientSecret === undefined) return [];
  const paths = new ApiPaths(apiVersion, {
    journal: JOURNAL_VERSION,
    'journal-subscriptions': JOURNAL_VERSION,
    // The present version's specification lists no client credentials.
    oauth: JOURNAL_VERSION,
  });
  return [
    {
      provide: PollJournal,
      inject: [StoreEvents, Database, CLOCK, LOGGER, Stopping],
      useFactory: (events: StoreEvents, database: Database, clock: Clock, logger: Logger, stopping: Stopping) => {
        const endpoint = new TokenEndpoint(apiUrl, paths, { clientId, clientSecret }, stopping);
        const transport = new HubSpotTransport(apiUrl, undefined, stopping);
        const tokens = new AppTokens(endpoint, clock);
        const api = new JournalApi(apiUrl, transport, tokens, paths, clock, logger, stopping);
        return new PollJournal(clientId, api, new JournalPositionRepository(database), events, database, clock, logger);
      },
    },
  ];
}

function assemble(providers: Provider[], imports: ModuleMetadata['imports'] = []): DynamicModule {
  const all = [...inbox, ...providers];
  return {
    module: HubSpotWebhooksModule,
    imports: [...imports, BullModule.registerQueue({ name: WEBHOOKS_QUEUE })],
    providers: all,
    exports: [...all.map((provider) => ('provide' in provider ? provider.provide : provider)), BullModule],
  };
}
