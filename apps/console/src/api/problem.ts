import type { components } from './schema.js';

type ProblemDocument = components['schemas']['ProblemResponse'];

/** A refusal or failure of the API, with what a person needs to go on. */
export class Problem extends Error {
  /** 0: the API was not reached at all. */
  readonly status: number;
  readonly code: number | undefined;
  readonly reason: string | undefined;
  readonly retryable: boolean;
  readonly traceId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly fields: Readonly<Record<string, string>>;

  constructor(status: number, document: Partial<ProblemDocument> = {}) {
    super(document.detail ?? (status === 0 ? 'Threadline can’t be reached.' : 'Something went wrong on our side.'));
    this.status = status;
    this.code = document.code;
    this.reason = document.reason;
    this.retryable = document.retryable ?? (status === 0 || status >= 500);
    this.traceId = document.trace_id;
    this.retryAfterSeconds = document.retry_after;
    this.fields = Object.fromEntries((document.errors ?? []).map(({ field, message }) => [field, message]));
  }

  /** What to do about it, in a sentence. */
  get nextStep(): string {
    if (this.status === 0) return 'Check your connection, then try again.';
    if (this.retryAfterSeconds !== undefined) return `Try again in ${waitInWords(this.retryAfterSeconds)}.`;
    if (this.code === 1016)
      return 'Someone else changed this in the meantime. Look at what is there now, then change it again.';
    if (this.retryable) return 'Try again in a moment.';
    return '';
  }
}

export function toProblem(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem(0);
}

function waitInWords(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
