import { AppError } from '@app/platform';
import { type Begun, IdempotentRequests } from '@app/tenants';
import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { catchError, from, mergeMap, type Observable, of, throwError } from 'rxjs';
import type { CalledRequest } from '../access/caller.js';

/**
 * Repetitions under the same `Idempotency-Key` are answered as the first time, and do nothing. What was refused or failed
 * is not remembered. A process that dies between doing and remembering leaves the one gap: the repetition then does it again.
 */
@Injectable()
class IdempotencyInterceptor implements NestInterceptor {
  constructor(@Inject(IdempotentRequests) private readonly requests: IdempotentRequests) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<CalledRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { caller, method, url, body } = request;
    const key = readKey(request.headers['idempotency-key']);
    if (key === undefined || caller === undefined) return next.handle();
    const { tenantId } = caller;
    const callerId = caller.kind === 'api_key' ? caller.keyId : caller.userId;
    const begun = await this.requests.begin(tenantId, { callerId, route: `${method} ${url}`, key, body });
    if (begun.outcome === 'answered') {
      void reply.status(begun.answer.status).header('Idempotency-Replayed', 'true');
      return of(begun.answer.body);
    }
    if (begun.outcome !== 'new') throw refusal(begun);
    const { attempt } = begun;
    return next.handle().pipe(
      catchError((error: unknown) =>
        from(this.requests.abandon(tenantId, attempt)).pipe(mergeMap(() => throwError(() => error))),
      ),
      // After the work is done nothing gives the key up again: a repetition must not do it twice.
      mergeMap(async (answer: unknown) => {
        await this.requests.settle(tenantId, attempt, { status: reply.statusCode, body: answer });
        return answer;
      }),
    );
  }
}

/** For a route that creates: safe to repeat under an `Idempotency-Key`. */
export function Repeatable(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Made up by the caller, 1 to 200 characters: for a day, repetitions are answered as the first time',
    }),
  );
}

function readKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && /^[\x21-\x7e]{1,200}$/.test(header)) return header;
  throw new AppError(1002, 'Idempotency-Key must be 1 to 200 visible characters', {
    errors: [{ field: 'Idempotency-Key', message: 'must be 1 to 200 visible characters' }],
  });
}

function refusal({ outcome }: Begun): AppError {
  return outcome === 'different'
    ? new AppError(1012, 'This Idempotency-Key was used for something else', { reason: 'idempotency_key_reused' })
    : new AppError(3002, 'The same request is being worked on', { reason: 'in_progress', retryAfterSeconds: 1 });
}
