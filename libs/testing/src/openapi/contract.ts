import { Ajv, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { findOperation, type FoundOperation } from './find-operation.js';
import { componentSchemas, schemaId, toJsonSchema } from './json-schema.js';
import type { Content, Schema, Specification } from './openapi-document.js';

/** One call and its answer, as they went over the wire. */
export interface Exchange {
  readonly method: string;
  /** With or without a query. */
  readonly path: string;
  /** Parsed JSON, or the fields of a form; undefined when nothing was sent. */
  readonly requestBody?: unknown;
  readonly status: number;
  /** Parsed JSON; undefined or `''` when nothing came back. */
  readonly responseBody?: unknown;
}

const isEmpty = (body: unknown): boolean => body === undefined || body === null || body === '';

/** Holds exchanges against HubSpot's OpenAPI files. Validators are compiled when first needed and kept. */
export class OpenApiContract {
  private readonly ajv: Ajv;
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly specifications: readonly Specification[];

  constructor(specifications: readonly Specification[]) {
    this.specifications = specifications;
    // Formats of numbers are checked too: an int32 that doesn't fit one is a finding.
    this.ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true, formats: fullFormats });
    for (const specification of specifications) {
      this.ajv.addSchema(componentSchemas(specification.document, schemaId(specification)));
    }
  }

  /** Every operation of every file, as `METHOD /template`. */
  operations(): string[] {
    return this.specifications.flatMap(({ document }) =>
      Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
        Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
      ),
    );
  }

  /**
   * What is wrong with an exchange, one line per finding; empty when it keeps the contract. A request that was refused
   * is not held against the contract, only the refusal is.
   */
  validate(exchange: Exchange): string[] {
    const found = findOperation(this.specifications, exchange.method, exchange.path);
    const where = `${exchange.method.toUpperCase()} ${exchange.path} → ${exchange.status}`;
    if (found === undefined) return [`${where}: no such operation in HubSpot's files`];
    const findings = [
      ...(exchange.status < 400 ? this.requestFindings(found, exchange) : []),
      ...this.responseFindings(found, exchange),
    ];
    return findings.map((finding) => `${where}: ${finding}`);
  }

  private requestFindings(found: FoundOperation, { requestBody }: Exchange): string[] {
    const schema = schemaOf(found.operation.requestBody);
    if (schema === undefined) return isEmpty(requestBody) ? [] : ['request has a body where none is described'];
    if (isEmpty(requestBody)) return ['request has no body'];
    return this.findings(found, 'request', schema, requestBody);
  }

  private responseFindings(asked: FoundOperation, { status, responseBody }: Exchange): string[] {
    const found = this.describing(asked, status);
    const response = this.responseFor(found, status);
    if (response === undefined && isEmpty(responseBody) && status < 300 && describesNoSuccess(found)) return [];
    if (response === undefined) return [`status ${status} is not described`];
    const schema = schemaOf(response);
    if (schema === undefined) return isEmpty(responseBody) ? [] : ['response has a body where none is described'];
    if (isEmpty(responseBody)) return ['response has no body'];
    return this.findings(found, `response ${status}`, schema, responseBody);
  }

  /** The dated files leave out 207 (fact sheet §3.1): it is read as the operation's own success. */
  private responseFor({ specification, operation }: FoundOperation, status: number): Content | undefined {
    const responses = operation.responses ?? {};
    const own = responses[String(status)] ?? (status === 207 ? (responses['200'] ?? responses['201']) : undefined);
    const described = own ?? (status >= 400 ? responses['default'] : undefined);
    const reference = described?.$ref?.replace('#/components/responses/', '');
    return reference === undefined ? described : specification.document.components?.responses?.[reference];
  }

  /**
   * Some files describe no success at all (fact sheet §1.2: the dated OAuth token and revoke calls). Such a call is
   * held against another version of the same file that does.
   */
  private describing(found: FoundOperation, status: number): FoundOperation {
    if (status >= 300 || !describesNoSuccess(found)) return found;
    const { name, version } = found.specification;
    const others = this.specifications.filter((each) => each.name === name && each.version !== version);
    return (
      others
        .map((specification) => {
          const template = found.template.replace(`/${version}/`, `/${specification.version}/`);
          return { specification, template, operation: specification.document.paths?.[template]?.['post'] ?? {} };
        })
        .find(({ operation }) => operation.responses?.[String(status)] !== undefined) ?? found
    );
  }

  private findings(found: FoundOperation, what: string, schema: Schema, body: unknown): string[] {
    const key = `${schemaId(found.specification)} ${found.template} ${what} ${JSON.stringify(schema)}`;
    let validate = this.compiled.get(key);
    if (validate === undefined) {
      validate = this.ajv.compile(toJsonSchema(schema, schemaId(found.specification)));
      this.compiled.set(key, validate);
    }
    if (validate(body)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const extra = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
      return `${what}${instancePath} ${message ?? 'is wrong'}${extra}`;
    });
  }
}

const describesNoSuccess = ({ operation }: FoundOperation): boolean =>
  Object.keys(operation.responses ?? {}).every((status) => status === 'default');

/** The schema of a body: JSON, a form, or whatever the file calls it. */
const schemaOf = (body: Content | undefined): Schema | undefined => Object.values(body?.content ?? {})[0]?.schema;
