import type { WebhookEvent } from './parse-events.js';
import type { WebhookInbox } from './webhook-inbox.js';
import type { WebhookWakeUps } from './webhook-wake-ups.js';

export interface StoredEvents {
  /** New ones, durable by now. */
  stored: number;
  /** Known already, by whichever way they came. */
  repeated: number;
  /** Of portals that no tenant has. */
  unknown: number;
}

/** Puts events into the inboxes of the tenants they concern, and wakes whoever works them off. */
export class StoreEvents {
  constructor(
    private readonly inbox: WebhookInbox,
    private readonly wakeUps: WebhookWakeUps,
  ) {}

  async execute(events: readonly WebhookEvent[]): Promise<StoredEvents> {
    if (events.length === 0) return { stored: 0, repeated: 0, unknown: 0 };
    const tenants = await this.inbox.findTenants([...new Set(events.map(({ portalId }) => portalId))]);
    const known = events.filter(({ portalId }) => tenants.has(portalId));
    let stored = 0;
    for (const [tenantId, ofTenant] of Map.groupBy(known, ({ portalId }) => tenants.get(portalId) ?? '')) {
      const added = await this.inbox.store(tenantId, ofTenant);
      if (added > 0) this.wakeUps.wake(tenantId);
      stored += added;
    }
    return { stored, repeated: known.length - stored, unknown: events.length - known.length };
  }
}
