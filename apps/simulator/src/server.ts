import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { associationBatchRoutes } from './associations/association-batch-routes.js';
import { associationRoutes } from './associations/association-routes.js';
import { labelRoutes } from './associations/label-routes.js';
import { registerControlRoutes } from './control/register-control-routes.js';
import { batchRoutes } from './crm/batch-routes.js';
import { mergeRoutes } from './crm/merge-routes.js';
import { objectRoutes } from './crm/object-routes.js';
import { openJournal } from './journal/open-journal.js';
import { registerConsentRoutes } from './oauth/consent-routes.js';
import { registerTokenRoutes } from './oauth/token-routes.js';
import { registerPages } from './pages/index.js';
import { pagesSource } from './portal/pages-source.js';
import { newCorrelationId } from './refuse/refusal.js';
import { accountRoutes } from './schema/account-routes.js';
import { objectLibraryRoutes } from './schema/object-library-routes.js';
import { objectSchemaRoutes } from './schema/object-schema-routes.js';
import { ownerRoutes } from './schema/owner-routes.js';
import { pipelineRoutes } from './schema/pipeline-routes.js';
import { propertyGroupRoutes } from './schema/property-group-routes.js';
import { propertyRoutes } from './schema/property-routes.js';
import { searchRoutes } from './search/search-routes.js';
import type { ApiRoute } from './serve/api-route.js';
import { serveCall } from './serve/serve-call.js';
import { SimulatorState } from './serve/simulator-state.js';
import { registerJournalRoutes } from './webhooks-journal/journal-routes.js';

export interface SimulatorOptions {
  /** Folder in which everything is kept across restarts; without it, state ends with the process. */
  readonly dataDir?: string;
}

export interface Simulator {
  readonly app: FastifyInstance;
  readonly state: SimulatorState;
  /** Starts to keep changes in the data folder; until then a start that fails has changed nothing there. */
  keepJournal(): void;
  close(): Promise<void>;
}

/** A batch of 100 notes of 65,536 characters, four bytes each, with room to spare; bulk creates send as much. */
const BODY_LIMIT = 64 * 1024 * 1024;

/** Builds a simulator with the state found in its data folder, not listening yet. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const state = new SimulatorState();
  const stored = options.dataDir === undefined ? undefined : openJournal(options.dataDir, state);
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    // Email addresses stand in paths (`idProperty=email`) and may have 254 characters, three bytes each when escaped.
    routerOptions: { maxParamLength: 1_000, ignoreTrailingSlash: true },
  });
  // Bodies stay text until the call's credentials, limits and scopes were looked at, as HubSpot answers in that order.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  const routes: readonly ApiRoute[] = [
    ...objectRoutes,
    ...batchRoutes,
    ...mergeRoutes,
    ...searchRoutes,
    ...associationRoutes,
    ...associationBatchRoutes,
    ...labelRoutes,
    ...propertyRoutes,
    ...propertyGroupRoutes,
    ...pipelineRoutes,
    ...ownerRoutes,
    ...objectSchemaRoutes,
    ...objectLibraryRoutes,
    ...accountRoutes(state),
  ];
  for (const route of routes) {
    for (const { path, dated } of route.paths) {
      app.route({
        method: route.method,
        url: path,
        handler: (request, reply) => serveCall(state, route, dated, request, reply),
      });
    }
  }
  registerTokenRoutes(app, state);
  registerJournalRoutes(app, state);
  registerConsentRoutes(app, state);
  registerControlRoutes(app, state);
  registerPages(app, pagesSource(state));
  app.get('/health', () => ({ status: 'ok', portals: state.portals.all().length }));
  app.get('/', (_request, reply) => reply.redirect('/portals'));
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      status: 'error',
      message: `No route for ${request.method} ${request.url.split('?', 1)[0]}`,
      correlationId: newCorrelationId(),
    }),
  );

  // What no handler foresaw (a body over the limit, a defect of the simulator) still speaks HubSpot's language.
  app.setErrorHandler<FastifyError>((error, _request, reply) =>
    reply
      .code(error.statusCode ?? 500)
      .send({ status: 'error', message: error.message, correlationId: newCorrelationId() }),
  );

  return {
    app,
    state,
    keepJournal: () => stored?.start(),
    close: async () => {
      state.webhookSender.stop();
      await app.close();
      state.journal.close();
    },
  };
}
