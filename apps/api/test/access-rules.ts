import type { ApiKeyScope } from '@app/tenants';

/**
 * Who may call what: the product's table of routes, written a second time, by hand. The walk holds every route of
 * openapi.json against it, so a route without a line here fails, and so does one whose guard says otherwise.
 */
export type Rule = Guarded | { open: true } | { ownDoor: string };

interface Guarded {
  /** What an API key needs; left out: keys are never allowed. */
  scope?: ApiKeyScope;
  /** The least a signed-in person must be; left out: people are never allowed. */
  session?: 'agent' | 'admin';
  /** For a route with an id: what another tenant's id is answered with. */
  foreign?: { of: 'conversation' | 'delivery' | 'user' | 'apiKey'; status: 404; code: 2002 | 2011 };
  /** A body that would be accepted, where the body is looked at before the id. */
  body?: unknown;
}

const READ = { scope: 'integrations:read', session: 'agent' } as const;
const WRITE = { scope: 'integrations:write', session: 'admin' } as const;
const OPEN = { open: true } as const;
const hs = '/integrations/hubspot';

export const ACCESS_RULES: Readonly<Record<string, Rule>> = {
  'POST /auth/login': OPEN,
  'POST /auth/logout': { session: 'agent' },
  'GET /auth/me': { session: 'agent' },

  'GET /integrations': READ,
  [`GET ${hs}`]: READ,
  [`POST ${hs}/connect`]: { scope: 'integrations:connect', session: 'admin' },
  [`GET ${hs}/oauth/start`]: { ownDoor: 'sends a browser to sign in, or on to HubSpot' },
  [`GET ${hs}/oauth/callback`]: { ownDoor: 'answers 2014 to whoever has no state and cookie' },
  [`POST ${hs}/enable`]: { ...WRITE, body: {} },
  [`POST ${hs}/disable`]: WRITE,
  [`DELETE ${hs}`]: WRITE,
  [`GET ${hs}/writeback`]: READ,
  [`GET ${hs}/writeback/stats`]: READ,
  [`GET ${hs}/options`]: READ,
  [`PATCH ${hs}/writeback`]: WRITE,
  [`PATCH ${hs}/options`]: WRITE,
  [`GET ${hs}/deliveries`]: READ,
  [`GET ${hs}/deliveries/{id}`]: { ...READ, foreign: { of: 'delivery', status: 404, code: 2011 } },
  [`POST ${hs}/deliveries/{id}/replay`]: { ...WRITE, foreign: { of: 'delivery', status: 404, code: 2011 } },
  [`POST ${hs}/deliveries/replay`]: WRITE,
  [`GET ${hs}/contacts`]: READ,
  [`POST ${hs}/webhooks`]: { ownDoor: 'takes HubSpot’s signature and nothing else' },

  'POST /conversations': { scope: 'conversations:write', session: 'agent' },
  'POST /conversations/batch': { scope: 'conversations:write', session: 'agent' },
  'GET /conversations': { scope: 'conversations:read', session: 'agent' },
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

  'GET /health/live': OPEN,
  'GET /health/ready': OPEN,
  'GET /metrics': OPEN,
};
