import type { WebhookInbox } from './webhook-inbox.js';
import type { WebhookWakeUps } from './webhook-wake-ups.js';

/** Wakes every tenant whose inbox has something due: makes up for lost wake-ups, and brings back what was postponed. */
export class SweepWebhooks {
  constructor(
    private readonly inbox: WebhookInbox,
    private readonly wakeUps: WebhookWakeUps,
  ) {}

  /** @returns how many tenants were woken. */
  async execute(): Promise<number> {
    const tenantIds = await this.inbox.findTenantsWithDue();
    for (const tenantId of tenantIds) this.wakeUps.wakeAnew(tenantId);
    return tenantIds.length;
  }
}
