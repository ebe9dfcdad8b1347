import type { SimulatorClock } from '../clock/simulator-clock.js';
import type { OAuthState } from '../oauth/oauth-state.js';
import { isSubscribed } from './match-subscription.js';
import { presentEvent } from './present-event.js';
import { signCall } from './sign-call.js';
import type { RecordEvent, SentCall, WebhookSettings, WireEvent } from './webhook-types.js';

/** HubSpot's most events in one call. */
const MOST_EVENTS = 100;

/** As many calls are remembered for `GET /_control/webhooks/calls`. */
const REMEMBERED_CALLS = 1_000;

/** Events of one app on their way. */
interface Outbox {
  readonly waiting: WireEvent[];
  readonly calls: OutgoingCall[];
  underWay: number;
  gathering: boolean;
}

interface OutgoingCall {
  readonly events: readonly WireEvent[];
  readonly attemptNumber: number;
}

/** What the sender needs to know of the rest. */
export interface SenderSurroundings {
  readonly clock: SimulatorClock;
  readonly oauth: OAuthState;
  readonly settingsOf: (appId: number) => WebhookSettings | undefined;
  readonly objectTypeId: (hubId: number, typeKey: string) => string | undefined;
}

/**
 * Sends what happens in portals to the apps installed in them: gathered into calls of up to a hundred events of any portals,
 * signed, retried. Timers follow the machine's clock, times within events the simulator's. What hasn't been sent is gone with
 * the process.
 */
export class WebhookSender {
  private readonly outboxes = new Map<number, Outbox>();
  private readonly sent: SentCall[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly stopping = new AbortController();
  private nextEventId = 1;
  private isRunning = false;

  constructor(private readonly around: SenderSurroundings) {}

  /** Before it, while kept state is read back, nothing counts as having happened. */
  start(): void {
    this.isRunning = true;
  }

  stop(): void {
    this.isRunning = false;
    this.stopping.abort();
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  /** Forgets what waits and what was sent. */
  reset(): void {
    this.outboxes.clear();
    this.sent.length = 0;
  }

  calls(): readonly SentCall[] {
    return this.sent;
  }

  /** Events of an app that have not left. */
  waiting(appId: number): number {
    const outbox = this.outboxes.get(appId);
    if (!outbox) return 0;
    return outbox.waiting.length + outbox.calls.reduce((sum, { events }) => sum + events.length, 0);
  }

  /** Something happened to a record: whoever subscribed to it, and is installed there, will hear of it. */
  raise(hubId: number, event: RecordEvent): void {
    if (!this.isRunning) return;
    for (const { appId, hubId: installedIn } of this.around.oauth.allInstallations()) {
      if (installedIn !== hubId) continue;
      for (const subscription of this.around.settingsOf(appId)?.subscriptions ?? []) {
        if (!isSubscribed(subscription, event)) continue;
        const objectTypeId = this.around.objectTypeId(hubId, event.typeKey);
        const now = this.around.clock.now();
        this.put(
          appId,
          presentEvent(event, { eventId: this.nextEventId++, hubId, appId, subscription, objectTypeId, now }),
        );
      }
    }
  }

  /** Any event whatever, as a control call gives it; `eventId`, `appId` and `occurredAt` are added where they are missing. */
  put(appId: number, event: WireEvent): void {
    const outbox = this.outboxOf(appId);
    outbox.waiting.push({ eventId: this.nextEventId++, appId, occurredAt: this.around.clock.now(), ...event });
    this.gather(appId, outbox);
  }

  /** After the settings changed: what was held may leave. */
  resume(appId: number): void {
    const outbox = this.outboxes.get(appId);
    if (outbox) this.gather(appId, outbox);
  }

  private outboxOf(appId: number): Outbox {
    let outbox = this.outboxes.get(appId);
    if (!outbox) {
      outbox = { waiting: [], calls: [], underWay: 0, gathering: false };
      this.outboxes.set(appId, outbox);
    }
    return outbox;
  }

  private gather(appId: number, outbox: Outbox): void {
    const settings = this.around.settingsOf(appId);
    if (!settings || settings.held || outbox.gathering) return;
    outbox.gathering = true;
    this.after(settings.batchMs, () => {
      outbox.gathering = false;
      // Held again meanwhile, or changed in any other way.
      const current = this.around.settingsOf(appId);
      if (!current || current.held) return;
      const events = outbox.waiting.splice(0);
      const calls: OutgoingCall[] = [];
      while (events.length > 0) {
        const batch = events.splice(0, MOST_EVENTS);
        const call = { events: current.shuffled ? batch.toReversed() : batch, attemptNumber: 0 };
        calls.push(...Array.from({ length: 1 + current.duplicates }, () => call));
      }
      outbox.calls.push(...(current.shuffled ? calls.toReversed() : calls));
      this.pump(appId, outbox);
    });
  }

  private pump(appId: number, outbox: Outbox): void {
    const settings = this.around.settingsOf(appId);
    if (!settings || settings.held) return;
    while (outbox.underWay < settings.maxConcurrentRequests) {
      const call = outbox.calls.shift();
      if (!call) return;
      outbox.underWay++;
      void this.attempt(settings, outbox, call);
    }
  }

  private async attempt(settings: WebhookSettings, outbox: Outbox, call: OutgoingCall): Promise<void> {
    const { appId } = settings;
    const status = await this.send(settings, call);
    outbox.underWay--;
    if (!this.isRunning) return;
    this.remember({ appId, status, call });
    const delay = settings.retryDelaysMs[call.attemptNumber];
    // Neither a refusal nor silence counts as delivered.
    if ((status === 0 || status >= 400) && delay !== undefined) {
      this.after(delay, () => {
        outbox.calls.push({ ...call, attemptNumber: call.attemptNumber + 1 });
        this.pump(appId, outbox);
      });
    }
    this.pump(appId, outbox);
  }

  /** @returns the status of the answer, 0 when none came in time. */
  private async send(settings: WebhookSettings, { events, attemptNumber }: OutgoingCall): Promise<number> {
    const app = this.around.oauth.appById(settings.appId);
    if (!app) return 0;
    const body = JSON.stringify(events.map((event) => ({ ...event, attemptNumber })));
    // The receiver's window is about the machine's time, wherever the simulator's clock stands.
    const signature = signCall(
      { url: settings.targetUrl, body, timestamp: Date.now() },
      app.clientSecret,
      settings.signatures,
    );
    try {
      const response = await fetch(settings.targetUrl, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'Content-Type': 'application/json', 'User-Agent': 'HubSpot Webhooks (simulated)', ...signature },
        body,
        signal: AbortSignal.any([AbortSignal.timeout(settings.timeoutMs), this.stopping.signal]),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return 0;
    }
  }

  private remember({ appId, status, call }: { appId: number; status: number; call: OutgoingCall }): void {
    const { events, attemptNumber } = call;
    this.sent.push({ at: this.around.clock.now(), appId, events: events.length, attemptNumber, status });
    if (this.sent.length > REMEMBERED_CALLS) this.sent.shift();
  }

  private after(delayMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (this.isRunning) act();
    }, delayMs);
    this.timers.add(timer);
  }
}
