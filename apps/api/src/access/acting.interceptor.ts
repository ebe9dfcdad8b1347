import { withTraces } from '@app/platform';
import { type Actor, AuditLog } from '@app/tenants';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Observable } from 'rxjs';
import type { CalledRequest, Caller } from './caller.js';

/** What a request changes was changed by its caller: the audit log learns here who that is, and log
 * lines and deliveries which request it was. */
@Injectable()
export class ActingInterceptor implements NestInterceptor {
  constructor(@Inject(AuditLog) private readonly audit: AuditLog) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { caller, ip, id } = context.switchToHttp().getRequest<CalledRequest>();
    const acting = { actor: actorOf(caller), address: ip, traceId: id };
    return new Observable((subscriber) =>
      withTraces([id], () => this.audit.actAs(acting, () => next.handle().subscribe(subscriber))),
    );
  }
}

function actorOf(caller: Caller | undefined): Actor {
  if (caller === undefined) return { kind: 'system', name: 'Threadline' };
  return caller.kind === 'api_key'
    ? { kind: 'api_key', id: caller.keyId, name: caller.keyName }
    : { kind: 'user', id: caller.userId, name: caller.email };
}
