import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, type Shape, taggedAnswerOf } from '../api/client.js';
import { pagesOf } from '../api/pages.js';
import { tell } from '../show/tell.js';

export type AiAgent = Shape<'AiAgentResponse'>;
export type AiAgentKind = Shape<'AiAgentKind'>;

export const KINDS: readonly { value: AiAgentKind; label: string; meaning: string }[] = [
  { value: 'voice', label: 'On the phone', meaning: 'It speaks with callers' },
  { value: 'chat', label: 'In chats', meaning: 'It writes with customers' },
  { value: 'other', label: 'Elsewhere', meaning: 'A program, or a model on a desk' },
];

export const KIND_WORDS = Object.fromEntries(KINDS.map(({ value, label }) => [value, label]));

const AGENTS_KEY = ['agents'] as const;

export const agentsQuery = pagesOf<AiAgent>([...AGENTS_KEY, 'list'], (cursor, signal) =>
  answerOf(api.GET('/agents', { params: { query: { cursor } }, signal })),
);

export const agentQuery = (agentId: string) =>
  queryOptions({
    queryKey: [...AGENTS_KEY, agentId, 'itself'],
    queryFn: ({ signal }) =>
      taggedAnswerOf<AiAgent>(api.GET('/agents/{agentId}', { params: { path: { agentId } }, signal })),
  });

function useAgentsChange<Input, Output>(change: (input: Input) => Promise<Output>, told: (input: Input) => string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Told here: what asked for it may be gone before it hears of it.
    onSuccess: async (_, input) => {
      tell(told(input));
      await queryClient.invalidateQueries({ queryKey: AGENTS_KEY });
    },
  });
}

export function useCreateAgent() {
  return useAgentsChange(
    (body: Shape<'CreateAiAgentRequest'>) => answerOf(api.POST('/agents', { body })),
    ({ name }) => `${name} is there.`,
  );
}

export function useChangeAgent() {
  return useAgentsChange(
    ({ agent, etag, change }: { agent: AiAgent; etag: string | undefined; change: Shape<'ChangeAiAgentRequest'> }) =>
      answerOf(
        api.PATCH('/agents/{agentId}', {
          params: { path: { agentId: agent.id }, header: { 'If-Match': etag } },
          body: change,
        }),
      ),
    ({ agent, change }) => `${change.name ?? agent.name} is saved.`,
  );
}

/** What was read of the one that is gone is not asked for again. */
export function useDeleteAgent() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: AiAgent) => answerOf(api.DELETE('/agents/{agentId}', { params: { path: { agentId: id } } })),
    onSuccess: async (_, { id, name }) => {
      tell(`${name} is deleted.`);
      queryClient.removeQueries({ queryKey: [...AGENTS_KEY, id] });
      await queryClient.invalidateQueries({ queryKey: agentsQuery.queryKey });
    },
  });
}
