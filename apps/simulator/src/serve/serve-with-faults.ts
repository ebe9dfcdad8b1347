import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NO_PORTAL } from '../control/statistics.js';
import { faultedAnswer, type FaultAction, type Moment } from '../faults/fault-actions.js';
import type { LimitFamily } from '../limits/rate-limiter.js';
import type { Portal } from '../portal/portal.js';
import { newCorrelationId } from '../refuse/refusal.js';
import type { SimulatorState } from './simulator-state.js';

/** An answer ready to be sent. */
export interface SerialisedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
}

/** Who calls what, as faults and statistics see it. */
export interface Caller {
  readonly portal: Portal | undefined;
  readonly appId: number;
  readonly isOAuth: boolean;
  readonly route: string;
  readonly limit: LimitFamily;
}

export interface EffectContext {
  readonly correlationId: string;
  readonly actions: readonly FaultAction[];
}

/**
 * Takes a call from arrival to answer: counts it, lets faults strike before and after it takes effect, and adds the
 * portal's latency, half on the way in and half on the way out. `effect` is one synchronous step, so a call takes
 * effect whole or not at all, and it does so even when the client has given up waiting.
 */
export async function serveWithFaults(
  state: SimulatorState,
  caller: Caller,
  request: FastifyRequest,
  reply: FastifyReply,
  effect: (context: EffectContext) => SerialisedAnswer,
): Promise<FastifyReply> {
  const arrivedAt = state.clock.now();
  const startedAt = performance.now();
  const correlationId = newCorrelationId();
  const path = pathOf(request);
  const hubId = caller.portal?.hubId ?? NO_PORTAL;
  state.statistics.attempt(hubId, caller.appId, caller.limit, arrivedAt);
  const actions = state.faults.strike({
    hubId: caller.portal?.hubId,
    method: request.method,
    path,
    route: caller.route,
  });

  const finish = (status: number): void => {
    const durationMs = performance.now() - startedAt;
    state.statistics.finish(hubId, {
      method: request.method,
      path,
      route: caller.route,
      status,
      at: arrivedAt,
      durationMs,
    });
  };
  const send = (answer: SerialisedAnswer): FastifyReply => {
    finish(answer.status);
    return reply
      .code(answer.status)
      .headers({ 'x-hubspot-correlation-id': correlationId, ...answer.headers })
      .send(answer.payload);
  };
  const strike = async (moment: Moment): Promise<SerialisedAnswer | 'cut' | undefined> => {
    for (const action of actions) {
      if (action.kind === 'batch_item' || action.kind === 'truncate') continue;
      if ((action.when ?? 'before') !== moment) continue;
      if (action.kind === 'reset') return 'cut';
      if (action.kind === 'delay') await sleep(action.ms);
      else return faultedAnswer(action, { ...caller, hubId, now: state.clock.now() }, correlationId);
    }
    return undefined;
  };
  const conclude = (struck: SerialisedAnswer | 'cut'): FastifyReply => {
    if (struck !== 'cut') return send(struck);
    finish(0);
    return cutConnection(request, reply);
  };

  const before = actions.length > 0 ? await strike('before') : undefined;
  if (before) return conclude(before);
  const latencyMs = caller.portal ? drawLatency(caller.portal) : 0;
  if (latencyMs > 0) await sleep(latencyMs / 2);
  const answer = effect({ correlationId, actions });
  state.journal.commit();
  if (latencyMs > 0) await sleep(latencyMs / 2);
  const after = actions.length > 0 ? await strike('after') : undefined;
  if (after) return conclude(after);
  return send(truncated(answer, actions));
}

export const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? request.url;

const drawLatency = ({ settings }: Portal): number => {
  const { fixedMs, jitterMs } = settings.latency;
  return fixedMs + (jitterMs > 0 ? Math.random() * jitterMs : 0);
};

function truncated(answer: SerialisedAnswer, actions: readonly FaultAction[]): SerialisedAnswer {
  const action = actions.find(({ kind }) => kind === 'truncate');
  if (action?.kind !== 'truncate') return answer;
  const kept = Math.floor(answer.payload.length * (action.keepShare ?? 0.5));
  return { ...answer, payload: answer.payload.slice(0, kept) };
}

/** Ends the connection with a TCP reset, as a crashed proxy does; the client sees ECONNRESET. */
function cutConnection(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  const { socket } = request.raw;
  // Only real sockets can be reset; an injected request's stand-in can only be destroyed.
  if (typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy();
  else socket.destroy();
  return reply;
}
