import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { type DeliveriesSearch, readDeliveriesSearch } from './deliveries/deliveries-search.js';
import { Frame } from './frame/frame.js';
import { NotFound } from './frame/not-found.js';
import { PageFailed } from './frame/page-failed.js';
import { PageLoading } from './frame/page-loading.js';
import { connectionQuery, writebackQuery } from './hubspot/connection.js';
import { optionsQuery } from './hubspot/options.js';
import { sessionQuery } from './session/session.js';
import { SignInPage } from './session/sign-in-page.js';
import { type AgentSearch, readAgentSearch, readSkillSearch, type SkillSearch } from './skills/skills-search.js';

interface RouterContext {
  queryClient: QueryClient;
}

interface SignInSearch {
  /** Where to go afterwards; looked at by the page before it is followed. */
  next?: string;
  /** A session ran out, rather than that none was begun. */
  ended?: boolean;
}

interface ConnectSearch {
  /** What came of HubSpot's consent page, when that leads here. */
  connect?: 'connected' | 'declined';
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ next, ended }): SignInSearch => ({
    next: typeof next === 'string' ? next : undefined,
    ended: ended === true || undefined,
  }),
  component: SignInPage,
});

/** Everything behind the sign-in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: '/sign-in', search: { next: location.href } });
    return { session };
  },
  component: Frame,
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: context.session.role === 'agent' ? '/desk' : '/settings/integrations/hubspot' });
  },
});

const hubspot = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/integrations/hubspot',
  validateSearch: ({ connect }): ConnectSearch => ({
    connect: connect === 'connected' || connect === 'declined' ? connect : undefined,
  }),
  // Asked for together, while the page's own code is fetched; the page waits for what it needs of them.
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(connectionQuery);
    void queryClient.prefetchQuery(writebackQuery);
    void queryClient.prefetchQuery(optionsQuery);
  },
  component: lazyRouteComponent(() => import('./hubspot/hubspot-page.js'), 'HubSpotPage'),
});

const desk = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk',
  component: lazyRouteComponent(() => import('./desk/desk-page.js'), 'DeskPage'),
});

/** Within the desk: choosing another conversation leaves the list where it is. */
const conversation = createRoute({ getParentRoute: () => desk, path: '$conversationId' });

const deliveries = createRoute({
  getParentRoute: () => signedIn,
  path: '/deliveries',
  validateSearch: (search): DeliveriesSearch => readDeliveriesSearch(search),
  component: lazyRouteComponent(() => import('./deliveries/deliveries-page.js'), 'DeliveriesPage'),
});

/** For whoever has the link, signed in or not: the other side of a chat, in demo mode. */
const customer = createRoute({
  getParentRoute: () => root,
  path: '/customer/$token',
  component: lazyRouteComponent(() => import('./customer/customer-page.js'), 'CustomerPage'),
});

const apiKeys = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/api-keys',
  component: lazyRouteComponent(() => import('./api-keys/api-keys-page.js'), 'ApiKeysPage'),
});

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/audit',
  component: lazyRouteComponent(() => import('./audit/audit-page.js'), 'AuditPage'),
});

const users = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/users',
  component: lazyRouteComponent(() => import('./users/users-page.js'), 'UsersPage'),
});

const agents = createRoute({
  getParentRoute: () => signedIn,
  path: '/skills',
  component: lazyRouteComponent(() => import('./skills/agents-page.js'), 'AgentsPage'),
});

const agent = createRoute({
  getParentRoute: () => signedIn,
  path: '/skills/$agentId',
  validateSearch: (search): AgentSearch => readAgentSearch(search),
  component: lazyRouteComponent(() => import('./skills/agent-page.js'), 'AgentPage'),
});

const newSkill = createRoute({
  getParentRoute: () => signedIn,
  path: '/skills/$agentId/new',
  component: lazyRouteComponent(() => import('./skills/build/new-skill-page.js'), 'NewSkillPage'),
});

const skill = createRoute({
  getParentRoute: () => signedIn,
  path: '/skills/$agentId/$bindingId',
  validateSearch: (search): SkillSearch => readSkillSearch(search),
  component: lazyRouteComponent(() => import('./skills/skill-page.js'), 'SkillPage'),
});

const routes = root.addChildren([
  signIn,
  customer,
  signedIn.addChildren([
    home,
    desk.addChildren([conversation]),
    deliveries,
    agents,
    agent,
    newSkill,
    skill,
    hubspot,
    apiKeys,
    audit,
    users,
  ]),
]);

export function createConsoleRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: routes,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultErrorComponent: PageFailed,
    defaultPendingComponent: PageLoading,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

/** The code of the page that the address names, fetched while it is asked who is signed in. */
export function fetchPage(router: ConsoleRouter): void {
  const [routes] = router.getMatchedRoutes(globalThis.location.pathname);
  // What fails is fetched again, and told, when the page is shown.
  for (const route of routes) router.loadRouteChunk(route)?.catch(() => undefined);
}

export type ConsoleRouter = ReturnType<typeof createConsoleRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: ConsoleRouter;
  }
}
