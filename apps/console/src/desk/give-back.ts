import type { Mutation, MutationCache } from '@tanstack/react-query';
import { returnToDraft } from './drafts.js';

export interface Reply {
  conversationId: string;
  id: string;
  text: string;
}

/**
 * For a reply that is about to be forgotten, because nobody is signed in any more: unless it was or will be sent, it goes
 * back to where it was written.
 */
export function giveBack(userId: string, mutations: MutationCache, forgotten: Mutation): void {
  const { status, isPaused, variables } = forgotten.state;
  if (status !== 'pending' && status !== 'error') return;
  const { conversationId, text } = variables as Reply;
  const giveItBack = (): void => returnToDraft(userId, conversationId, { turn: forgotten.mutationId, text });
  // What waits for its turn is given none any more.
  if (status === 'error' || isPaused) return giveItBack();
  // Still on its way: what becomes of it is told also of what is forgotten.
  const stop = mutations.subscribe((event) => {
    if (event.mutation !== forgotten || event.type !== 'updated') return;
    if (forgotten.state.status === 'pending') return;
    stop();
    if (forgotten.state.status === 'error') giveItBack();
  });
}
