import type { FastifyInstance } from 'fastify';
import { readFaultRule } from '../faults/read-fault-rule.js';
import type { SimulatorState } from '../serve/simulator-state.js';
import { badCall, controlRoute, notFound } from './control-route.js';
import { NO_PORTAL } from './statistics.js';

/** Faults, the clock, limits and statistics. */
export function registerBehaviourControls(app: FastifyInstance, state: SimulatorState): void {
  controlRoute(app, state, 'GET', '/faults', () => ({ faults: state.faults.list() }));
  controlRoute(app, state, 'POST', '/faults', ({ body }) => {
    const rule = readFaultRule(body);
    return typeof rule === 'string' ? badCall(rule) : state.faults.add(rule);
  });
  controlRoute(app, state, 'DELETE', '/faults', ({ query }) => {
    state.faults.clear(query['hubId'] === undefined ? undefined : Number(query['hubId']));
    return { faults: state.faults.list() };
  });
  controlRoute(app, state, 'DELETE', '/faults/:id', ({ params }) =>
    state.faults.remove(params['id'] ?? '') ? { removed: params['id'] } : notFound('fault'),
  );

  const clock = (): unknown => ({
    now: state.clock.now(),
    offsetMs: state.clock.offset,
    stopped: state.clock.isStopped,
  });
  controlRoute(app, state, 'GET', '/clock', clock);
  controlRoute(app, state, 'POST', '/clock', ({ body }) => {
    const now = typeof body['now'] === 'string' ? Date.parse(body['now']) : body['now'];
    const { advanceMs, stopped } = body;
    if (typeof stopped === 'boolean') {
      if (stopped) state.clock.stop();
      else state.clock.run();
    }
    if (typeof now === 'number' && Number.isFinite(now)) state.clock.set(now);
    else if (typeof advanceMs === 'number' && Number.isFinite(advanceMs)) state.clock.advance(advanceMs);
    else if (typeof stopped !== 'boolean')
      return badCall('give advanceMs, now in ms since 1970 or ISO 8601, or stopped');
    return clock();
  });

  controlRoute(app, state, 'GET', '/stats', ({ query }) => {
    const last = Number(query['last'] ?? 100);
    if (query['hubId'] !== undefined) return state.statistics.report(Number(query['hubId']), last);
    const hubIds = [...state.portals.all().map(({ hubId }) => hubId), NO_PORTAL];
    return { portals: Object.fromEntries(hubIds.map((hubId) => [hubId, state.statistics.report(hubId, last)])) };
  });
  controlRoute(app, state, 'DELETE', '/stats', ({ query }) => {
    state.statistics.reset(query['hubId'] === undefined ? undefined : Number(query['hubId']));
    return { reset: true };
  });
  controlRoute(app, state, 'POST', '/limits/reset', () => {
    state.limiter.reset();
    return { reset: true };
  });
}
