import type { WriteEntry } from '../journal/journal-entries.js';
import type { WebhookSettings } from './webhook-types.js';

/** Where each app gets its events, kept like everything else. */
export class WebhookSubscriptions {
  private readonly byApp = new Map<number, WebhookSettings>();

  constructor(private readonly write: WriteEntry) {}

  put(settings: WebhookSettings): void {
    this.byApp.set(settings.appId, settings);
    this.write({ k: 'webhooks', settings });
  }

  find(appId: number): WebhookSettings | undefined {
    return this.byApp.get(appId);
  }

  all(): Iterable<WebhookSettings> {
    return this.byApp.values();
  }

  remove(appId: number): boolean {
    const removed = this.byApp.delete(appId);
    if (removed) this.write({ k: 'webhooks-gone', appId });
    return removed;
  }
}
