import type { Clock, Logger } from '@app/platform';
import type { ConnectionRepository } from '@app/tenants';
import { MIGRATING, type RateBudget, type TrafficClass, type TurnedAway } from '../budget/rate-budget.js';
import type { AccessTokens, NoToken, TokenLease } from '../tokens/access-tokens.js';
import type { CallMetrics } from './call-metrics.js';
import { classifyAnswer } from './classify-answer.js';
import { anySignal } from './any-signal.js';
import type { HubSpotAnswer, HubSpotNotNow } from './hubspot-answer.js';
import type { HubSpotCall, HubSpotReply, HubSpotTransport } from './hubspot-transport.js';
import { Stopping } from './stopping.js';

export interface HubSpotRequest extends Omit<HubSpotCall, 'accessToken'> {
  tenantId: string;
  /** Who is waiting: agents go before deliveries, deliveries before imports. */
  class: TrafficClass;
  /** Which of HubSpot's limits the call counts against. */
  kind: 'burst' | 'search';
  /** Whether it can change anything in HubSpot: then it is never repeated on an unknown outcome. */
  write: boolean;
  /** The work goes on without it: that its scope is missing is no trouble of the connection. */
  optional?: boolean;
  /** Whose records it names. Left out: those of the portal that is connected when it begins. */
  portalId?: string;
}

/** A 429 or a connection lost while reading is worth one more try here: the steps before it are paid for. */
const ATTEMPTS = 2;

/**
 * One request of a tenant to its portal: token, budget, time-out, classified answer. What an answer says about the
 * connection or the quota is acted upon before it is handed on. Never throws for anything HubSpot does.
 */
export class HubSpotClient {
  constructor(
    private readonly transport: Pick<HubSpotTransport, 'send'>,
    private readonly tokens: AccessTokens,
    private readonly budget: RateBudget,
    private readonly connections: Pick<ConnectionRepository, 'needAttention'>,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly metrics?: Pick<CallMetrics, 'observe'>,
    private readonly stopping = new Stopping(),
  ) {}

  /** Costs one HTTP call; two when the first was throttled, met a rejected token, or was a read that lost its connection. */
  async request(request: HubSpotRequest): Promise<HubSpotAnswer> {
    const { tenantId } = request;
    const { begun } = this.stopping;
    if (begun.aborted) return STOPPING;
    let lease = await this.tokens.get(tenantId);
    const portalId = request.portalId ?? (lease.available ? lease.portalId : undefined);
    for (let attempt = 1; ; attempt++) {
      if (!lease.available) return this.withoutToken(lease);
      // What the request names are records of the portal it began with.
      if (lease.portalId !== portalId) return { outcome: 'not_connected', detail: 'Another portal was connected' };
      const answer = await this.send(request, lease);
      if (request.signal?.aborted) return GIVEN_UP;
      // What was read is of no use to a process that ends; what became of a write is, if there is an answer.
      if (begun.aborted && (!request.write || isUncommitted(answer))) return STOPPING;
      if (answer.outcome === 'missing_scopes' && request.optional !== true)
        await this.reportMissingScopes(request.tenantId, answer.scopes, lease);
      // Once: a token that was just renewed and is rejected too is no reason to renew again.
      const rejected = answer.outcome === 'unauthorised' && (attempt < ATTEMPTS || lease.kind === 'token');
      if (rejected) {
        const next = await this.tokens.replaceRejected(request.tenantId, lease.accessToken);
        if (!next.available) return next.isPassing ? this.withoutToken(next) : answer;
        lease = next;
      }
      if (attempt === ATTEMPTS || !(rejected || isWorthRepeating(answer, request.write))) return answer;
    }
  }

