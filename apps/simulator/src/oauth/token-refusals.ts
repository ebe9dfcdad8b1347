import { Refusal } from '../refuse/refusal.js';

/** The token endpoint's refusals (FACTS §1.4): HubSpot's status code beside the OAuth error, both in one body. */
const refusal = (status: string, message: string, error?: string): Refusal =>
  new Refusal(400, { status, message, ...(error === undefined ? {} : { error, error_description: message }) });

export const badClientId = (): Refusal => refusal('BAD_CLIENT_ID', 'missing or unknown client id', 'invalid_request');
export const badClientSecret = (): Refusal =>
  refusal('BAD_CLIENT_SECRET', 'missing or invalid client secret', 'invalid_client');
export const badGrantType = (): Refusal =>
  refusal('BAD_GRANT_TYPE', 'missing or unknown grant type', 'unsupported_grant_type');
export const badAuthCode = (): Refusal => refusal('BAD_AUTH_CODE', 'missing or unknown auth code', 'invalid_grant');
export const badRedirectUri = (): Refusal =>
  refusal('BAD_REDIRECT_URI', 'missing or invalid redirect uri', 'invalid_grant');
export const badCodeVerifier = (): Refusal =>
  refusal('BAD_CODE_VERIFIER', 'missing or invalid code verifier', 'invalid_grant');
export const badRefreshToken = (): Refusal =>
  refusal('BAD_REFRESH_TOKEN', 'refresh token is invalid, expired or revoked', 'invalid_grant');
export const badHub = (): Refusal => refusal('BAD_HUB', 'missing or unknown hub id', 'access_denied');
