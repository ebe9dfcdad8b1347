import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, type Shape } from '../api/client.js';
import { pagesOf } from '../api/pages.js';
import { toProblem } from '../api/problem.js';
import { tellFailure } from '../show/tell.js';
import { useSession } from '../session/use-session.js';
import { nameOf } from './customer-name.js';
import { giveBack, type Reply } from './give-back.js';

export type Conversation = Shape<'ConversationResponse'>;
export type OpenConversation = Shape<'OpenConversationResponse'>;
export type ContactPanel = Shape<'ContactPanelResponse'>;
export type Contact = Shape<'ContactResponse'>;
export type NewConversation = Shape<'NewConversationRequest'>;

const CONVERSATIONS_KEY = ['conversations'] as const;

export const openConversationsQuery = pagesOf<OpenConversation>([...CONVERSATIONS_KEY, 'open'], (cursor, signal) =>
  answerOf(api.GET('/conversations/open', { params: { query: { cursor } }, signal })),
);

export const closedConversationsQuery = pagesOf<Conversation>([...CONVERSATIONS_KEY, 'closed'], (cursor, signal) =>
  answerOf(api.GET('/conversations', { params: { query: { status: 'closed', cursor } }, signal })),
);

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: [...CONVERSATIONS_KEY, 'one', id],
    queryFn: async ({ signal }): Promise<Conversation> =>
      (await answerOf(api.GET('/conversations/{id}', { params: { path: { id } }, signal }))).data,
  });

/** Who the customer is in HubSpot; asked again by itself while HubSpot is slow or down. */
export const contactQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['contact', conversationId],
    queryFn: async ({ signal }): Promise<ContactPanel> =>
      (await answerOf(api.GET('/conversations/{id}/contact', { params: { path: { id: conversationId } }, signal })))
        .data,
    refetchInterval: ({ state }) => {
      const seconds = state.data?.retryAfterSeconds;
      return seconds === undefined ? false : Math.max(seconds, 2) * 1_000;
    },
  });

/** At most five, by name, email or phone number. */
export const contactSearchQuery = (query: string) =>
  queryOptions({
    queryKey: ['contact', 'search', query],
    queryFn: async ({ signal }): Promise<Contact[]> =>
      (await answerOf(api.GET('/integrations/hubspot/contacts', { params: { query: { query } }, signal }))).data,
    enabled: query.length > 1,
    staleTime: 30_000,
    // Someone is typing: they are told at once, and typing on asks again.
    retry: false,
  });

/** Of everything on its way to a conversation, and of what did not get there. */
export const REPLY_KEY = ['reply'] as const;

/** After this it is shown as not sent. Sending it again adds it once, whatever became of the first time. */
const REPLY_WITHIN_MS = 30_000;

/** @param to the conversation: what is said in one goes one after the other, in the order in which it was written. */
export function useReply(to?: string) {
  const queryClient = useQueryClient();
  const mutations = queryClient.getMutationCache();
  const { userId } = useSession();
  return useMutation({
    mutationKey: REPLY_KEY,
    scope: to === undefined ? undefined : { id: `reply to ${to}` },
    // What was not sent stands in its conversation until something is done about it.
    gcTime: Number.POSITIVE_INFINITY,
    // Whoever was signed out finds it where they wrote it, once they are back.
    meta: { onForgotten: (forgotten) => giveBack(userId, mutations, forgotten) },
    mutationFn: ({ conversationId, id, text }: Reply) =>
      answerOf(
        api.POST('/conversations/{id}/replies', {
          params: { path: { id: conversationId } },
          body: { id, text },
          signal: AbortSignal.timeout(REPLY_WITHIN_MS),
        }),
      ),
    onError: (error, reply) => {
      const { conversationId } = reply;
      const problem = toProblem(error);
      // Of one that was forgotten nobody else is told.
      const isForgotten = !mutations.getAll().some(({ state }) => state.variables === reply);
      if (problem.status === 401 || isForgotten) return;
      const { queryKey } = conversationQuery(conversationId);
      // Whoever looks at the conversation sees it there.
      if (queryClient.getQueryCache().find({ queryKey })?.isActive() === true) return;
      const customer = queryClient.getQueryData(queryKey)?.customer;
      tellFailure(`What you wrote to ${nameOf(customer ?? {})} was not sent`, problem);
    },
    // Awaited, so that the bubble is never gone for a moment between being sent and being read.
    onSettled: (_data, _error, { conversationId }) =>
      queryClient.invalidateQueries({ queryKey: conversationQuery(conversationId).queryKey }),
  });
}

export function useClose(conversationId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answerOf(api.POST('/conversations/{id}/close', { params: { path: { id: conversationId } }, body: {} })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: CONVERSATIONS_KEY }),
  });
}

interface StartChat {
  /** The same again with the same customer opens it once, also when the first answer was lost. */
  key: string;
  customer: NewConversation['customer'];
  text: Omit<Reply, 'conversationId'>;
}

/** Opens a conversation and says its first words. @returns its id, also when only the words failed: they stand in it. */
export function useStartChat() {
  const queryClient = useQueryClient();
  const reply = useReply();
  return useMutation({
    mutationFn: async ({ key, customer, text }: StartChat) => {
      const body = { channel: 'chat', direction: 'outbound', customer } as const;
      const header = { 'Idempotency-Key': key };
      const { data } = await answerOf(api.POST('/conversations', { params: { header }, body }));
      await reply.mutateAsync({ ...text, conversationId: data.id }).catch(() => undefined);
      return data.id;
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: CONVERSATIONS_KEY }),
  });
}
