import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, type Shape } from '../api/client.js';
import { pagesOf } from '../api/pages.js';

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

export interface Reply {
  conversationId: string;
  id: string;
  text: string;
}

/** Of everything on its way to a conversation. */
export const REPLY_KEY = ['reply'] as const;

export function useReply() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationKey: REPLY_KEY,
    mutationFn: ({ conversationId, id, text }: Reply) =>
      answerOf(
        api.POST('/conversations/{id}/replies', { params: { path: { id: conversationId } }, body: { id, text } }),
      ),
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

/** Opens a conversation and says its first words. @returns its id, also when only the words failed. */
export function useStartChat() {
  const queryClient = useQueryClient();
  const reply = useReply();
  return useMutation({
    mutationFn: async ({
      customer,
      text,
    }: {
      customer: NewConversation['customer'];
      text: Omit<Reply, 'conversationId'>;
    }) => {
      const body = { channel: 'chat', direction: 'outbound', customer } as const;
      const { data } = await answerOf(api.POST('/conversations', { body }));
      const failure = await reply.mutateAsync({ ...text, conversationId: data.id }).then(
        () => undefined,
        (error: unknown) => error,
      );
      return { id: data.id, failure };
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: CONVERSATIONS_KEY }),
  });
}
