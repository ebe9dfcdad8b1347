import { AppError, LOGGER, type Logger } from '@app/platform';
import { CheckSession, type TenantEvent, TenantEvents } from '@app/tenants';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StreamPlaces } from './stream-places.js';

/** Proxies cut what is silent for a minute; a stream that lost its session is noticed as soon. */
const HEARTBEAT_MS = 20_000;

/** A client that doesn't read is let go: it comes back and reads anew. */
const MOST_UNREAD_BYTES = 256 * 1024;

/** Whom a stream is for, and what of it. */
export interface StreamFor {
  tenantId: string;
  /** Counted and, for a session, ended with it. */
  ownerId: string;
  isAlive: () => Promise<boolean>;
  /** What is told of an event; undefined: nothing. */
  select: (event: TenantEvent) => TenantEvent['items'] | undefined;
  /** The client was here before: it may have missed something. */
  isReturning: boolean;
}

interface Stream {
  end: (farewell?: string) => void;
}

/** Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) to whoever looks on. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly streams = new Set<Stream>();
  private readonly places = new StreamPlaces();
  private isStopping = false;
  private told = 0;

  constructor(
    @Inject(TenantEvents) private readonly events: TenantEvents,
    @Inject(CheckSession) private readonly checkSession: CheckSession,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** For a signed-in person; ends with their session. */
  async openForSession(
    reply: FastifyReply,
    { tenantId, sessionId, isReturning }: { tenantId: string; sessionId: string; isReturning: boolean },
  ): Promise<void> {
    await this.open(reply, {
      tenantId,
      ownerId: sessionId,
      isAlive: () => this.checkSession.execute(tenantId, sessionId),
      select: ({ kind, items }) => (kind === 'session.ended' ? undefined : items),
      isReturning,
    });
  }

  /** @throws AppError 1007 too many streams, 3002 while the process ends. */
  async open(reply: FastifyReply, stream: StreamFor): Promise<void> {
    if (this.isStopping) throw new AppError(3002, 'The process is ending', { retryAfterSeconds: 2 });
    const leave = this.places.take(stream.tenantId, stream.ownerId);
    const { raw } = reply;
    let stopWatching: (() => void) | undefined;
    let heartbeat: NodeJS.Timeout | undefined;
    const send = (text: string): void => {
      if (raw.writableLength > MOST_UNREAD_BYTES) opened.end();
      else if (!raw.writableEnded) raw.write(text);
    };
    const opened: Stream = {
      end: (farewell) => {
        this.streams.delete(opened);
        leave();
        clearInterval(heartbeat);
        stopWatching?.();
        if (!raw.writableEnded) raw.end(farewell);
      },
    };
    this.streams.add(opened);
    raw.once('close', () => opened.end());
    const waiting: string[] = [];
    let tell = (text: string): void => void waiting.push(text);
    try {
      stopWatching = await this.events.watch(stream.tenantId, {
        onEvent: (event) => {
          const items = stream.select(event);
          if (items !== undefined) tell(this.write(event.kind, { items }));
          if (event.kind === 'session.ended' && endsWith(event, stream.ownerId))
            opened.end(this.write('signed_out', {}));
        },
        onGap: () => tell(this.write('resync', {})),
      });
    } catch (error) {
      this.streams.delete(opened);
      leave();
      throw error;
    }
    if (raw.destroyed || this.isStopping) {
      opened.end();
      return;
    }
    reply.hijack();
    raw.writeHead(200, {
      ...headersOf(reply),
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    });
    tell = send;
    send(`retry: 2000\n${this.write(stream.isReturning ? 'resync' : 'ready', {})}`);
    for (const text of waiting) send(text);
    heartbeat = setInterval(() => {
      send(': still here\n\n');
      void this.endIfOver(opened, stream);
    }, HEARTBEAT_MS);
  }

  /** Before the server waits for its connections to end: these would never. */
  onModuleDestroy(): void {
    this.isStopping = true;
    for (const stream of this.streams) stream.end();
  }

  private async endIfOver(opened: Stream, { isAlive }: StreamFor): Promise<void> {
    try {
      if (!(await isAlive())) opened.end(this.write('signed_out', {}));
    } catch (error) {
      // A database that is away for a moment signs nobody out.
      this.logger.warn({ err: error }, 'a stream’s session could not be checked');
    }
  }

  private write(event: string, data: object): string {
    this.told += 1;
    return `id: ${this.told}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
  }
}

function endsWith({ items }: TenantEvent, sessionId: string): boolean {
  return items.some((item) => item['sessionId'] === sessionId);
}

function headersOf(reply: FastifyReply): Record<string, string | number | string[]> {
  return Object.fromEntries(
    Object.entries(reply.getHeaders()).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
