import { AppError, ERROR_CODES, type ErrorCode } from '@app/platform';
import type { OpenAPIObject } from '@nestjs/swagger';
import { toProblem } from '../http/problem.js';

/** What a route says of itself: which codes of its own it answers with, and who may call it. */
export const ERROR_CODES_EXTENSION = 'x-error-codes';
export const ACCESS_EXTENSION = 'x-access';
/** Fields of an answer's example that this route shows otherwise; not in the served document. */
export const SHOWN_EXTENSION = 'x-shown';

export interface DocumentedAccess {
  scope?: string;
  session?: string;
  /** No credentials needed. `unlimited`: nor does it spend from an allowance. */
  open?: 'limited' | 'unlimited';
}

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type DocumentedOperation = Operation & {
  [ERROR_CODES_EXTENSION]?: ErrorCode[];
  [ACCESS_EXTENSION]?: DocumentedAccess;
};

const PROBLEM = 'application/problem+json';

/** Adds to an operation every refusal it can answer with: its own, and those that come with credentials, bodies and limits. */
export function documentRefusals(verb: string, operation: DocumentedOperation): void {
  const codes = [...new Set([...(operation[ERROR_CODES_EXTENSION] ?? []), ...impliedCodes(verb, operation)])].sort();
  operation[ERROR_CODES_EXTENSION] = codes;
  for (const [status, same] of Map.groupBy(codes, (code) => ERROR_CODES[code].status)) {
    operation.responses[String(status)] = {
      description: same.map((code) => `${code} ${ERROR_CODES[code].title}`).join('; '),
      content: {
        [PROBLEM]: {
          schema: { $ref: '#/components/schemas/ProblemResponse' },
          examples: Object.fromEntries(same.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
        },
      },
    };
  }
}

function impliedCodes(verb: string, operation: DocumentedOperation): ErrorCode[] {
  const { open } = operation[ACCESS_EXTENSION] ?? {};
  const isRepeatable = (operation.parameters ?? []).some(
    (parameter) => 'name' in parameter && parameter.name === 'Idempotency-Key',
  );
  return [
    1002,
    3001,
    3002,
    ...(open === 'unlimited' ? [] : [1007 as const]),
    ...(open === undefined ? [2004 as const, 2005 as const, 2012 as const] : []),
    // Also where no body is asked for: one that is sent is read.
    ...(verb === 'get' ? [] : [1004 as const, 1014 as const, 1015 as const]),
    ...(isRepeatable ? [1012 as const] : []),
  ];
}

/** One example of a problem document for each code. */
export function problemExamples(): Record<string, { summary: string; value: unknown }> {
  return Object.fromEntries(
    allCodes().map((code) => {
      const { title, retryable, status } = ERROR_CODES[code];
      const waits = retryable && (status === 429 || status === 503);
      const error = new AppError(code, DETAILS[code] ?? title, waits ? { retryAfterSeconds: 5 } : {});
      return [code, { summary: title, value: toProblem(error, '9f86d081884c7d659a2feaa0c55ad015') }];
    }),
  );
}

/** Every code there is, for people. */
export function errorTable(): string {
  const rows = allCodes().map((code) => {
    const { status, retryable, title } = ERROR_CODES[code];
    return `| ${code} | ${status} | ${retryable ? 'yes' : 'no'} | ${title} |`;
  });
  return ['| code | HTTP | retryable | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

function allCodes(): ErrorCode[] {
  return Object.keys(ERROR_CODES).map((code) => Number(code) as ErrorCode);
}

/** As a caller may find them; for other codes the title stands in. */
const DETAILS: Partial<Record<ErrorCode, string>> = {
  1001: 'channel is required',
  1002: 'limit must be a whole number from 1 to 100',
  1003: 'customer.phone is not a phone number',
  1004: 'The body is not valid JSON',
  1007: 'Too many requests by this caller: wait as long as retry_after says',
  1014: 'The body is larger than 16 MiB',
  1015: 'Send application/json',
  1016: 'The settings were changed since you read them',
  2004: 'The API key is unknown or revoked',
  2005: 'Only an admin may do this',
  2011: 'There is nothing at this address',
  2012: 'Send an API key (Authorization: Bearer tl_live_…) or sign in',
  3001: 'Something went wrong on our side',
  3002: 'The database can’t be reached',
};
