import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, type Shape } from '../api/client.js';
import { pagesOf } from '../api/pages.js';
import { tell } from '../show/tell.js';

export type ApiKey = Shape<'ApiKeyResponse'>;
export type ApiKeyScope = Shape<'ApiKeyScope'>;

export const apiKeysQuery = pagesOf<ApiKey>(['api-keys'], (cursor, signal) =>
  answerOf(api.GET('/api-keys', { params: { query: { cursor } }, signal })),
);

export function useCreateApiKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Shape<'CreateApiKeyRequest'>) => answerOf(api.POST('/api-keys', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  });
}

export function useRevokeApiKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: ApiKey) => answerOf(api.DELETE('/api-keys/{id}', { params: { path: { id } } })),
    onSuccess: (_answer, { name }) => {
      tell(`${name} is revoked.`);
      return queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
    },
  });
}

/** What each scope lets another system do. */
export const SCOPE_MEANINGS: Readonly<Record<ApiKeyScope, string>> = {
  'conversations:read': 'See conversations and their messages',
  'conversations:write': 'Open conversations, add messages, close them',
  'integrations:read': 'See the connection, its settings and deliveries',
  'integrations:write': 'Change settings, enable, disable, disconnect, replay',
  'integrations:connect': 'Begin a connection with HubSpot',
  'skills:write': 'Make and change AI agents and their skills',
  'skills:execute': 'Run the skills of AI agents',
  'messages:write': 'Send messages',
};
