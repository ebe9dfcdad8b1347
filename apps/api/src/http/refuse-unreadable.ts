import { randomBytes } from 'node:crypto';
import { type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AppError, type Logger } from '@app/platform';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_TYPE, toProblem } from './problem.js';

/** Names a request in its answer, in problem documents and in the log. */
export function newTraceId(): string {
  return randomBytes(16).toString('hex');
}

type SetHeaders = (request: FastifyRequest, reply: FastifyReply) => void;

/** For addresses that are refused before any route, hook or filter sees them. */
export function refuseAddress(
  logger: Logger,
  setHeaders: SetHeaders,
): (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void {
  return (error, request, reply) => {
    const refusal =
      error.code === 'FST_ERR_BAD_URL'
        ? new AppError(1002, 'The address can’t be decoded')
        : new AppError(2011, 'There is nothing at this address');
    logger.info({ status: refusal.status, reason: error.code, trace_id: request.id }, 'an address was refused');
    setHeaders(request, reply);
    void reply
      .status(refusal.status)
      .type(PROBLEM_TYPE)
      .send(JSON.stringify(toProblem(refusal, request.id)));
  };
}

/** Node keeps the answer under way there, and looks for it at this place itself. */
const ANSWER = '_httpMessage';
type AnsweringSocket = Socket & { [ANSWER]?: ServerResponse | null };

/** For what never becomes a request: no HTTP, headers beyond 16 KiB, or a sender that takes too long. */
export function refuseUnreadable(
  logger: Logger,
  headers: OutgoingHttpHeaders,
): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket: AnsweringSocket) => {
    // Nobody listens any more, or an answer has begun: more bytes would be read as a part of that one.
    if (error.code === 'ECONNRESET' || !socket.writable || socket[ANSWER]?.headersSent === true) {
      socket.destroy();
      return;
    }
    const traceId = newTraceId();
    const refusal = refusalOf(error);
    logger.info({ status: refusal.status, reason: error.code, trace_id: traceId }, 'a request can’t be read');
    const body = JSON.stringify(toProblem(refusal, traceId));
    const lines = Object.entries({
      ...headers,
      'X-Trace-Id': traceId,
      'Content-Type': PROBLEM_TYPE,
      'Content-Length': Buffer.byteLength(body),
      Connection: 'close',
    }).map(([name, value]) => `${name}: ${String(value)}`);
    const status = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`;
    // Destroyed once it is flushed: whoever sends no HTTP is not waited for.
    socket.end([status, ...lines, '', body].join('\r\n'), () => socket.destroy());
  };
}

function refusalOf({ code }: NodeJS.ErrnoException): AppError {
  if (code === 'HPE_HEADER_OVERFLOW') return new AppError(1002, 'Address and headers are longer than 16 KiB');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new AppError(3002, 'The request took too long to arrive', { reason: 'request_timeout' });
  }
  return new AppError(1002, 'This is not HTTP');
}
