import { useState } from 'react';
import { givenBack } from '../chat/composer.js';
import { useSession } from '../session/use-session.js';

/** What was typed and not sent, by person and conversation. In memory alone: it is gone with the page. */
const drafts = new Map<string, string>();

const keyOf = (userId: string, conversationId: string): string => `${userId} ${conversationId}`;

/** @returns what is typed in a conversation, kept while another is looked at and over a session that ends, and how to change it. */
export function useDraft(conversationId: string): [draft: string, change: (next: string) => void] {
  const key = keyOf(useSession().userId, conversationId);
  const [draft, setDraft] = useState(drafts.get(key) ?? '');
  const change = (next: string): void => {
    if (next === '') drafts.delete(key);
    else drafts.set(key, next);
    setDraft(next);
  };
  return [draft, change];
}

/** For a conversation that is no longer shown: it stands in the draft when it is shown again. */
export function keepInDraft(userId: string, conversationId: string, text: string): void {
  const key = keyOf(userId, conversationId);
  drafts.set(key, givenBack(text, drafts.get(key) ?? ''));
}
