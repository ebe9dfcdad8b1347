import { Refusal } from './refusal.js';

export type RateLimitPolicy = 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY';

/**
 * The three 429 bodies of FACTS §2. `Retry-After` is not documented for them, so it is only sent when asked for.
 * @param retryAfterSeconds sent as the header when given
 */
export function rateLimited(
  policy: RateLimitPolicy,
  caller: { readonly appId: number; readonly hubId: number; readonly isOAuth: boolean },
  retryAfterSeconds?: number,
): Refusal {
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const kind = caller.isOAuth ? 'app' : 'private_app';
  switch (policy) {
    case 'TEN_SECONDLY_ROLLING':
      return new Refusal(
        429,
        {
          message: 'You have reached your ten_secondly_rolling limit.',
          errorType: 'RATE_LIMIT',
          policyName: 'TEN_SECONDLY_ROLLING',
          groupName: `publicapi:${kind}-api-calls-ten-secondly:${caller.appId}:${caller.hubId}`,
        },
        headers,
      );
    case 'SECONDLY':
      return new Refusal(
        429,
        { message: 'You have reached your secondly limit.', errorType: 'RATE_LIMIT', policyName: 'SECONDLY' },
        headers,
      );
    default:
      return new Refusal(
        429,
        {
          message: 'You have reached your daily limit.',
          errorType: 'RATE_LIMIT',
          policyName: 'DAILY',
          requestId: '0d0a5e1c-5f3c-4a0e-9b0c-6e1f3a0f7d11',
        },
        headers,
      );
  }
}