  private async send(request: HubSpotRequest, lease: TokenLease): Promise<HubSpotAnswer> {
    const { begun } = this.stopping;
    const { portalId } = lease;
    const waiting = anySignal([begun, request.signal]);
    const grant = await this.budget
      .acquire(portalId, {
        kind: request.kind,
        class: request.class,
        connection: lease.kind,
        signal: waiting.signal,
      })
      .finally(waiting.release);
    if (waiting.signal.aborted) {
      if (grant.granted) grant.settle();
      return begun.aborted ? STOPPING : GIVEN_UP;
    }
    if (!grant.granted) return turnedAway(grant);
    if (this.tokens.isSpent(lease)) {
      // It ran out while the call waited for its place.
      const next = await this.tokens.get(request.tenantId);
      if (!next.available || next.portalId !== portalId) {
        grant.settle();
        return next.available
          ? { outcome: 'not_connected', detail: 'Another portal was connected' }
          : this.withoutToken(next);
      }
      lease = next;
    }
    const sentAt = this.clock.now();
    const { method, path, query, body, write } = request;
    const gone = anySignal([write ? undefined : begun, request.signal]);
    const reply = await this.transport
      .send({ accessToken: lease.accessToken, method, path, query, body, signal: gone.signal })
      .finally(() => {
        gone.release();
        grant.settle();
      });
    const now = this.clock.now();
    const answer = classifyAnswer(reply, { write, now, timeZone: lease.timeZone });
    await this.learn(portalId, request.kind, reply, answer);
    const status = 'failure' in reply ? undefined : reply.status;
    const durationMs = now.getTime() - sentAt.getTime();
    const { outcome } = answer;
    this.metrics?.observe({ portalId, class: request.class, kind: request.kind, status, outcome, durationMs });
    this.logger.debug(
      {
        tenantId: request.tenantId,
        portalId,
        class: request.class,
        method,
        path,
        status,
        outcome,
        correlationId: 'failure' in reply ? undefined : reply.headers['x-hubspot-correlation-id'],
        durationMs,
      },
      'hubspot call',
    );
    return answer;
  }

  /** A renewal that is cut off because the process ends is no trouble of HubSpot's, and nobody's try. */
  private withoutToken({ detail, isPassing, retryAfterSeconds }: NoToken): HubSpotAnswer {
    if (!isPassing) return { outcome: 'not_connected', detail };
    if (this.stopping.begun.aborted) return STOPPING;
    return { outcome: 'unavailable', committed: 'no', detail, retryAfterSeconds, lostConnection: false };
  }

  private async learn(
    portalId: string,
    kind: 'burst' | 'search',
    reply: HubSpotReply,
    answer: HubSpotAnswer,
  ): Promise<void> {
    if (answer.outcome === 'throttled') {
      await this.budget.block(portalId, {
        kind,
        policy: answer.policy ?? 'unnamed',
        seconds: answer.retryAfterSeconds,
      });
    } else if (answer.outcome === 'locked' && answer.status === 477) {
      await this.budget.block(portalId, { kind, policy: MIGRATING, seconds: answer.retryAfterSeconds });
    }
    const quota = 'failure' in reply ? undefined : readQuota(reply.headers);
    if (quota !== undefined) await this.budget.learn(portalId, quota);
  }

  private async reportMissingScopes(tenantId: string, missingScopes: string[], refused: TokenLease): Promise<void> {
    const problem = {
      reason: 'missing_scope',
      detail: `HubSpot asks for a scope that this connection was not granted: ${missingScopes.join(', ') || 'unnamed'}. Grant it in HubSpot, then connect again.`,
      missingScopes,
    };
    await this.connections.needAttention(tenantId, problem, refused);
  }
}

const STOPPING: HubSpotAnswer = { outcome: 'stopping' };

/** Whoever asked is no longer there to be answered. */
const GIVEN_UP: HubSpotAnswer = {
  outcome: 'unavailable',
  committed: 'no',
  detail: 'The question was taken back',
  lostConnection: false,
};

/** The budget has no room: as if HubSpot had said so, without asking it. */
export function turnedAway({ blockedBy, retryAfterSeconds }: TurnedAway): HubSpotNotNow {
  if (blockedBy === MIGRATING) return { outcome: 'locked', status: 477, retryAfterSeconds };
  return { outcome: 'throttled', by: 'budget', policy: blockedBy, retryAfterSeconds };
}

/** What says "not now" of a write, and that nothing of it was carried out. */
function isUncommitted(answer: HubSpotAnswer): boolean {
  return answer.outcome === 'throttled' || (answer.outcome === 'unavailable' && answer.committed === 'no');
}

function isWorthRepeating(answer: HubSpotAnswer, write: boolean): boolean {
  if (answer.outcome === 'throttled') return answer.by === 'hubspot';
  return answer.outcome === 'unavailable' && !write && answer.lostConnection;
}

/** `X-HubSpot-RateLimit-Max` calls per `-Interval-Milliseconds`; search answers carry neither. */
function readQuota(headers: Record<string, string>): { max: number; windowMs: number } | undefined {
  const max = Number(headers['x-hubspot-ratelimit-max']);
  const windowMs = Number(headers['x-hubspot-ratelimit-interval-milliseconds']);
  const plausible = Number.isInteger(max) && max >= 1 && max <= 100_000 && windowMs >= 1_000 && windowMs <= 60_000;
  return plausible ? { max, windowMs } : undefined;
}
