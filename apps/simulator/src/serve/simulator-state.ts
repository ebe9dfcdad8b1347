import { SimulatorClock } from '../clock/simulator-clock.js';
import { Statistics } from '../control/statistics.js';
import { FaultRules } from '../faults/fault-rules.js';
import { noJournal, type Journal } from '../journal/journal.js';
import type { WriteEntry } from '../journal/journal-entries.js';
import { RateLimiter } from '../limits/rate-limiter.js';
import { OAuthState } from '../oauth/oauth-state.js';
import { Portals } from '../portal/portals.js';
import { JournalFeed, UNINSTALLED } from '../webhooks-journal/journal-feed.js';
import { WebhookSender } from '../webhooks/webhook-sender.js';
import { WebhookSubscriptions } from '../webhooks/webhook-subscriptions.js';

/** Everything the simulator knows, in one place, for the routes to work on. */
export class SimulatorState {
  readonly clock = new SimulatorClock();
  readonly limiter = new RateLimiter();
  readonly faults = new FaultRules();
  readonly statistics = new Statistics();
  readonly portals: Portals;
  readonly oauth: OAuthState;
  readonly webhooks: WebhookSubscriptions;
  readonly webhookSender: WebhookSender;
  readonly journalFeed = new JournalFeed(this.clock);
  private keptIn: Journal = noJournal;

  constructor() {
    const write: WriteEntry = (entry) => this.keptIn.append(entry);
    this.oauth = new OAuthState(write, (appId, hubId) => this.journalFeed.raiseLifecycle(appId, hubId, UNINSTALLED));
    this.webhooks = new WebhookSubscriptions(write);
    this.webhookSender = new WebhookSender({
      clock: this.clock,
      oauth: this.oauth,
      settingsOf: (appId) => this.webhooks.find(appId),
      objectTypeId: (hubId, typeKey) => this.portals.find(hubId)?.schema.names(typeKey).objectTypeId,
    });
    this.portals = new Portals(this.clock, write, (hubId, event) => {
      this.webhookSender.raise(hubId, event);
      const { objectTypeId } = this.portals.find(hubId)?.schema.names(event.typeKey) ?? {};
      if (objectTypeId !== undefined) this.journalFeed.raiseRecord(hubId, objectTypeId, event);
    });
  }

  get journal(): Journal {
    return this.keptIn;
  }

  /** From here on changes are kept; what was replayed before isn't written again. */
  keepIn(journal: Journal): void {
    this.keptIn = journal;
  }
}
