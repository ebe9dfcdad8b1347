import type { ApiKeyScope } from '@app/tenants';

/**
 * Who may call what: the product's table of routes, written a second time, by hand. The walk holds every route of
 * openapi.json against it, so a route without a line here fails, and so does one whose guard says otherwise.
 */
export type Rule = Guarded | { open: true } | OwnDoor;

/** Opens to no key, and to people or HubSpot in a way of its own: exactly what everyone is answered. */
export interface OwnDoor {
  ownDoor: Record<Visitor, Refusal>;
  /** Name of the security scheme in openapi.json. */
  by: 'session' | 'hubspotSignature';
}

/** `browser`: whoever accepts pages and is not signed in. */
export type Visitor = 'nobody' | 'browser' | 'key' | 'unknownSession' | 'agent' | 'admin';
/** With where it leads, for a redirection. */
export type Refusal = readonly [status: number, code?: number, reason?: string];

interface Guarded {
  /** What an API key needs; left out: keys are never allowed. */
  scope?: ApiKeyScope;
  /** The least a signed-in person must be; left out: people are never allowed. */
  session?: 'agent' | 'admin';
  /** For a route with an id: what another tenant's id is answered with. */
  foreign?: { of: 'conversation' | 'delivery' | 'user' | 'apiKey' | 'aiAgent'; status: 404; code: 2002 | 2011 };
  /** For a route that names what every tenant has of its own: there is no other tenant's behind that name. */
  ownName?: true;
  /** A body that would be accepted, where the body is looked at before the id. */
  body?: unknown;
}

/** For an admin's browser alone, who is refused only for coming without a ticket or a state. */
const BROWSERS_DOOR: OwnDoor = {
  by: 'session',
  ownDoor: {
    nobody: [401, 2012],
    browser: [401],
    key: [401, 2012],
    unknownSession: [401, 2012],
    agent: [403, 2005, 'admin_required'],
    admin: [400, 2014, 'missing_code_or_state'],
  },
};

const UNSIGNED: Refusal = [401, 2004, 'missing_signature'];

const READ = { scope: 'integrations:read', session: 'agent' } as const;
const WRITE = { scope: 'integrations:write', session: 'admin' } as const;
const SKILLS = { scope: 'skills:write', session: 'admin' } as const;
const OPEN = { open: true } as const;
const hs = '/integrations/hubspot';
const bindings = '/agents/{agentId}/integrations/hubspot/bindings';
const install = '/agents/{agentId}/integrations/hubspot/pack/install';

