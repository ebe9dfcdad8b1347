import type { FastifyInstance } from 'fastify';
import { isObject } from '../serve/read-json.js';
import type { SimulatorState } from '../serve/simulator-state.js';
import { badCall, ControlProblem, controlRoute } from './control-route.js';
import { findApp } from './token-controls.js';

/** The Webhooks Journal: files on demand, days that are over, tokens that ran out. */
export function registerJournalControls(app: FastifyInstance, state: SimulatorState): void {
  controlRoute(app, state, 'POST', '/apps/:clientId/journal', ({ params, body }) => {
    const named = findApp(state, { clientId: params['clientId'] });
    if (named instanceof ControlProblem) return named;
    const given: unknown = body['events'];
    if (!Array.isArray(given) || !given.every(isObject)) return badCall('events must be a list of objects');
    return { offset: state.journalFeed.put(named.appId, given).offset };
  });
  controlRoute(app, state, 'POST', '/apps/:clientId/journal/forget', ({ params, body }) => {
    const named = findApp(state, { clientId: params['clientId'] });
    if (named instanceof ControlProblem) return named;
    const count = Number(body['count']);
    if (!(count > 0)) return badCall('count must be above 0');
    state.journalFeed.forget(named.appId, count);
    return { forgotten: count };
  });
  controlRoute(app, state, 'POST', '/journal/expire-tokens', () => ({ expired: state.journalFeed.expireTokens() }));
}
