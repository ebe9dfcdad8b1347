import { CONTACT_EVENTS, type ContactEvents } from '@app/crm';
import { CLOCK, type Clock, type Config, Database, LOGGER, type Logger } from '@app/platform';
import { ConnectionRepository } from '@app/tenants';
import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { type DynamicModule, Module, type ModuleMetadata, type Provider } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { HandleWebhooks } from './handle-webhooks.js';
import { ReceiveWebhook } from './receive-webhook.js';
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
        inject: [WebhookInbox, WebhookWakeUps, CLOCK, LOGGER],
        useFactory: (events: WebhookInbox, wakeUps: WebhookWakeUps, clock: Clock, logger: Logger) =>
          new ReceiveWebhook(options, events, wakeUps, clock, logger),
      },
    ]);
  }

  /** Works them off; `imports` bind CONTACT_EVENTS, who wants to know what happened to contacts. */
  static forWorker({ imports }: Required<Pick<ModuleMetadata, 'imports'>>): DynamicModule {
    return assemble(
      [
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

function assemble(providers: Provider[], imports: ModuleMetadata['imports'] = []): DynamicModule {
  const all = [...inbox, ...providers];
  return {
    module: HubSpotWebhooksModule,
    imports: [...imports, BullModule.registerQueue({ name: WEBHOOKS_QUEUE })],
    providers: all,
    exports: [...all.map((provider) => ('provide' in provider ? provider.provide : provider)), BullModule],
  };
}
