import { AppError } from '@app/platform';

/** RFC 9457 problem document, with the members of PRODUCT.md §8. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: number;
  retryable: boolean;
  trace_id: string;
  reason?: string;
  retry_after?: number;
  errors?: { field: string; message: string; reason?: string }[];
}

/** Media type of every failure. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export function toProblem(error: AppError, traceId: string): Problem {
  const { reason, retryAfterSeconds, errors, extra } = error.details;
  return {
    type: `https://threadline.dev/problems/${error.code}`,
    title: error.title,
    status: error.status,
    detail: error.detail,
    code: error.code,
    retryable: error.retryable,
    trace_id: traceId,
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfterSeconds === undefined ? {} : { retry_after: retryAfterSeconds }),
    ...(errors === undefined ? {} : { errors }),
    ...extra,
  };
}
