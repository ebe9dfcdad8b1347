import { randomUUID } from 'node:crypto';
import { type Database, Listener, type Logger } from '@app/platform';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { McpCaller } from './mcp-caller.js';

/**
 * What became of a question:
 *
 * - `unanswered`: it was shown, and nobody answered while it could be heard
 * - `not_asked`: there was no room for it, or its process was stopping
 * - `cannot_ask`: the client said that it can't show it
 */
export type PersonsAnswer = 'accept' | 'decline' | 'cancel' | 'unanswered' | 'not_asked' | 'cannot_ask';

/** The way to the client that shows a question. */
export interface Shown {
  /** Sends it, under this id. */
  put: (id: string) => Promise<void>;
  /** Nobody waits for its answer any more: a yes that is given now would be a yes to nothing. */
  withdraw: (id: string) => Promise<void>;
}

export interface OpenQuestionsOptions {
  databaseUrl: string;
  applicationName: string;
  withinMs: number;
}

interface Answered {
  id: string;
  tenantId: string;
  agentId: string;
  said: PersonsAnswer;
}

type OpenQuestion = Omit<Answered, 'id' | 'said'> & { settle: (said: PersonsAnswer) => void };

/** PostgreSQL hands answers on to the process whose client was asked. */
const CHANNEL = 'threadline_mcp_answers';

/** Each holds a connection open. Whoever comes after them is told to ask again. */
const MOST = 500;
/** So that no tenant's waiting calls take the room of all the others'. */
const MOST_OF_A_TENANT = 50;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * Questions that clients of revisions before 2026-07-28 were asked while a call of theirs waits. Such a client answers by a
 * request of its own, which any process may get. An answer that is lost is none.
 */
export class OpenQuestions implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly open = new Map<string, OpenQuestion>();
  private readonly listener: Listener;
  private readonly withinMs: number;
  private isStopping = false;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
    { databaseUrl, applicationName, withinMs }: OpenQuestionsOptions,
  ) {
    this.withinMs = withinMs;
    this.listener = new Listener({
      url: databaseUrl,
      applicationName,
      channel: CHANNEL,
      logger,
      onNotice: (payload) => this.hear(payload),
      onGap: () => undefined,
    });
  }

  async ask({ tenantId, agentId }: McpCaller, { put, withdraw }: Shown, gone: AbortSignal): Promise<PersonsAnswer> {
    if (gone.aborted || this.isStopping || !this.hasRoom(tenantId)) return 'not_asked';
    const id = randomUUID();
    const { promise, resolve } = Promise.withResolvers<PersonsAnswer>();
    const giveUp = (): void => resolve('unanswered');
    const timer = setTimeout(giveUp, this.withinMs);
    gone.addEventListener('abort', giveUp, { once: true });
    this.open.set(id, { tenantId, agentId, settle: resolve });
    try {
      await put(id);
      const said = await promise;
      if (said === 'unanswered' && !gone.aborted) await withdraw(id);
      return said;
    } finally {
      clearTimeout(timer);
      gone.removeEventListener('abort', giveUp);
      this.open.delete(id);
    }
  }

  /** @returns false for a message that answers nothing. */
  async answer({ tenantId, agentId }: McpCaller, message: unknown): Promise<boolean> {
    const read = readAnswer(message);
    if (read === undefined) return false;
    const answered = { ...read, tenantId, agentId };
    if (this.settle(answered)) return true;
    await this.database.withTenant(tenantId, (tx) =>
      tx.query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify(answered)]),
    );
    return true;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.listener.start();
  }

  /** Their calls end, and ask again at another process when they are repeated. */
  beforeApplicationShutdown(): void {
    this.isStopping = true;
    for (const { settle } of this.open.values()) settle('unanswered');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.listener.stop();
  }

  private hasRoom(tenantId: string): boolean {
    if (this.open.size >= MOST) return false;
    let ofTenant = 0;
    for (const question of this.open.values()) if (question.tenantId === tenantId) ofTenant += 1;
    return ofTenant < MOST_OF_A_TENANT;
  }

  private hear(payload: string): void {
    try {
      this.settle(JSON.parse(payload) as Answered);
    } catch (error) {
      this.logger.warn({ err: error }, 'a notification can’t be read');
    }
  }

  /** Only who was asked may answer. */
  private settle({ id, tenantId, agentId, said }: Answered): boolean {
    const question = this.open.get(id);
    if (question?.tenantId !== tenantId || question.agentId !== agentId) return false;
    question.settle(said);
    return true;
  }
}

/** A JSON-RPC response under an id that may be ours; an error, or what is no answer, says that the client can't ask. */
function readAnswer(message: unknown): Pick<Answered, 'id' | 'said'> | undefined {
  if (typeof message !== 'object' || message === null || 'method' in message) return undefined;
  if (!('id' in message) || typeof message.id !== 'string' || !UUID.test(message.id)) return undefined;
  const { id, result } = message as { id: string; result?: { action?: unknown } | null };
  const said = (['accept', 'decline', 'cancel'] as const).find((action) => action === result?.action);
  return { id, said: said ?? 'cannot_ask' };
}
