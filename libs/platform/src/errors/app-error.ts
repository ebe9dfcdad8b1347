import { ERROR_CODES, type ErrorCode } from './error-codes.js';

export interface FieldError {
  /** Path into the body, e.g. `customer.email` or `messages[2].sentAt`. */
  field: string;
  message: string;
  /** Stable slug, where a field can be wrong in several ways. */
  reason?: string;
}

export interface AppErrorDetails {
  /** Stable slug that narrows the code down, e.g. `crm_contact_required`. */
  reason?: string;
  /** Seconds until a retry makes sense; sent as `retry_after` and as the `Retry-After` header. */
  retryAfterSeconds?: number;
  /** One per invalid field. */
  errors?: FieldError[];
  /** Further members of the problem document, e.g. `missing_scopes`. */
  extra?: Record<string, unknown>;
  cause?: unknown;
}

/**
 * A failure that carries its own answer: code, HTTP status, and whether trying again can help. `detail` is shown to the
 * caller, so it never holds internals, tokens or message texts.
 */
export class AppError extends Error {
  readonly status: number;
  readonly retryable: boolean;
  readonly title: string;

  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    readonly details: AppErrorDetails = {},
  ) {
    super(detail, { cause: details.cause });
    this.name = 'AppError';
    const { status, retryable, title } = ERROR_CODES[code];
    this.status = status;
    this.retryable = retryable;
    this.title = title;
  }
}
