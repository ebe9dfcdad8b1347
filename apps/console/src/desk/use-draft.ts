import { useSyncExternalStore } from 'react';
import { useSession } from '../session/use-session.js';
import { changeDraft, listenToDrafts, readDraft } from './drafts.js';

/** @returns what is typed in a conversation, kept while another is looked at and over a session that ends, and how to change it. */
export function useDraft(conversationId: string): [draft: string, change: (next: string) => void] {
  const { userId } = useSession();
  const draft = useSyncExternalStore(listenToDrafts, () => readDraft(userId, conversationId));
  return [draft, (next) => changeDraft(userId, conversationId, next)];
}
