import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';

interface Body {
  content?: Record<string, { schema?: object; example?: unknown; examples?: Record<string, unknown> }>;
}

/** What of an operation the tests look at. */
export interface Operation {
  summary?: string;
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string }[];
  requestBody?: Body;
  responses: Record<string, Body>;
  'x-error-codes'?: number[];
}

interface Document {
  info: { description: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; examples: Record<string, { value: unknown }> };
}

/** One call of the API, as it went over the wire. */
interface Exchange {
  method: string;
  path: string;
  requestBody?: unknown;
  status: number;
  /** Without parameters. */
  mediaType: string;
  responseBody: unknown;
}

/** Holds what the API really answers against its OpenAPI document, so that the document can't lie. */
export class ApiContract {
  private readonly ajv = new Ajv({ strict: false, allErrors: true, formats: fullFormats });
  private readonly compiled = new Map<string, ValidateFunction>();

  private constructor(readonly document: Document) {
    this.ajv.addSchema(closeObjects(document) as object, 'api');
  }

  static load(file = new URL('../../../openapi.json', import.meta.url)): ApiContract {
    return new ApiContract(JSON.parse(readFileSync(file, 'utf8')) as Document);
  }

  operations(): { method: string; path: string; operation: Operation }[] {
    return Object.entries(this.document.paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, operation]) => ({ method: verb.toUpperCase(), path, operation })),
    );
  }

  /** What departs from the document, a line each; nothing for addresses that it doesn't know (pages, wrong addresses). */
  validate({ method, path, requestBody, status, mediaType, responseBody }: Exchange): string[] {
    const asked = path.split('?')[0] ?? '';
    const found = this.operations().find((each) => each.method === method && matches(each.path, asked));
    if (found === undefined) return [];
    const at = `${method} ${found.path} → ${status}`;
    const response = found.operation.responses[String(status)];
    if (response === undefined) return [`${at} is not described`];
    const described = response.content?.[mediaType];
    const isEmpty = responseBody === undefined || responseBody === '';
    if (described === undefined) {
      return isEmpty || mediaType === 'text/html' ? [] : [`${at} is not described as ${mediaType}`];
    }
    const findings = this.findingsOf(described.schema ?? {}, responseBody);
    const { code } = responseBody as { code?: number };
    if (status >= 400 && described.examples?.[String(code)] === undefined)
      findings.push(`code ${code} is not described`);
    const request = found.operation.requestBody?.content?.['application/json']?.schema;
    // What was refused need not keep the contract, only the refusal.
    if (status < 300 && request !== undefined && requestBody !== undefined) {
      findings.push(...this.findingsOf(request, requestBody).map((finding) => `request${finding}`));
    }
    return findings.map((finding) => `${at}: ${finding}`);
  }

  /** @param schema itself, or where it stands in the document. */
  findingsOf(schema: object | string, value: unknown): string[] {
    const key = typeof schema === 'string' ? schema : JSON.stringify(schema);
    let validate = this.compiled.get(key);
    if (validate === undefined) {
      validate = this.ajv.compile(typeof schema === 'string' ? { $ref: `api${schema}` } : inDocument(schema));
      this.compiled.set(key, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message = 'is wrong', params }) => {
      const extra = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
      return `${instancePath} ${message}${extra}`;
    });
  }
}

function matches(template: string, path: string): boolean {
  const [expected, given] = [template.split('/'), path.split('/')];
  const fits = (segment: string, at: number): boolean => segment === given[at] || /^\{\w+\}$/.test(segment);
  return expected.length === given.length && expected.every(fits);
}

/** An object that lists its properties has no others: what is answered and not documented is found. */
function closeObjects(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closeObjects);
  if (node === null || typeof node !== 'object') return node;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(node)
      .filter(([name]) => name !== 'example' && name !== 'examples')
      .map(([name, value]) => [name, closeObjects(value)]),
  );
  const isObject = copy['type'] === 'object' && typeof copy['properties'] === 'object';
  return isObject ? { additionalProperties: false, ...copy } : copy;
}

/** A schema that stands somewhere in the document, on its own. */
function inDocument(schema: object): object {
  return JSON.parse(JSON.stringify(closeObjects(schema)).replaceAll('"$ref":"#/', '"$ref":"api#/')) as object;
}
