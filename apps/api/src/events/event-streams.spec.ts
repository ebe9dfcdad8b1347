import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { AppError, createLogger } from '@app/platform';
import type { CheckSession, TenantEvents } from '@app/tenants';
import type { FastifyReply } from 'fastify';
import { EventStreams } from './event-streams.js';
import { STREAM_LIMITS } from './stream-places.js';

/** As far as a stream needs it: a socket that somebody else may close. */
class OpenReply {
  readonly raw = Object.assign(new EventEmitter(), {
    writableLength: 0,
    writableEnded: false,
    destroyed: false,
    writeHead: () => undefined,
    write: () => true,
    end: () => undefined,
  });

  hijack(): void {
    // The stream answers by itself.
  }

  getHeaders(): Record<string, never> {
    return {};
  }

  close(): void {
    this.raw.emit('close');
  }
}

function openStreams(watch: TenantEvents['watch'] = () => Promise.resolve(() => undefined)) {
  const logger = createLogger({ level: 'silent', name: 'test' });
  const streams = new EventStreams({ watch } as TenantEvents, {} as CheckSession, logger);
  const open = async (tenantId: string, sessionId: string): Promise<OpenReply> => {
    const reply = new OpenReply();
    const from = { tenantId, sessionId, isReturning: false };
    await streams.openForSession(reply as unknown as FastifyReply, from);
    return reply;
  };
  /** As many as are asked for, ten of a session. */
  const openMany = async (tenantId: string, count: number): Promise<OpenReply[]> =>
    Promise.all(Array.from({ length: count }, (_, i) => open(tenantId, `${tenantId}/${Math.floor(i / 10)}`)));
  return { streams, open, openMany };
}

const REFUSED = {
  code: 1007,
  status: 429,
  details: { reason: 'too_many_streams', retryAfterSeconds: 10 },
} as const;

describe('streams of events', () => {
  it('are ten of a session, and none of another’s', async () => {
    const { streams, open, openMany } = openStreams();
    const [first] = await openMany('a', STREAM_LIMITS.perOwner);
    await expect(open('a', 'a/0')).rejects.toMatchObject(REFUSED);
    await open('a', 'a/1');
    first?.close();
    await open('a', 'a/0');
    await expect(open('a', 'a/0')).rejects.toBeInstanceOf(AppError);
    streams.onModuleDestroy();
  });

  it('of one tenant leave room for the others', async () => {
    const { streams, open, openMany } = openStreams();
    const [first] = await openMany('a', STREAM_LIMITS.perTenant);
    await expect(open('a', 'a/new')).rejects.toMatchObject({ ...REFUSED, detail: expect.stringContaining('tenant') });
    await open('b', 'b/new');
    // A close is told more than once when both sides end it.
    first?.close();
    first?.close();
    await open('a', 'a/new');
    await expect(open('a', 'a/newer')).rejects.toMatchObject(REFUSED);
    streams.onModuleDestroy();
  });

  it('of all tenants are as many as a process has memory for', async () => {
    const { streams, open, openMany } = openStreams();
    const tenants = STREAM_LIMITS.perProcess / STREAM_LIMITS.perTenant;
    for (let i = 0; i < tenants; i += 1) await openMany(`tenant ${i}`, STREAM_LIMITS.perTenant);
    await expect(open('one more', 'session')).rejects.toMatchObject(REFUSED);
    streams.onModuleDestroy();
  });

  it('that can’t be opened hold no place', async () => {
    const { open } = openStreams(() => Promise.reject(new Error('the database is away')));
    for (let i = 0; i < STREAM_LIMITS.perOwner; i += 1)
      await expect(open('a', 'session')).rejects.toThrow('the database is away');
    await expect(open('a', 'session')).rejects.toThrow('the database is away');
  });
});
