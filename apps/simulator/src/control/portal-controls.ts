import type { FastifyInstance } from 'fastify';
import type { Portal } from '../portal/portal.js';
import { settingsProblem } from '../portal/settings-problem.js';
import type { SeedOptions } from '../seed/index.js';
import { isObject, type JsonObject } from '../serve/read-json.js';
import type { SimulatorState } from '../serve/simulator-state.js';
import { badCall, ControlProblem, controlRoute, portalOf } from './control-route.js';
import { seedPortal } from './keep-records.js';
import { issueStaticToken } from './token-controls.js';

const presentPortal = (portal: Portal): unknown => ({
  ...portal.settings,
  counts: Object.fromEntries(Array.from(portal.allStores(), (store) => [store.typeKey, store.liveCount])),
});

/** Making, listing, changing and removing portals. */
export function registerPortalControls(app: FastifyInstance, state: SimulatorState): void {
  controlRoute(app, state, 'GET', '/portals', () => ({ portals: state.portals.all().map(presentPortal) }));
  controlRoute(app, state, 'POST', '/portals', ({ body }) => openPortal(state, body));
  controlRoute(app, state, 'GET', '/portals/:hubId', (call) => {
    const portal = portalOf(state, call);
    return portal instanceof ControlProblem ? portal : presentPortal(portal);
  });
  controlRoute(app, state, 'PATCH', '/portals/:hubId', (call) => {
    const portal = portalOf(state, call);
    if (portal instanceof ControlProblem) return portal;
    const problem = settingsProblem(call.body);
    if (problem) return badCall(problem);
    portal.change(call.body);
    return presentPortal(portal);
  });
  controlRoute(app, state, 'DELETE', '/portals/:hubId', (call) => {
    const portal = portalOf(state, call);
    if (portal instanceof ControlProblem) return portal;
    removePortal(state, portal.hubId);
    return { removed: portal.hubId };
  });
  controlRoute(app, state, 'POST', '/reset', () => {
    for (const portal of state.portals.all()) removePortal(state, portal.hubId);
    state.faults.clear();
    state.limiter.reset();
    state.webhookSender.reset();
    state.journalFeed.reset();
    state.statistics.reset();
    state.clock.run();
    state.clock.set(Date.now());
    return { portals: 0 };
  });
}

function removePortal(state: SimulatorState, hubId: number): void {
  state.oauth.forgetPortal(hubId);
  state.portals.remove(hubId);
  state.faults.clear(hubId);
  state.statistics.reset(hubId);
}

export interface OpenedPortal {
  readonly hubId: number;
  /** Undefined when `token: false` was asked for. */
  readonly token: string | undefined;
}

/**
 * Makes a portal. Beside its settings the body takes `hubId`, `seed` (`{ seed, contacts, owners }` or a number of contacts) and
 * `token` (`{ token?, scopes? }`, or false for none).
 */
export function openPortal(state: SimulatorState, body: JsonObject): OpenedPortal | ControlProblem {
  const { hubId, seed, token, ...settings } = body;
  if (hubId !== undefined && (!Number.isSafeInteger(hubId) || Number(hubId) < 1)) {
    return badCall('hubId must be a whole number above 0');
  }
  const problem = settingsProblem(settings);
  if (problem) return badCall(problem);
  const seeding = readSeed(seed);
  if (seeding instanceof ControlProblem) return seeding;
  const portal = state.portals.create(hubId as number | undefined, settings);
  if (!portal) return new ControlProblem(409, `portal ${String(hubId)} exists already`);
  if (seeding) seedPortal(portal, seeding);
  if (token === false) return { hubId: portal.hubId, token: undefined };
  const issued = issueStaticToken(state, portal, isObject(token) ? token : {});
  if (issued instanceof ControlProblem) {
    removePortal(state, portal.hubId);
    return issued;
  }
  return { hubId: portal.hubId, token: issued.token };
}

function readSeed(given: unknown): SeedOptions | undefined | ControlProblem {
  if (given === undefined || given === null || given === false) return undefined;
  const contacts = isObject(given) ? given['contacts'] : given;
  const seed = isObject(given) ? (given['seed'] ?? 1) : 1;
  const owners = isObject(given) ? given['owners'] : undefined;
  if (!isCount(contacts) || !Number.isInteger(seed) || !(owners === undefined || isCount(owners))) {
    return badCall('seed must be a number of contacts, or { seed, contacts, owners }');
  }
  return { seed: Number(seed), contacts, ...(owners === undefined ? {} : { owners }) };
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}
