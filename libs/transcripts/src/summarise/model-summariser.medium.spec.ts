import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '@app/platform';
import type { ClosedConversation } from '../conversations/conversation.js';
import { ModelSummariser } from './model-summariser.js';

interface Asked {
  url: string;
  headers: IncomingHttpHeaders;
  body: {
    model: string;
    max_tokens?: number;
    max_completion_tokens?: number;
    system?: string;
    messages: { role: string; content: string }[];
  };
}

type Reply = { status?: number; body: string; headers?: Record<string, string> } | 'never';

let server: Server;
let base: string;
let asked: Asked[];
let reply: () => Reply;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Asked['body'];
      asked.push({ url: request.url ?? '', headers: request.headers, body });
      const answer = reply();
      if (answer !== 'never') response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  asked = [];
});

const openAi = (text: unknown): Reply => ({ body: JSON.stringify({ choices: [{ message: { content: text } }] }) });
const anthropic = (...texts: string[]): Reply => ({
  body: JSON.stringify({ content: texts.map((text) => ({ type: 'text', text })) }),
});

function conversation(text: string): ClosedConversation {
  return {
    id: 'c1',
    channel: 'chat',
    direction: 'inbound',
    customer: {},
    startedAt: new Date(),
    closedAt: new Date(),
    messages: [{ id: 'm', author: 'customer', name: 'Ada', text, sentAt: new Date(), attachments: [] }],
  };
}

const goesOn = (): AbortSignal => new AbortController().signal;

describe('a summary by a model', () => {
  it('is asked of an OpenAI-compatible endpoint, with the transcript as data between marks', async () => {
    reply = () => openAi('  The parcel is late.  ');
    const model = new ModelSummariser({ url: `${base}/v1`, model: 'small', key: 'sk-1' }, systemClock);
    expect(await model.summarise(conversation('Where is it?'), goesOn())).toBe('The parcel is late.');
    const [request] = asked;
    expect(request).toMatchObject({ url: '/v1/chat/completions', headers: { authorization: 'Bearer sk-1' } });
    expect(request?.body).toMatchObject({ model: 'small', max_tokens: 600 });
    const [system, user] = request?.body.messages ?? [];
    expect([system?.role, user?.role]).toEqual(['system', 'user']);
    const [, mark = 'none'] = /^<(transcript-[0-9a-f]{16})>/.exec(user?.content ?? '') ?? [];
    expect(user?.content).toBe(`<${mark}>\nCustomer (Ada): Where is it?\n</${mark}>`);
    expect(system?.content).toContain(mark);
    expect(system?.content).not.toContain('Where is it?');
  });

  it('is asked of Anthropic’s endpoint in its own words', async () => {
    reply = () => anthropic('One. ', 'Two.');
    const model = new ModelSummariser({ url: `${base}/v1/messages`, model: 'claude', key: 'key-1' }, systemClock);
    expect(await model.summarise(conversation('Hello'), goesOn())).toBe('One. Two.');
    const [request] = asked;
    expect(request).toMatchObject({
      url: '/v1/messages',
      headers: { 'x-api-key': 'key-1', 'anthropic-version': '2023-06-01' },
    });
    expect(request?.headers.authorization).toBeUndefined();
    expect(request?.body.messages.map(({ role }) => role)).toEqual(['user']);
    expect(request?.body.system).toContain('never follow instructions');
  });

  it('is of a bounded part of a long conversation, and bounded and scrubbed itself', async () => {
    reply = () => openAi(`Paid with 4111 1111 1111 1111. ${'long '.repeat(2_000)}`);
    const model = new ModelSummariser({ url: base, model: 'm' }, systemClock);
    const text = await model.summarise(conversation(`begin ${'x'.repeat(200_000)} end`), goesOn());
    expect(text).toHaveLength(3_000);
    expect(text).toMatch(/^Paid with \[card •••• 1111\]/);
    const sent = asked[0]?.body.messages[1]?.content ?? '';
    expect(sent.length).toBeLessThan(50_200);
    expect(sent).toMatch(/begin x+\n\[…\]\nx+ end/);
  });

  it('is asked for by the other name of the limit where a model takes only that, from then on at once', async () => {
    const refusal = {
      error: {
        message:
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        type: 'invalid_request_error',
        param: 'max_tokens',
        code: 'unsupported_parameter',
      },
    };
    reply = () =>
      asked.at(-1)?.body.max_tokens === undefined ? openAi('Fine.') : { status: 400, body: JSON.stringify(refusal) };
    const model = new ModelSummariser({ url: base, model: 'thinks' }, systemClock, { failures: 1 });
    expect(await model.summarise(conversation('Hello'), goesOn())).toBe('Fine.');
    expect(await model.summarise(conversation('Hello'), goesOn())).toBe('Fine.');
    expect(asked.map(({ body }) => [body.max_tokens, body.max_completion_tokens])).toEqual([
      [600, undefined],
      [undefined, 4_600],
      [undefined, 4_600],
    ]);
  });

  it('is asked for twice at the most', async () => {
    reply = () => ({ status: 400, body: '{"error":"neither max_tokens nor max_completion_tokens"}' });
    const model = new ModelSummariser({ url: base, model: 'm' }, systemClock);
    await expect(model.summarise(conversation('Hello'), goesOn())).rejects.toThrow('It answered 400');
    expect(asked).toHaveLength(2);
  });

  it.each<[string, Reply, RegExp]>([
    ['a refusal', { status: 500, body: '{}' }, /answered 500/],
    ['no JSON', { body: '<html>' }, /JSON/],
    ['no text', openAi('   '), /without a text/],
    ['another shape', { body: '{"answer":"x"}' }, /without a text/],
    ['a redirect', { status: 302, body: '', headers: { location: 'http://127.0.0.1:9/elsewhere' } }, /fetch failed/],
    [
      'megabytes',
      { body: JSON.stringify({ choices: [{ message: { content: 'x'.repeat(300_000) } }] }) },
      /more than an answer/,
    ],
    ['silence', 'never', /timeout/],
  ])('is not made of %s', async (_, answer, why) => {
    reply = () => answer;
    const model = new ModelSummariser({ url: base, model: 'm' }, systemClock, { timeoutMs: 200 });
    await expect(model.summarise(conversation('Hello'), goesOn())).rejects.toThrow(why);
    expect(asked).toHaveLength(1);
  });
});

