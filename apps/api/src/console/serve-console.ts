import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SessionCookie } from '../access/session-cookie.js';
import { consolePolicy } from '../http/security-headers.js';
import { acceptsPages } from '../pages/page.js';

/** Where the build puts the console's files, beside the programs. */
const CONSOLE_FOLDER = join(import.meta.dirname, '..', '..', '..', '..', 'console');

/** As written by the console's build. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** Likewise: what the page may know of a cookie that scripts can't read. Without one nobody needs to ask who is signed in. */
const SESSION_PLACEHOLDER = '__SESSION__';

/** Likewise: whether the other side of a chat may be tried. */
const DEMO_PLACEHOLDER = '__DEMO__';

/** Addresses of the console's own pages. Which page it is, the console finds out in the browser. */
const PAGES = [
  '/',
  '/sign-in',
  '/desk',
  '/desk/*',
  '/deliveries',
  '/deliveries/*',
  '/skills',
  '/skills/*',
  '/settings',
  '/settings/*',
  '/customer/*',
];

const A_YEAR_MS = 365 * 24 * 60 * 60 * 1_000;

/**
 * The console's files. Everyone gets them, signed in or not: they hold no data, and every call they make is asked who
 * makes it. A browser that opens an address where nothing is gets the console's own page about that; programs get the
 * problem document.
 */
export async function serveConsole(
  app: NestFastifyApplication,
  { demo }: { demo: boolean },
  folder = CONSOLE_FOLDER,
): Promise<void> {
  const page = (await readPage(folder)).replace(DEMO_PLACEHOLDER, demo ? 'on' : 'off');
  const cookie = app.get(SessionCookie);
  // In parts: what a nonce or a state is put between is cut once, not for each answer.
  const pages = { none: partsOf(page, 'none'), maybe: partsOf(page, 'maybe') };
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const send = (request: FastifyRequest, reply: FastifyReply, status: 200 | 404): FastifyReply => {
    const parts = pages[cookie.read(request) === undefined ? 'none' : 'maybe'];
    const nonce = randomBytes(16).toString('base64');
    // `no-store` stands on every answer: the page names the files of this build, and those are kept for good.
    return reply
      .status(status)
      .header('content-security-policy', consolePolicy(nonce))
      .type('text/html; charset=utf-8')
      .send(parts.join(nonce));
  };
  await fastify.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    index: false,
    // Every name holds a hash of the content.
    immutable: true,
    maxAge: A_YEAR_MS,
    preCompressed: true,
  });
  for (const path of PAGES) fastify.get(path, (request, reply) => send(request, reply, 200));
  fastify.addHook('preHandler', (request, reply, done) => {
    if (request.is404 && request.method === 'GET' && acceptsPages(request)) void send(request, reply, 404);
    else done();
  });
}

function partsOf(page: string, session: 'none' | 'maybe'): string[] {
  return page.replace(SESSION_PLACEHOLDER, session).split(NONCE_PLACEHOLDER);
}

async function readPage(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, 'index.html'), 'utf8');
  } catch (cause) {
    throw new Error(`The console is not built: ${folder} has no index.html (npm run build)`, { cause });
  }
}
