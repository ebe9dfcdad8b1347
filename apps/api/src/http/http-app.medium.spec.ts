import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '@app/platform';
import { Body, Controller, Get, Module, Param, Post, Sse } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { concat, delay, NEVER, of, type Observable } from 'rxjs';
import { createHttpApp } from './http-app.js';

const TIMEOUT_MS = 300;

@Controller()
class OddController {
  @Get('hangs')
  hang(): Promise<never> {
    return new Promise(() => undefined);
  }

  @Post('hangs')
  hangToo(): Promise<never> {
    return new Promise(() => undefined);
  }

  @Get('late')
  async late(): Promise<{ data: string }> {
    await new Promise((resolve) => setTimeout(resolve, 3 * TIMEOUT_MS));
    return { data: 'too late' };
  }

  @Get('fails')
  fail(): never {
    throw new Error('secret of the inside');
  }

  @Sse('goes-on')
  goOn(): Observable<{ data: string }> {
    return concat(of({ data: 'one' }), of({ data: 'two' }).pipe(delay(1.5 * TIMEOUT_MS)), NEVER);
  }

  @Get('named/:name')
  get(@Param('name') name: string): { data: string } {
    return { data: name };
  }

  @Post('echo')
  echo(@Body() body: unknown): { data: unknown } {
    return { data: body };
  }
}

@Module({ controllers: [OddController] })
class OddModule {}

let app: NestFastifyApplication;
let url: URL;

beforeAll(async () => {
  const logger = createLogger({ level: 'silent', name: 'test' });
  app = await createHttpApp(OddModule, logger, {
    publicUrl: 'https://threadline.example',
    trustedProxies: [],
    timeoutMs: TIMEOUT_MS,
  });
  await app.listen(0, '127.0.0.1');
  url = new URL(await app.getUrl());
});

afterAll(async () => {
  await app.close();
});

interface RawAnswer {
  status: number;
  headers: Map<string, string>;
  text: string;
}

/** Sends bytes as they are, and reads until the server hangs up. */
function say(...pieces: (string | Buffer)[]): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => pieces.forEach((piece) => socket.write(piece)));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', text = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n');
      const [status = '', ...lines] = head.split('\r\n');
      const headers = lines.map((line): [string, string] => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      });
      resolve({ status: Number(status.split(' ')[1]), headers: new Map(headers), text });
    });
  });
}

function expectProblem({ status, headers, text }: RawAnswer, expected: [status: number, code: number]): void {
  const body = JSON.parse(text) as Record<string, unknown>;
  expect([status, body['code'], body['status']]).toEqual([...expected, expected[0]]);
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
  expect(body['trace_id']).toBe(headers.get('x-trace-id'));
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  expect(headers.get('strict-transport-security')).toBeDefined();
}

const ask = (line: string, ...more: string[]): string =>
  [line, 'Host: x', 'Connection: close', ...more, '', ''].join('\r\n');

describe('what is no request', () => {
  it.each([
    ['a greeting', 'hello\r\n\r\n'],
    ['bytes of another protocol', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc])],
    ['an unknown method', ask('FETCH /named/a HTTP/1.1')],
    ['a header without a name', ask('GET /named/a HTTP/1.1', ': empty')],
    ['a header of control characters', ask('GET /named/a HTTP/1.1', 'x: a\u0000b')],
    ['two lengths', ask('POST /echo HTTP/1.1', 'Content-Length: 1', 'Content-Length: 2')],
    ['a length and chunks', ask('POST /echo HTTP/1.1', 'Content-Length: 5', 'Transfer-Encoding: chunked')],
    ['no host', 'GET /named/a HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['an address of 20,000 characters', ask(`GET /${'a'.repeat(20_000)} HTTP/1.1`)],
    ['headers of 20,000 characters', ask('GET /named/a HTTP/1.1', `x: ${'a'.repeat(20_000)}`)],
  ])('is a problem document, with a trace id: %s', async (_what, bytes) => {
    expectProblem(await say(bytes), [400, 1002]);
  });

  it('is refused by its address, where that can’t be decoded or is no address of ours', async () => {
    expectProblem(await say(ask('GET /%E0%A4%A HTTP/1.1')), [400, 1002]);
    expectProblem(await say(ask(`GET /named/${'a'.repeat(300)} HTTP/1.1`)), [404, 2011]);
    expectProblem(await say(ask('GET /nothing HTTP/1.1')), [404, 2011]);
    expectProblem(await say(ask('DELETE /echo HTTP/1.1')), [404, 2011]);
    expectProblem(await say(ask('OPTIONS /echo HTTP/1.1', 'Origin: https://evil.example')), [404, 2011]);
    expectProblem(await say(ask('TRACE /echo HTTP/1.1')), [404, 2011]);
  });

  it('says nothing of the inside when it fails', async () => {
    const answer = await say(ask('GET /fails HTTP/1.1'));
    expectProblem(answer, [500, 3001]);
    expect(answer.text).not.toMatch(/secret|Error|at /);
  });
});

describe('HEAD', () => {
  it('answers as GET, without a body', async () => {
    const { status, headers, text } = await say(ask('HEAD /named/a HTTP/1.1'));
    expect([status, text]).toEqual([200, '']);
    expect(headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    expect((await say(ask('HEAD /nothing HTTP/1.1'))).status).toBe(404);
  });
});

describe('what takes too long', () => {
  it.each([['GET'], ['POST']])(
    'is answered although the handler of a %s hangs, and says when to try again',
    async (method) => {
      const body = method === 'POST' ? ['Content-Type: application/json', 'Content-Length: 2'] : [];
      const answer = await say(ask(`${method} /hangs HTTP/1.1`, ...body) + (method === 'POST' ? '{}' : ''));
      expectProblem(answer, [503, 3002]);
      expect(JSON.parse(answer.text)).toMatchObject({ retryable: true, reason: 'timeout', retry_after: 5 });
      expect(answer.headers.get('retry-after')).toBe('5');
    },
  );

  it('changes nothing when it is ready after all', async () => {
    expectProblem(await say(ask('GET /late HTTP/1.1')), [503, 3002]);
    await new Promise((resolve) => setTimeout(resolve, 3 * TIMEOUT_MS));
    expect((await say(ask('GET /named/a HTTP/1.1'))).status).toBe(200);
  });

  it('may be a body by the drop', async () => {
    const head = ask('POST /echo HTTP/1.1', 'Content-Type: application/json', 'Content-Length: 100');
    const answer = await say(head, '{"a":');
    expectProblem(answer, [503, 3002]);
  });

  it('may be headers by the drop', async () => {
    const answer = await say('POST /echo HTTP/1.1\r\nHost: x\r\n');
    expectProblem(answer, [503, 3002]);
    expect(JSON.parse(answer.text)).toMatchObject({ reason: 'request_timeout', retryable: true });
  });

  it('is not a stream that has begun', async () => {
    const response = await fetch(new URL('/goes-on', url));
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let read = '';
    while (!read.includes('two')) read += (await reader?.read())?.value ?? '(ended)\ntwo';
    expect(read).not.toContain('(ended)');
    await reader?.cancel();
  });
});
