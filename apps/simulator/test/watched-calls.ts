import { hubspotContract, specsAvailable, specsFolder, type Exchange } from '@app/testing';
import type { CallOptions, RunningSimulator, WireAnswer } from './running-simulator.js';

/** JSON whose shape a test is about to assert. */
export type Json = Record<string, unknown>;

/** Calls whose every exchange is held against HubSpot's files, or against the least of shapes where they are absent. */
export class WatchedCalls {
  private readonly found: string[] = [];
  private watched = 0;

  constructor(
    private readonly simulator: RunningSimulator,
    private readonly token: string,
  ) {}

  /** How many exchanges were looked at. */
  get count(): number {
    return this.watched;
  }

  async call(
    method: string,
    path: string,
    options: CallOptions & { readonly anonymous?: true } = {},
  ): Promise<WireAnswer & { readonly json: Json }> {
    const { anonymous, ...rest } = options;
    const answer = await this.simulator.call(method, path, anonymous === true ? rest : { token: this.token, ...rest });
    this.watch({
      method,
      path,
      requestBody: options.body ?? options.form,
      status: answer.status,
      responseBody: answer.body,
    });
    return { ...answer, json: (answer.body ?? {}) as Json };
  }

  /** @throws with every finding since the last time. */
  assertContract(): void {
    const findings = this.found.splice(0);
    if (findings.length > 0) throw new Error(`the contract is broken:\n${findings.join('\n')}`);
  }

  private watch(exchange: Exchange): void {
    this.watched += 1;
    this.found.push(...(specsAvailable() ? hubspotContract().validate(exchange) : shapeFindings(exchange)));
  }
}

/** Says on stdout, once and loudly, when nothing will be validated. */
export function announceSpecs(): void {
  if (specsAvailable()) return;
  process.stdout.write(
    `\n${'!'.repeat(100)}\nNOT VALIDATED against HubSpot's OpenAPI files: they are not at ${specsFolder()}.\nOnly the simulator's own shapes are asserted. Set HUBSPOT_SPECS_DIR to validate.\n${'!'.repeat(100)}\n\n`,
  );
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What every answer must have, known without any file: errors explain themselves, records and batches are whole. */
export function shapeFindings({ method, path, status, responseBody }: Exchange): string[] {
  const where = `${method} ${path} → ${status}`;
  if (status === 204) return responseBody === undefined ? [] : [`${where}: a body with 204`];
  if (status >= 400) {
    const explained = isObject(responseBody) && typeof responseBody['message'] === 'string';
    return explained ? [] : [`${where}: an error without a message`];
  }
  if (responseBody === undefined) return path.endsWith('/revoke') ? [] : [`${where}: no body`];
  if (!isObject(responseBody)) return [`${where}: not an object`];
  const lists =
    /\/batch\/|\/search$/.test(path) && !Array.isArray(responseBody['results']) ? [`${where}: no results`] : [];
  const records = [
    responseBody,
    ...(Array.isArray(responseBody['results']) ? (responseBody['results'] as unknown[]) : []),
  ]
    .filter(isObject)
    .filter((each) => isObject(each['properties']));
  const broken = records.filter((each) =>
    ['id', 'createdAt', 'updatedAt'].some((field) => typeof each[field] !== 'string'),
  );
  return [...lists, ...broken.map(() => `${where}: a record without id or times`)];
}
