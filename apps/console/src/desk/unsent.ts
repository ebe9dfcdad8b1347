import { useMutationState, useQueryClient } from '@tanstack/react-query';
import { toProblem } from '../api/problem.js';
import type { Bubble } from '../chat/bubbles.js';
import { type Conversation, REPLY_KEY } from './conversations.js';
import type { Reply } from './give-back.js';

export interface Unsent {
  sending: Bubble[];
  failed: (Bubble & { why: string })[];
  /** Forgets one that failed. @returns it as it was written. */
  take: (id: string) => Reply | undefined;
}

/** What was written in a conversation and is not there yet: still on its way, or stopped on it. */
export function useUnsent({ id: conversationId, messages = [] }: Conversation): Unsent {
  const mutations = useQueryClient().getMutationCache();
  const replies = useMutationState({
    filters: {
      mutationKey: REPLY_KEY,
      predicate: ({ state: { status, variables } }) =>
        (status === 'pending' || status === 'error') && (variables as Reply).conversationId === conversationId,
    },
    select: ({ state: { status, variables, submittedAt, error } }) => ({
      bubble: bubbleOf(variables as Reply, submittedAt),
      why: status === 'error' ? sentenceOf(error) : undefined,
    }),
  });
  const absent = replies.filter(({ bubble }) => !messages.some(({ id }) => id === bubble.id));
  return {
    sending: absent.flatMap(({ bubble, why }) => (why === undefined ? [bubble] : [])),
    failed: absent.flatMap(({ bubble, why }) => (why === undefined ? [] : [{ ...bubble, why }])),
    take: (id) => {
      const found = mutations.find<unknown, Error, Reply>({
        mutationKey: REPLY_KEY,
        predicate: ({ state: { status, variables } }) => status === 'error' && (variables as Reply).id === id,
      });
      if (found !== undefined) mutations.remove(found);
      return found?.state.variables;
    },
  };
}

function bubbleOf({ id, text }: Reply, submittedAt: number): Bubble {
  return { id, text, sentAt: new Date(submittedAt).toISOString(), author: 'agent' };
}

function sentenceOf(error: unknown): string {
  const { message, nextStep } = toProblem(error);
  return [message.replace(/\.?$/, '.'), nextStep].filter(Boolean).join(' ');
}
