import type { Clock } from '../clock/clock.js';
import {
  learnFromRefusal,
  type ModelDialect,
  type ModelEndpoint,
  type ModelQuestion,
  modelRequest,
  readModelAnswer,
} from './model-request.js';

export interface ModelLimits {
  /** Of one question, waiting for its turn not included. */
  timeoutMs: number;
  /** Questions under way in this process. */
  concurrency: number;
  /** So many failures in a row, and the model is left alone for `restMs`. */
  failures: number;
  restMs: number;
}

const LIMITS: ModelLimits = { timeoutMs: 10_000, concurrency: 8, failures: 3, restMs: 60_000 };
/** An answer is a page or two; an endpoint that sends more than this is none. */
const MOST_BYTES = 256 * 1024;

/**
 * Asks a model behind an endpoint. Rejects when it doesn't answer in time or with anything but a text, and at once while
 * it is left alone after failures, so that a dead endpoint costs three time-outs a minute and no more.
 */
export class ModelClient {
  private underWay = 0;
  private readonly waiting: (() => void)[] = [];
  private failuresInARow = 0;
  private restsUntil = 0;
  /** Learned from the endpoint's refusals. */
  private dialect: ModelDialect = { limitName: 'max_tokens', takesShape: true };
  private readonly limits: ModelLimits;

  constructor(
    private readonly endpoint: ModelEndpoint,
    private readonly clock: Clock,
    limits: Partial<ModelLimits> = {},
  ) {
    this.limits = { ...LIMITS, ...limits };
  }

  async ask(question: ModelQuestion, signal: AbortSignal): Promise<string> {
    await this.turn();
    try {
      signal.throwIfAborted();
      if (this.clock.now().getTime() < this.restsUntil) throw new Error('It is left alone after failures');
      const text = await this.answerTo(question, signal);
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

  private async answerTo(question: ModelQuestion, signal: AbortSignal): Promise<string> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(this.limits.timeoutMs)]);
    for (;;) {
      const { dialect } = this;
      const { ok, status, answer } = await this.send(question, dialect, within);
      if (!ok) {
        const asksShape = question.shape !== undefined;
        const learned = learnFromRefusal(dialect, { status, answer, asksShape });
        if (learned === undefined) throw new Error(`It answered ${status}`);
        // Each is learned once, so this ends.
        this.dialect = { ...this.dialect, ...learned };
        continue;
      }
      const text = readModelAnswer(JSON.parse(answer))?.trim() ?? '';
      if (text === '') throw new Error('It answered without a text');
      return text;
    }
  }

  private async send(
    question: ModelQuestion,
    dialect: ModelDialect,
    signal: AbortSignal,
  ): Promise<{ ok: boolean; status: number; answer: string }> {
    const { url, headers, body } = modelRequest(this.endpoint, question, dialect);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      // A redirect would carry key and question to another host.
      redirect: 'error',
      signal,
    });
    const answer = await readBounded(response);
    return { ok: response.ok, status: response.status, answer };
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
    if (bytes > MOST_BYTES) throw new Error('It answered more than an answer can be');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
