import type { Clock } from '@app/platform';
import type { ClosedConversation } from '../conversations/conversation.js';
import { carriable } from '../render/carriable.js';
import { scrubConversation } from '../scrub/scrub-conversation.js';
import { type ModelEndpoint, modelRequest, readModelAnswer } from './model-request.js';
import type { Summariser } from './summariser.port.js';

export interface ModelLimits {
  /** Of one request, waiting for its turn not included. */
  timeoutMs: number;
  /** Requests under way in this process, whatever the number of portals. */
  concurrency: number;
  /** So many failures in a row, and the model is left alone for `restMs`. */
  failures: number;
  restMs: number;
}

const LIMITS: ModelLimits = { timeoutMs: 10_000, concurrency: 8, failures: 3, restMs: 60_000 };
/** A summary is a page; an endpoint that sends more than this is none. */
const MOST_BYTES = 256 * 1024;
const MOST_UNITS = 3_000;

/**
 * Asks a model behind an endpoint. Rejects when it doesn't answer in time or with anything but a text, and at once while
 * it is left alone after failures, so that a dead endpoint costs a backlog three time-outs a minute and no more.
 */
export class ModelSummariser implements Summariser {
  private underWay = 0;
  private readonly waiting: (() => void)[] = [];
  private failuresInARow = 0;
  private restsUntil = 0;
  private readonly limits: ModelLimits;

  constructor(
    private readonly endpoint: ModelEndpoint,
    private readonly clock: Clock,
    limits: Partial<ModelLimits> = {},
  ) {
    this.limits = { ...LIMITS, ...limits };
  }

  /** @param conversation scrubbed. @returns scrubbed, plain text of at most 3,000 UTF-16 units. */
  async summarise(conversation: ClosedConversation, signal: AbortSignal): Promise<string> {
    await this.turn();
    try {
      signal.throwIfAborted();
      if (this.clock.now().getTime() < this.restsUntil) throw new Error('It is left alone after failures');
      const text = await this.ask(conversation, signal);
      this.failuresInARow = 0;
      return text;
    } catch (error) {
      // Whoever gave up waiting says nothing about the model.
      if (!signal.aborted) this.countFailure();
      throw error;
    } finally {
      this.underWay--;
      this.waiting.shift()?.();
    }
  }

  private async ask(conversation: ClosedConversation, signal: AbortSignal): Promise<string> {
    const { url, headers, body } = modelRequest(this.endpoint, conversation);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      // A redirect would carry key and conversation to another host.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(this.limits.timeoutMs)]),
    });
    const answer = await readBounded(response);
    if (!response.ok) throw new Error(`It answered ${response.status}`);
    const text = carriable(readModelAnswer(JSON.parse(answer)) ?? '').trim();
    if (text === '') throw new Error('It answered without a text');
    const { summary = '' } = scrubConversation({ ...conversation, messages: [], summary: text }).conversation;
    return summary.slice(0, MOST_UNITS).toWellFormed();
  }

  private async turn(): Promise<void> {
    while (this.underWay >= this.limits.concurrency) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.underWay++;
  }

  private countFailure(): void {
    const now = this.clock.now().getTime();
    if (now < this.restsUntil) return;
    this.failuresInARow++;
    if (this.failuresInARow < this.limits.failures) return;
    this.restsUntil = now + this.limits.restMs;
    // After the rest one failure is enough for another.
    this.failuresInARow = this.limits.failures - 1;
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new Error('It answered more than a summary can be');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
