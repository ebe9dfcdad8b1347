import type { Clock, Logger } from '@app/platform';
import { parseEvents, type WebhookEvent } from './parse-events.js';
import type { StoreEvents } from './store-events.js';
import { type SignedRequest, type Verification, verifySignature } from './verify-signature.js';

/** A request as it arrived; its address is put together from the configured public one, never from the Host header. */
export interface IncomingWebhook extends Omit<SignedRequest, 'url'> {
  /** Path and query, as sent. */
  path: string;
}

export type ReceivedWebhook =
  | {
      accepted: true;
      /** New ones, durable by now. */
      stored: number;
      /** Known already. */
      repeated: number;
      /** Of portals that no tenant has, without a portal, or too old: acknowledged all the same, or HubSpot would send them for a day. */
      dropped: number;
    }
  | { accepted: false; reason: RefusalReason };

export type RefusalReason =
  Extract<Verification, { valid: false }>['reason'] | 'not_configured' | 'not_json' | 'not_events';

export interface WebhookOptions {
  publicUrl: string;
  /** Of the HubSpot app; without it no signature can be good. */
  clientSecret: string | undefined;
}

/** CRM webhooks carry v1, newer ones v3 as well; v2 belongs to cards and workflow actions. */
const VERSIONS = ['v3', 'v1'] as const;

/**
 * A v1 signature carries no time, so what it signs can be sent again for ever; what counts is when the event happened.
 * HubSpot repeats for about a day; and what was handled is remembered for three, so within these two it is known.
 */
const OLDEST_UNDATED_MS = 2 * 86_400_000;

/** Takes HubSpot's events in: verified, stored, then acknowledged. What follows from them is the worker's business. */
export class ReceiveWebhook {
  constructor(
    private readonly options: WebhookOptions,
    private readonly events: StoreEvents,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async execute(request: IncomingWebhook): Promise<ReceivedWebhook> {
    const verification = this.verify(request);
    if (!verification.valid) return { accepted: false, reason: verification.reason };
    const parsed = parseEvents(request.body);
    if (!parsed.readable) return { accepted: false, reason: parsed.reason };
    const events =
      verification.version === 'v1' ? parsed.events.filter((event) => this.isRecent(event)) : parsed.events;
    const stale = parsed.events.length - events.length;
    const { stored, repeated, unknown } = await this.events.execute(events);
    const dropped = unknown + parsed.unreadable + stale;
    if (dropped > 0)
      this.logger.info({ dropped: unknown, unreadable: parsed.unreadable, stale }, 'webhook events were dropped');
    return { accepted: true, stored, repeated, dropped };
  }

  private isRecent({ occurredAt }: WebhookEvent): boolean {
    return occurredAt !== undefined && this.clock.now().getTime() - occurredAt.getTime() <= OLDEST_UNDATED_MS;
  }

  private verify(request: IncomingWebhook): Verification | { valid: false; reason: 'not_configured' } {
    const { clientSecret, publicUrl } = this.options;
    const isSigned = request.headers.signature !== undefined || request.headers.signatureV3 !== undefined;
    if (clientSecret === undefined) return { valid: false, reason: isSigned ? 'not_configured' : 'missing_signature' };
    const url = publicUrl.replace(/\/+$/, '') + request.path;
    return verifySignature({ ...request, url }, { clientSecret, versions: VERSIONS, now: this.clock.now() });
  }
}
