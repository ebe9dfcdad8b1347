import { randomUUID } from 'node:crypto';

/** One entry of `errors[]`; every context value is a list of strings (FACTS §3.6). */
export interface RefusalDetail {
  readonly message: string;
  readonly code?: string;
  readonly in?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

export interface RefusalBody {
  readonly status?: string;
  readonly message?: string;
  readonly category?: string;
  readonly subCategory?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly errors?: readonly RefusalDetail[];
  readonly links?: Readonly<Record<string, string>>;
  readonly [further: string]: unknown;
}

/** HubSpot's "no": an HTTP status and a body in HubSpot's words. A value, never thrown. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly body: RefusalBody,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** The body as sent: each answer gets a correlation id of its own. */
  toBody(correlationId: string): Record<string, unknown> {
    return { status: 'error', ...this.body, correlationId };
  }

  /** The same refusal as one entry of a batch answer's `errors` (the specification's StandardError). */
  toBatchError(context: Readonly<Record<string, readonly string[]>>): Record<string, unknown> {
    return {
      status: 'error',
      category: this.body.category ?? 'VALIDATION_ERROR',
      ...(this.body.subCategory === undefined ? {} : { subCategory: this.body.subCategory }),
      message: this.body.message ?? '',
      errors: this.body.errors ?? [],
      context: { ...this.body.context, ...context },
      links: {},
    };
  }
}

export const newCorrelationId = (): string => randomUUID();

export const validationError = (
  message: string,
  details: readonly RefusalDetail[] = [],
  context?: RefusalBody['context'],
): Refusal =>
  new Refusal(400, {
    message,
    category: 'VALIDATION_ERROR',
    ...(details.length > 0 ? { errors: details } : {}),
    ...(context === undefined ? {} : { context }),
  });

export const invalidInput = (reason: string): Refusal =>
  validationError(`Invalid input JSON on line 1, column 1: ${reason}`);

/** GET or PATCH of an id that isn't there: no category (FACTS §3.6). */
export const resourceNotFound = (): Refusal => new Refusal(404, { message: 'resource not found' });

export const objectNotFound = (id: string): Refusal =>
  new Refusal(404, {
    message: 'Object not found.  objectId are usually numeric.',
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'crm.OBJECT_NOT_FOUND',
    context: { id: [id] },
  });

export const unknownObjectType = (name: string): Refusal =>
  validationError(`Unable to infer object type from: ${name}`, [], { type: [name] });

export const contactExists = (id: string): Refusal =>
  new Refusal(409, { message: `Contact already exists. Existing ID: ${id}`, category: 'CONFLICT' });

export const valueExists = (property: string, value: string, id: string): Refusal =>
  new Refusal(409, {
    message: `Cannot set PropertyValueCoordinates{propertyName=${property}, value=${value}} on object. ${id} already has that value.`,
    category: 'CONFLICT',
  });

export const missingScopes = (anyOf: readonly string[]): Refusal =>
  new Refusal(403, {
    message:
      "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    errors: [
      {
        message: 'One or more of the following scopes are required.',
        context: { requiredGranularScopes: anyOf },
      },
    ],
    links: { scopes: 'https://developers.hubspot.com/scopes' },
    category: 'MISSING_SCOPES',
  });

export const credentialsNotFound = (): Refusal =>
  new Refusal(401, {
    message:
      'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
    category: 'INVALID_AUTHENTICATION',
  });

/** `expiredAt` in ms since 1970; a token that never was is said to have expired in 1970 (FACTS §1.5). */
export function tokenExpired(now: number, expiredAt: number): Refusal {
  const seconds = Math.max(0, Math.floor((now - expiredAt) / 1000));
  const ago = expiredAt === 0 ? `${Math.floor(seconds / 86_400)} day(s)` : `${seconds} second(s)`;
  return new Refusal(401, {
    message: `The OAuth token used to make this call expired ${ago} ago.`,
    category: 'EXPIRED_AUTHENTICATION',
    context: { 'expire time': [new Date(expiredAt).toISOString()] },
  });
}
