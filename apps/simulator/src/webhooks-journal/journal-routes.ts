import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  credentialsNotFound,
  missingScopes,
  Refusal,
  resourceNotFound,
  tokenExpired,
  validationError,
} from '../refuse/refusal.js';
import { noContent, ok, type Answer } from '../serve/api-route.js';
import { isObject, scalarText, textList } from '../serve/read-json.js';
import { serialise, serialiseRefusal } from '../serve/serve-call.js';
import { serveWithFaults } from '../serve/serve-with-faults.js';
import type { SimulatorState } from '../serve/simulator-state.js';
import type { AppToken, JournalFile, JournalSubscription } from './journal-feed.js';

const JOURNAL = '/webhooks-journal/journal/2026-03';
const SUBSCRIPTIONS = '/webhooks-journal/subscriptions/2026-03';
const FILES = '/_journal';

/** The address of a file is good for so long. */
const LINK_MS = 5 * 60_000;

const READ = 'developer.webhooks_journal.read';
const READ_SUBSCRIPTIONS = 'developer.webhooks_journal.subscriptions.read';
const WRITE_SUBSCRIPTIONS = 'developer.webhooks_journal.subscriptions.write';

type Handle = (request: FastifyRequest, token: AppToken) => Answer | Refusal;

/** The Webhooks Journal: reading on from an offset, its files, and what is wanted in it. */
export function registerJournalRoutes(app: FastifyInstance, state: SimulatorState): void {
  const { journalFeed } = state;
  const serve =
    (
      route: string,
      effect: (request: FastifyRequest) => Answer | Refusal,
      appId: (request: FastifyRequest) => number,
    ) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const caller = { portal: undefined, appId: appId(request), isOAuth: true, route, limit: 'none' } as const;
      return serveWithFaults(state, caller, request, reply, ({ correlationId }) => {
        const outcome = effect(request);
        return outcome instanceof Refusal ? serialiseRefusal(outcome, correlationId) : serialise(outcome);
      });
    };
  const open = (route: string, scope: string, handle: Handle) =>
    serve(
      route,
      (request) => {
        const token = authenticateApp(state, request);
        if (token instanceof Refusal) return token;
        return token.scopes.includes(scope) ? handle(request, token) : missingScopes([scope]);
      },
      (request) => journalFeed.token(bearerOf(request))?.appId ?? 0,
    );
  const link = (request: FastifyRequest, file: JournalFile | undefined): Answer =>
    file === undefined
      ? noContent
      : ok({
          url: `${request.protocol}://${request.host}${FILES}/${file.offset}.json?expires=${state.clock.now() + LINK_MS}`,
          expiresAt: new Date(state.clock.now() + LINK_MS).toISOString(),
          currentOffset: file.offset,
        });

  app.get(
    `${JOURNAL}/earliest`,
    open('journal.earliest', READ, (request, { appId }) => link(request, journalFeed.earliest(appId))),
  );
  app.get(
    `${JOURNAL}/latest`,
    open('journal.latest', READ, (request, { appId }) => link(request, journalFeed.latest(appId))),
  );
  app.get(
    `${JOURNAL}/offset/:offset/next`,
    open('journal.next', READ, (request, { appId }) => {
      const file = journalFeed.after(appId, (request.params as { offset: string }).offset);
      return file === 'unknown' ? resourceNotFound() : link(request, file);
    }),
  );
  app.get(
    SUBSCRIPTIONS,
    open('journal.subscriptions', READ_SUBSCRIPTIONS, (_, { appId }) =>
      ok({ results: journalFeed.subscriptions(appId).map(present) }),
    ),
  );
  app.post(
    SUBSCRIPTIONS,
    open('journal.subscribe', WRITE_SUBSCRIPTIONS, (request, token) => subscribe(state, request, token)),
  );
  app.delete(
    `${SUBSCRIPTIONS}/:id`,
    open('journal.unsubscribe', WRITE_SUBSCRIPTIONS, (request, { appId }) =>
      journalFeed.unsubscribe(appId, Number((request.params as { id: string }).id)) ? noContent : resourceNotFound(),
    ),
  );
  // A signed address of some storage: whoever has it may read, until it runs out.
  app.get(
    `${FILES}/:name`,
    serve(
      'journal.file',
      (request) => {
        const file = journalFeed.file((request.params as { name: string }).name.replace(/\.json$/, ''));
        const isGood = Number((request.query as { expires?: string }).expires) > state.clock.now();
        if (!file || !isGood) return new Refusal(403, { message: 'Request has expired' });
        const { offset, publishedAt, events } = file;
        return ok({ offset, journalEvents: events, publishedAt: new Date(publishedAt).toISOString() });
      },
      () => 0,
    ),
  );
}

const bearerOf = (request: FastifyRequest): string =>
  /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';

function authenticateApp(state: SimulatorState, request: FastifyRequest): AppToken | Refusal {
  const now = state.clock.now();
  const given = bearerOf(request);
  if (given === '') return credentialsNotFound();
  const token = state.journalFeed.token(given);
  if (!token) return tokenExpired(now, 0);
  return token.expiresAt <= now ? tokenExpired(now, token.expiresAt) : token;
}

function subscribe(state: SimulatorState, request: FastifyRequest, { appId }: AppToken): Answer | Refusal {
  let body: unknown;
  try {
    body = JSON.parse(typeof request.body === 'string' ? request.body : '');
  } catch {
    return validationError('Invalid input JSON');
  }
  if (!isObject(body)) return validationError('Invalid input JSON');
  const subscriptionType = scalarText(body['subscriptionType']) ?? '';
  const common = { appId, subscriptionType, actions: textList(body['actions']) ?? [] };
  const eventTypeId = scalarText(body['eventTypeId']);
  if (subscriptionType === 'APP_LIFECYCLE_EVENT') {
    if (eventTypeId === undefined) return validationError('eventTypeId is required');
    return ok(present(state.journalFeed.subscribe({ ...common, eventTypeId })));
  }
  const [portalId, objectTypeId] = [Number(body['portalId']), scalarText(body['objectTypeId'])];
  if (!(portalId > 0) || objectTypeId === undefined) return validationError('portalId and objectTypeId are required');
  return ok(present(state.journalFeed.subscribe({ ...common, portalId, objectTypeId })));
}

function present({ createdAt, ...subscription }: JournalSubscription): Record<string, unknown> {
  const at = new Date(createdAt).toISOString();
  return { objectTypeId: '', ...subscription, createdAt: at, updatedAt: at };
}