export const ACCESS_RULES: Readonly<Record<string, Rule>> = {
  'POST /auth/login': OPEN,
  'POST /auth/logout': { session: 'agent' },
  'GET /auth/me': { session: 'agent' },

  'GET /integrations': READ,
  [`GET ${hs}`]: READ,
  [`GET ${hs}/scopes`]: READ,
  [`POST ${hs}/connect`]: { scope: 'integrations:connect', session: 'admin' },
  [`GET ${hs}/oauth/start`]: {
    ...BROWSERS_DOOR,
    ownDoor: { ...BROWSERS_DOOR.ownDoor, browser: [302], admin: [400, 2014, 'state_mismatch'] },
  },
  [`GET ${hs}/oauth/callback`]: BROWSERS_DOOR,
  [`POST ${hs}/enable`]: { ...WRITE, body: {} },
  [`POST ${hs}/disable`]: WRITE,
  [`DELETE ${hs}`]: WRITE,
  [`GET ${hs}/writeback`]: READ,
  [`GET ${hs}/writeback/stats`]: READ,
  [`GET ${hs}/writeback/history`]: READ,
  [`GET ${hs}/options`]: READ,
  [`PATCH ${hs}/writeback`]: WRITE,
  [`PATCH ${hs}/options`]: WRITE,
  [`GET ${hs}/deliveries`]: READ,
  [`GET ${hs}/deliveries/{id}`]: { ...READ, foreign: { of: 'delivery', status: 404, code: 2011 } },
  [`POST ${hs}/deliveries/{id}/replay`]: { ...WRITE, foreign: { of: 'delivery', status: 404, code: 2011 } },
  [`POST ${hs}/deliveries/replay`]: WRITE,
  [`GET ${hs}/contacts`]: READ,
  [`GET ${hs}/properties`]: READ,
  [`POST ${hs}/discover`]: WRITE,
  [`GET ${hs}/objects`]: READ,
  [`GET ${hs}/objects/{object}`]: { ...READ, ownName: true },
  [`GET ${hs}/search`]: READ,
  [`GET ${hs}/pack`]: READ,
  [`PATCH ${hs}/pack`]: SKILLS,
  [`POST ${hs}/webhooks`]: {
    by: 'hubspotSignature',
    ownDoor: {
      nobody: UNSIGNED,
      browser: UNSIGNED,
      key: UNSIGNED,
      unknownSession: UNSIGNED,
      agent: UNSIGNED,
      admin: UNSIGNED,
    },
  },

  'POST /conversations': { scope: 'conversations:write', session: 'agent' },
  'POST /conversations/batch': { scope: 'conversations:write', session: 'agent' },
  'GET /conversations': { scope: 'conversations:read', session: 'agent' },
  'GET /conversations/open': { scope: 'conversations:read', session: 'agent' },
  'GET /conversations/{id}/messages': {
    scope: 'conversations:read',
    session: 'agent',
    foreign: { of: 'conversation', status: 404, code: 2002 },
  },
  'POST /conversations/{id}/replies': {
    session: 'agent',
    foreign: { of: 'conversation', status: 404, code: 2002 },
    body: { text: 'Hello' },
  },
  'GET /conversations/{id}': {
    scope: 'conversations:read',
    session: 'agent',
    foreign: { of: 'conversation', status: 404, code: 2002 },
  },
  'GET /conversations/{id}/contact': { ...READ, foreign: { of: 'conversation', status: 404, code: 2002 } },
  'POST /conversations/{id}/messages': {
    scope: 'conversations:write',
    session: 'agent',
    foreign: { of: 'conversation', status: 404, code: 2002 },
    body: { messages: [] },
  },
  'POST /conversations/{id}/close': {
    scope: 'conversations:write',
    session: 'agent',
    foreign: { of: 'conversation', status: 404, code: 2002 },
    body: {},
  },

  'POST /conversations/{id}/verification': {
    scope: 'skills:execute',
    foreign: { of: 'conversation', status: 404, code: 2002 },
    body: { contactId: '1', method: 'signed_in', verifiedBy: 'Somebody' },
  },

  'GET /api-keys': { session: 'admin' },
  'POST /api-keys': { session: 'admin' },
  'DELETE /api-keys/{id}': { session: 'admin', foreign: { of: 'apiKey', status: 404, code: 2011 } },
  'GET /users': { session: 'admin' },
  'POST /users': { session: 'admin' },
  'PATCH /users/{id}': {
    session: 'admin',
    foreign: { of: 'user', status: 404, code: 2011 },
    body: { role: 'agent' },
  },
  'GET /audit': { session: 'admin' },

  'GET /agents': READ,
  'POST /agents': SKILLS,
  'GET /agents/{agentId}': { ...READ, foreign: { of: 'aiAgent', status: 404, code: 2011 } },
  'PATCH /agents/{agentId}': { ...SKILLS, foreign: { of: 'aiAgent', status: 404, code: 2011 }, body: {} },
  'DELETE /agents/{agentId}': { ...SKILLS, foreign: { of: 'aiAgent', status: 404, code: 2011 } },
  [`GET ${bindings}`]: { ...READ, foreign: { of: 'aiAgent', status: 404, code: 2011 } },
  [`POST ${bindings}`]: { ...SKILLS, foreign: { of: 'aiAgent', status: 404, code: 2011 }, body: {} },
  [`POST ${bindings}/auto`]: {
    ...SKILLS,
    foreign: { of: 'aiAgent', status: 404, code: 2011 },
    body: { goal: 'find a contact by phone' },
  },
  [`POST ${bindings}/check`]: { ...SKILLS, foreign: { of: 'aiAgent', status: 404, code: 2011 }, body: {} },
  [`POST ${bindings}/{bindingId}/check`]: { ...SKILLS, foreign: { of: 'aiAgent', status: 404, code: 2011 }, body: {} },
  [`GET ${bindings}/{bindingId}`]: { ...READ, foreign: { of: 'aiAgent', status: 404, code: 2011 } },
  [`GET ${bindings}/{bindingId}/versions`]: { ...READ, foreign: { of: 'aiAgent', status: 404, code: 2011 } },
  [`PATCH ${bindings}/{bindingId}`]: { ...SKILLS, foreign: { of: 'aiAgent', status: 404, code: 2011 }, body: {} },
  [`DELETE ${bindings}/{bindingId}`]: { ...SKILLS, foreign: { of: 'aiAgent', status: 404, code: 2011 } },
  [`POST ${install}`]: { ...SKILLS, foreign: { of: 'aiAgent', status: 404, code: 2011 } },

  'POST /agents/{agentId}/skills/{name}/execute': {
    scope: 'skills:execute',
    foreign: { of: 'aiAgent', status: 404, code: 2011 },
    body: {},
  },
  'POST /agents/{agentId}/skills/{name}/try': {
    ...SKILLS,
    foreign: { of: 'aiAgent', status: 404, code: 2011 },
    body: {},
  },
  'GET /agents/{agentId}/runs': { ...READ, foreign: { of: 'aiAgent', status: 404, code: 2011 } },

  'POST /agents/{agentId}/mcp': {
    scope: 'skills:execute',
    foreign: { of: 'aiAgent', status: 404, code: 2011 },
    body: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
  },
  // Not in the document: 405 to whoever may call.
  'GET /agents/{agentId}/mcp': { scope: 'skills:execute' },
  'DELETE /agents/{agentId}/mcp': { scope: 'skills:execute' },

  'GET /events': { session: 'agent' },

  'GET /health/live': OPEN,
  'GET /health/ready': OPEN,
  'GET /metrics': OPEN,
};

/** The same for everyone: files without data. */
const SAME_FOR_ALL: Record<Visitor, Refusal> = {
  nobody: [200],
  browser: [200],
  key: [200],
  unknownSession: [200],
  agent: [200],
  admin: [200],
};

/**
 * What is not in the document: pages, for browsers. The console's are the same for everyone, and find out in the browser
 * who is there; whoever is not signed in is led to the sign-in page before connecting.
 */
export const PAGES: Readonly<Record<string, Record<Visitor, Refusal>>> = {
  'GET /': SAME_FOR_ALL,
  'GET /sign-in': SAME_FOR_ALL,
  'GET /settings/integrations/hubspot': SAME_FOR_ALL,
  'GET /settings/integrations/hubspot/connect': {
    nobody: [302],
    browser: [302],
    key: [302],
    unknownSession: [302],
    agent: [403, 2005, 'admin_required'],
    admin: [302],
  },
};