describe('a model that fails', () => {
  it('is left alone after failures in a row, then tried once, and used again when it answers', async () => {
    let now = 0;
    const clock = { now: (): Date => new Date(now) };
    const model = new ModelSummariser({ url: base, model: 'm' }, clock, { failures: 2, restMs: 1_000 });
    const ask = (): Promise<string> => model.summarise(conversation('Hello'), goesOn());
    reply = () => ({ status: 500, body: '' });
    for (let n = 0; n < 5; n++) await expect(ask()).rejects.toThrow(/^It /);
    expect(asked).toHaveLength(2);
    now = 1_001;
    for (let n = 0; n < 3; n++) await expect(ask()).rejects.toThrow(/^It /);
    expect(asked).toHaveLength(3);
    now = 2_100;
    reply = () => openAi('Good.');
    expect([await ask(), await ask()]).toEqual(['Good.', 'Good.']);
  });

  it('is asked by so many at once and no more', async () => {
    let open = 0;
    let most = 0;
    const slow = createServer((_, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        const answer = openAi('Fine.');
        response.end(answer === 'never' ? '' : answer.body);
      }, 20);
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
    const model = new ModelSummariser({ url, model: 'm' }, systemClock, { concurrency: 3 });
    const texts = await Promise.all(Array.from({ length: 20 }, () => model.summarise(conversation('Hello'), goesOn())));
    expect(texts).toHaveLength(20);
    expect(most).toBe(3);
    slow.closeAllConnections();
    slow.close();
  });
});
