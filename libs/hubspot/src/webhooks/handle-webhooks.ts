import type { ContactEvent, ContactEvents } from '@app/crm';
import type { Logger } from '@app/platform';
import type { ConnectionRepository } from '@app/tenants';
import { kindOf } from './event-kind.js';
import { settleMerge } from './settle-merge.js';
import type { StoredEvent, WebhookInbox } from './webhook-inbox.js';

export interface HandleWebhooksCommand {
  tenantId: string;
}

/** So many events at a time. */
const BATCH_SIZE = 500;

/**
 * Works a tenant's inbox off. Every step may be done twice, so two workers at it at once do no harm; an event is concluded
 * only after everything that follows from it is in the database.
 */
export class HandleWebhooks {
  constructor(
    private readonly inbox: WebhookInbox,
    private readonly contacts: ContactEvents,
    private readonly connections: Pick<ConnectionRepository, 'endByHubSpot'>,
    private readonly logger: Logger,
  ) {}

  /** @returns whether there may be more at once: wake the tenant again. */
  async execute({ tenantId }: HandleWebhooksCommand): Promise<{ handled: number; more: boolean }> {
    const events = await this.inbox.findDue(tenantId, BATCH_SIZE);
    if (events.length === 0) return { handled: 0, more: false };
    const ids = events.map(({ id }) => id);
    try {
      for (const [portalId, ofPortal] of Map.groupBy(events, (event) => event.portalId)) {
        await this.handlePortal(tenantId, portalId, ofPortal);
      }
    } catch (error) {
      this.logger.error({ err: error, tenantId }, 'webhook events could not be handled; they are tried again');
      await this.inbox.postpone(tenantId, ids);
      return { handled: 0, more: false };
    }
    await this.inbox.markHandled(tenantId, ids);
    return { handled: ids.length, more: ids.length === BATCH_SIZE };
  }

  private async handlePortal(tenantId: string, portalId: string, events: readonly StoredEvent[]): Promise<void> {
    const contactEvents: ContactEvent[] = [];
    for (const event of events) contactEvents.push(...(await this.readContactEvent(tenantId, event)));
    if (contactEvents.length > 0) await this.contacts.handle(tenantId, portalId, contactEvents);
    const uninstalled = events.findLast((event) => kindOf(event) === 'uninstalled');
    if (uninstalled === undefined) return;
    await this.connections.endByHubSpot(tenantId, { by: 'uninstall_event', portalId, at: uninstalled.occurredAt });
  }

  private async readContactEvent(tenantId: string, event: StoredEvent): Promise<ContactEvent[]> {
    const { objectId, portalId } = event;
    const kind = kindOf(event);
    if (kind === 'merged') return settleMerge(event, (ids) => this.inbox.findHistory(tenantId, portalId, ids));
    if (objectId === undefined || kind === 'other' || kind === 'uninstalled') return [];
    return [{ kind, contactId: objectId }];
  }
}
