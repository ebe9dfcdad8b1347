import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES } from '@app/platform';
import { ApiContract, type Operation } from '../../test/api-contract.js';

const contract = ApiContract.load(new URL('../../../../openapi.json', import.meta.url));
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

/** Prometheus reads text, and events are a stream; whoever else asks gets JSON. */
function mediaTypeOf(name: string): string {
  if (name === 'GET /events') return 'text/event-stream';
  return name.endsWith('/metrics') ? 'text/plain' : 'application/json';
}
