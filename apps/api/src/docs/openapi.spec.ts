import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES } from '@app/platform';
import { ApiContract, type Operation } from '../../test/api-contract.js';

const contract = ApiContract.load(new URL('../../../../openapi.json', import.meta.url));
/** Every other POST takes an `Idempotency-Key`. These need none, and this is why. */
const SAFE_TO_REPEAT: Readonly<Record<string, string>> = {
  'POST /auth/login': 'each sign-in is a new session; a remembered one would be handed out twice',
  'POST /auth/logout': 'what is over stays over',
  'POST /integrations/hubspot/connect':
    'a ticket that nobody opens runs out; the same token again is the same connection',
  'POST /integrations/hubspot/enable': 'enabling what is enabled keeps the moment from which conversations count',
  'POST /integrations/hubspot/disable': 'what is wiped stays wiped',
  'POST /integrations/hubspot/webhooks': 'HubSpot sends no such header; events are known again by what they say',
  'POST /integrations/hubspot/deliveries/{id}/replay':
    'a delivery that waits already is refused (1012), and written once',
  'POST /integrations/hubspot/discover': 'what was read again and is as before makes no new version',
  'POST /agents/{agentId}/mcp': 'what writes needs a token, under which it is written once however often it is asked',
  'POST /agents/{agentId}/integrations/hubspot/bindings/auto': 'a draft is kept nowhere',
  'POST /agents/{agentId}/integrations/hubspot/bindings/check': 'what is only looked at is kept nowhere',
  'POST /agents/{agentId}/integrations/hubspot/bindings/{bindingId}/check': 'what is only looked at is kept nowhere',
  'POST /agents/{agentId}/integrations/hubspot/pack/install': 'what is there is left alone',
  'POST /conversations/{id}/close': 'a closed conversation answers the same delivery',
};

const OPERATIONS = contract
  .operations()
  .map(({ method, path, operation }): [string, Operation] => [`${method} ${path}`, operation]);

describe('openapi.json', () => {
  it('holds the table of errors as the product documents it', () => {
    const { description } = contract.document.info;
    for (const [code, { status, retryable, title }] of Object.entries(ERROR_CODES)) {
      expect(description).toContain(`| ${code} | ${status} | ${retryable ? 'yes' : 'no'} | ${title} |`);
    }
  });

  it('refers to nothing that is not there', () => {
    const text = readFileSync(new URL('../../../../openapi.json', import.meta.url), 'utf8');
    const targets = [
      ...new Set([...text.matchAll(/"\$ref": "#\/components\/(\w+)\/([^"]*)"/g)].map(([, ...to]) => to)),
    ];
    expect(targets.length).toBeGreaterThan(20);
    const components: Record<string, Record<string, unknown> | undefined> = contract.document.components;
    const missing = targets.filter(([kind = '', name = '']) => components[kind]?.[name] === undefined);
    expect(missing).toEqual([]);
  });

  it('shows a problem document for each code, which keeps its schema', () => {
    const { examples } = contract.document.components;
    expect(Object.keys(examples)).toEqual(Object.keys(ERROR_CODES));
    for (const [code, { value }] of Object.entries(examples)) {
      expect(contract.findingsOf('#/components/schemas/ProblemResponse', value)).toEqual([]);
      expect(value).toMatchObject({ code: Number(code) });
    }
  });

  it('takes an Idempotency-Key with every POST but those that are safe to repeat without', () => {
    const posts = OPERATIONS.filter(([name]) => name.startsWith('POST '));
    const keyless = posts.filter(
      ([, { parameters = [] }]) => !parameters.some(({ name }) => name === 'Idempotency-Key'),
    );
    expect(keyless.map(([name]) => name).toSorted()).toEqual(Object.keys(SAFE_TO_REPEAT).toSorted());
    expect(posts.length - keyless.length).toBeGreaterThanOrEqual(7);
  });

  it.each(OPERATIONS)('%s says what it does, to whom it is open, and how it fails', (name, operation) => {
    expect(operation.summary).toMatch(/\w{3}/);
    expect(operation.security).toBeDefined();
    const codes = operation['x-error-codes'] ?? [];
    expect(codes).toEqual(expect.arrayContaining([3001, 3002]));
    if (!/\/(health\/|metrics$)/.test(name)) expect(codes).toContain(1007);
    const described = Object.values(operation.responses).flatMap(({ content }) =>
      Object.keys(content?.['application/problem+json']?.examples ?? {}).map(Number),
    );
    expect(described.sort()).toEqual(codes.toSorted());
    if (!name.startsWith('GET')) expect(codes).toEqual(expect.arrayContaining([1004, 1014, 1015]));
    if (operation.security?.some((way) => 'apiKey' in way || 'session' in way)) expect(codes).toContain(2012);
  });

  it.each(OPERATIONS)('%s shows an example of each body, which keeps its schema', (name, operation) => {
    const successes = Object.entries(operation.responses).filter(([status]) => Number(status) < 400);
    expect(successes.length).toBeGreaterThan(0);
    const bodies = [operation.requestBody, ...successes.map(([, response]) => response)];
    for (const body of bodies) {
      for (const { schema, example } of Object.values(body?.content ?? {})) {
        expect([name, example]).toEqual([name, expect.anything()]);
        expect([name, contract.findingsOf(schema ?? {}, example)]).toEqual([name, []]);
      }
    }
    for (const [status, { content }] of successes) {
      if (!status.startsWith('3')) expect([name, Object.keys(content ?? {})]).toEqual([name, [mediaTypeOf(name)]]);
    }
  });
});

/** Prometheus reads text, a console hears events; whoever else asks gets JSON. */
function mediaTypeOf(name: string): string {
  if (name.endsWith('/metrics')) return 'text/plain';
  return name === 'GET /events' ? 'text/event-stream' : 'application/json';
}
