import type { FastifyInstance } from 'fastify';
import type { RegisteredApp } from '../oauth/oauth-types.js';
import { isObject, scalarText, type JsonObject } from '../serve/read-json.js';
import type { SimulatorState } from '../serve/simulator-state.js';
import type { WebhookSettings, WebhookSubscription } from '../webhooks/webhook-types.js';
import { badCall, ControlProblem, controlRoute, type ControlCall } from './control-route.js';
import { findApp } from './token-controls.js';

/** Where an app's webhooks go, how they misbehave, and events on demand. */
export function registerWebhookControls(app: FastifyInstance, state: SimulatorState): void {
  const onApp = (
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    handle: (named: RegisteredApp, call: ControlCall) => unknown,
  ): void =>
    controlRoute(app, state, method, `/apps/:clientId/webhooks${path}`, (call) => {
      const named = findApp(state, { clientId: call.params['clientId'] });
      return named instanceof ControlProblem ? named : handle(named, call);
    });
  onApp('GET', '', ({ appId }) => ({
    settings: state.webhooks.find(appId) ?? null,
    waiting: state.webhookSender.waiting(appId),
    calls: state.webhookSender.calls().filter((call) => call.appId === appId),
  }));
  onApp('PUT', '', ({ appId }, { body }) => {
    const settings = readSettings(appId, body, state.webhooks.find(appId));
    if (settings instanceof ControlProblem) return settings;
    state.webhooks.put(settings);
    state.webhookSender.resume(appId);
    return settings;
  });
  onApp('DELETE', '', ({ appId }) => ({ removed: state.webhooks.remove(appId) }));
  onApp('POST', '/events', ({ appId }, { body }) => {
    if (!state.webhooks.find(appId)) return badCall('the app has no webhooks: PUT them first');
    const given: unknown = body['events'];
    if (!Array.isArray(given) || !given.every(isObject)) return badCall('events must be a list of objects');
    for (const event of given) state.webhookSender.put(appId, event);
    return { put: given.length };
  });
}

/** As HubSpot does it: ten more attempts, ever further apart, over about a day. */
const DAY_OF_RETRIES = [60, 180, 600, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 25_200].map((s) => s * 1_000);

const DEFAULTS: Omit<WebhookSettings, 'appId' | 'targetUrl'> = {
  subscriptions: [],
  maxConcurrentRequests: 10,
  batchMs: 50,
  timeoutMs: 5_000,
  retryDelaysMs: DAY_OF_RETRIES,
  duplicates: 0,
  shuffled: false,
  held: false,
  announcesUninstall: false,
  signatures: ['v1', 'v3'],
};

type Check = (value: unknown) => boolean;

const isWhole: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isFlag: Check = (value) => typeof value === 'boolean';

/** Each setting with what it must be. */
const CHECKS: Readonly<Record<keyof Omit<WebhookSettings, 'appId' | 'subscriptions'>, readonly [Check, string]>> = {
  targetUrl: [(value) => typeof value === 'string' && URL.canParse(value), 'an address'],
  maxConcurrentRequests: [(value) => isWhole(value) && Number(value) > 0, 'a whole number above 0'],
  batchMs: [isWhole, 'milliseconds'],
  timeoutMs: [isWhole, 'milliseconds'],
  retryDelaysMs: [(value) => Array.isArray(value) && value.every(isWhole), 'a list of milliseconds'],
  duplicates: [isWhole, 'a whole number'],
  shuffled: [isFlag, 'true or false'],
  held: [isFlag, 'true or false'],
  announcesUninstall: [isFlag, 'true or false'],
  signatures: [
    (value) => Array.isArray(value) && value.every((version) => version === 'v1' || version === 'v3'),
    'a list of v1 and v3',
  ],
};

/** What is left out stays as it was; a setting that doesn't exist is refused. */
function readSettings(
  appId: number,
  body: JsonObject,
  known: WebhookSettings | undefined,
): WebhookSettings | ControlProblem {
  const { subscriptions: given, ...rest } = body;
  for (const [name, value] of Object.entries(rest)) {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof typeof CHECKS] : undefined;
    if (!check) return badCall(`there is no webhook setting ${name}`);
    if (!check[0](value)) return badCall(`${name} must be ${check[1]}`);
  }
  const targetUrl = scalarText(rest['targetUrl']) ?? known?.targetUrl;
  if (targetUrl === undefined) return badCall('targetUrl is required');
  const subscriptions = given === undefined ? known?.subscriptions : readSubscriptions(given);
  if (subscriptions instanceof ControlProblem) return subscriptions;
  return {
    ...DEFAULTS,
    ...known,
    ...(rest as Partial<WebhookSettings>),
    appId,
    targetUrl,
    subscriptions: subscriptions ?? DEFAULTS.subscriptions,
  };
}

const VERBS = ['creation', 'propertyChange', 'deletion', 'merge', 'privacyDeletion'];
const WORDS = ['contact', 'company', 'deal', 'ticket', 'object'];

/** `"contact.merge"`, or `{ subscriptionType, objectType?, propertyName?, active? }`; ids are given by place. */
function readSubscriptions(given: unknown): WebhookSubscription[] | ControlProblem {
  if (!Array.isArray(given)) return badCall('subscriptions must be a list');
  const read: WebhookSubscription[] = [];
  for (const [index, entry] of (given as unknown[]).entries()) {
    const fields = typeof entry === 'string' ? { subscriptionType: entry } : entry;
    if (!isObject(fields)) return badCall('a subscription is a type, or an object with subscriptionType');
    const subscriptionType = scalarText(fields['subscriptionType']) ?? '';
    const [word = '', verb = ''] = subscriptionType.split('.');
    if (!WORDS.includes(word) || !VERBS.includes(verb)) return badCall(`there is no subscription ${subscriptionType}`);
    const objectType = scalarText(fields['objectType']);
    if (word === 'object' && objectType === undefined) return badCall(`${subscriptionType} needs an objectType`);
    const propertyName = scalarText(fields['propertyName']);
    read.push({
      id: 2_000_001 + index,
      subscriptionType,
      ...(objectType === undefined ? {} : { objectType }),
      ...(propertyName === undefined ? {} : { propertyName }),
      active: fields['active'] !== false,
    });
  }
  return read;
}
