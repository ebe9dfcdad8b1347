import { AppError, LOGGER, type Logger } from '@app/platform';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isOpen } from '../access/route-access.js';
import { PROBLEM_TYPE, toProblem } from './problem.js';
import { oversized } from './refuse-oversized.js';

/** The one place where a failure becomes an answer. Whatever nobody planned for is a 3001 that says nothing of its cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const error = toAppError(thrown, request);
    if (error.status >= 500) this.logger.error({ err: thrown, trace_id: request.id }, 'a request failed');
    this.answer(request, reply, error);
  }

  protected answer(request: FastifyRequest, reply: FastifyReply, error: AppError): void {
    const { retryAfterSeconds } = error.details;
    if (retryAfterSeconds !== undefined) void reply.header('Retry-After', String(Math.ceil(retryAfterSeconds)));
    const challenge = challengeOf(request, error);
    if (challenge !== undefined) void reply.header('WWW-Authenticate', challenge);
    void reply
      .status(error.status)
      .type(PROBLEM_TYPE)
      .send(JSON.stringify(toProblem(error, request.id)));
  }
}

/** How to come back, for clients that go by it (RFC 6750 §3), where an API key opens the door. */
function challengeOf({ routeOptions }: FastifyRequest, { status, code, details }: AppError): string | undefined {
  const { access } = routeOptions.config.threadline ?? {};
  if (access === undefined || isOpen(access) || access.scope === undefined) return undefined;
  if (status === 401) return code === 2012 ? 'Bearer' : 'Bearer error="invalid_token"';
  // Of the key: HubSpot's own scopes are told under another code.
  const lacking = code === 2005 ? details.extra?.['missing_scopes'] : undefined;
  return Array.isArray(lacking) ? `Bearer error="insufficient_scope", scope="${lacking.join(' ')}"` : undefined;
}

function toAppError(thrown: unknown, request: FastifyRequest): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = (thrown as { code?: unknown }).code;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return oversized(request);
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new AppError(1015, 'Send application/json');
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') return new AppError(1004, 'The body is not as long as announced');
  if (isDatabaseAway(thrown))
    return new AppError(3002, 'The database can’t be reached', { retryAfterSeconds: 5, cause: thrown });
  const status = thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: unknown }).statusCode;
  if (status === 404) return new AppError(2011, 'There is nothing at this address');
  if (status === 405) return new AppError(2011, 'There is nothing at this address for this method');
  if (status === 413) return oversized(request);
  if (status === 415) return new AppError(1015, 'Send application/json');
  if (status === 400) return new AppError(1002, 'The request can’t be read');
  return new AppError(3001, 'Something went wrong on our side', { cause: thrown });
}

/** Connection failures of the driver, and PostgreSQL's classes 08 (connection), 53 (resources) and 57P (shutting down). */
function isDatabaseAway(thrown: unknown): boolean {
  const { driverError, code, message } = thrown as {
    driverError?: { code?: string; message?: string };
    code?: string;
    message?: string;
  };
  const codes = [code, driverError?.code].filter((value) => typeof value === 'string');
  if (codes.some((value) => /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|08...|53...|57P..)$/.test(value)))
    return true;
  return /Connection terminated|not currently accepting connections|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
    driverError?.message ?? message ?? '',
  );
}
