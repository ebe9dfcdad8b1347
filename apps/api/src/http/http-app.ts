import { AppError, type Logger, type Metrics, nestLogger, NO_METRICS } from '@app/platform';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerInTime } from './answer-in-time.js';
import { ProblemFilter } from './problem.filter.js';
import { limitBody, OPEN_BODY_BYTES } from './body-limit.js';
import { refuseOversized } from './refuse-oversized.js';
import { newTraceId, refuseAddress, refuseUnreadable } from './refuse-unreadable.js';
import { secureHeaders } from './security-headers.js';
import { createValidationPipe } from './validation.js';

export interface HttpOptions {
  publicUrl: string;
  /** Whose `X-Forwarded-For` is believed; nobody's when empty. */
  trustedProxies: string[];
  /**
   * How long a request may take to arrive and be answered. Default 60 s: PostgreSQL gives up a statement by then, and an
   * `Idempotency-Key` is held for two minutes.
   */
  timeoutMs?: number;
  /** Default: none are kept. */
  metrics?: Metrics;
}

/** The product answers within tens of milliseconds; a browser gives up after half a minute or so. */
const DURATION_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The Nest application with the product's HTTP manners: problem documents, trace ids, limits, one log line a request. */
export async function createHttpApp(
  module: Type | DynamicModule,
  logger: Logger,
  { publicUrl, trustedProxies, timeoutMs = 60_000, metrics = NO_METRICS }: HttpOptions,
): Promise<NestFastifyApplication> {
  const secure = secureHeaders(publicUrl);
  const setHeaders = (request: FastifyRequest, reply: FastifyReply): void => {
    void reply.header('X-Trace-Id', request.id).headers(secure(request.url));
  };
  const adapter = new FastifyAdapter({
    bodyLimit: OPEN_BODY_BYTES,
    genReqId: newTraceId,
    // A peer that sends its request by the drop gives way to others.
    requestTimeout: timeoutMs,
    http: { connectionsCheckingInterval: Math.min(5_000, timeoutMs / 2), requireHostHeader: false },
    connectionTimeout: 2 * timeoutMs,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: refuseAddress(logger, setHeaders),
    clientErrorHandler: refuseUnreadable(logger, secure('')),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: nestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  acceptJsonOnly(fastify);
  fastify.addHook('onRoute', limitBody);
  const giveUp = answerInTime(timeoutMs);
  fastify.addHook('onRequest', (request, reply, done) => {
    setHeaders(request, reply);
    giveUp(request, reply);
    // Node would refuse it too, but without a problem document.
    const isNameless = request.raw.httpVersion === '1.1' && request.headers.host === undefined;
    done(isNameless ? new AppError(1002, 'A request of HTTP/1.1 names its host') : undefined);
  });
  fastify.addHook('preParsing', refuseOversized);
  // Their number is in the histogram, too.
  const requests = metrics.histogram(
    'threadline_http_request_seconds',
    'Requests answered, by route as the router knows it',
    DURATION_BOUNDS,
  );
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method, id, routeOptions } = request;
    const line = {
      method,
      route: routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      trace_id: id,
    };
    const labels = { method: knownMethod(method), route: line.route, status: String(line.status) };
    requests.record(reply.elapsedTime / 1_000, labels);
    if (line.route.startsWith('/health') || line.route === '/metrics') logger.debug(line, 'request');
    else logger.info(line, 'request');
    done();
  });
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter(logger));
  return app;
}

/** A caller may make up methods; a label takes those that have routes. */
function knownMethod(method: string): string {
  return ['GET', 'POST', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].includes(method) ? method : 'other';
}

/** Everything else is 415. An empty body is an empty object, so that calls whose fields are all optional need none. */
function acceptJsonOnly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (request.routeOptions.config.threadline?.rawBody === true) {
      done(null, body);
      return;
    }
    if (body.length === 0) {
      done(null, {});
      return;
    }
    let text: string;
    try {
      text = utf8.decode(body as Buffer);
    } catch {
      done(new AppError(1004, 'The body is not valid UTF-8'));
      return;
    }
    void parse(request, text, (error, value) => done(error && new AppError(1004, 'The body is not valid JSON'), value));
  });
}
