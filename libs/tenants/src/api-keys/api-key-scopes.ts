/** What an API key may do (PRODUCT.md §9, §11). */
export const API_KEY_SCOPES = [
  'conversations:read',
  'conversations:write',
  'integrations:read',
  'integrations:write',
  'integrations:connect',
  'skills:write',
  'skills:execute',
  'messages:write',
] as const;

export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];
