/** What came back unsent, oldest first, and what was typed since. */
interface Draft {
  returned: readonly Returned[];
  typed: string;
}

interface Returned {
  turn: number;
  text: string;
}

/** What was typed and not sent, by person and conversation. In memory alone: it is gone with the page. */
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

const keyOf = (userId: string, conversationId: string): string => `${userId} ${conversationId}`;

/** What stands where one writes, in the order of writing. */
export function readDraft(userId: string, conversationId: string): string {
  const { returned = [], typed = '' } = drafts.get(keyOf(userId, conversationId)) ?? {};
  return [...returned.map(({ text }) => text), typed].filter(Boolean).join('\n');
}

export function changeDraft(userId: string, conversationId: string, typed: string): void {
  keep(keyOf(userId, conversationId), { returned: [], typed });
}

/**
 * What could not be sent goes back to where it was written, before what was typed since: nothing typed is lost.
 * @param turn higher for what was written later: answers may come in another order.
 */
export function returnToDraft(userId: string, conversationId: string, { turn, text }: Returned): void {
  const key = keyOf(userId, conversationId);
  const { returned = [], typed = '' } = drafts.get(key) ?? {};
  keep(key, { returned: [...returned, { turn, text }].toSorted((a, b) => a.turn - b.turn), typed });
}

/** @returns how to stop. */
export function listenToDrafts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function keep(key: string, draft: Draft): void {
  if (draft.typed === '' && draft.returned.length === 0) drafts.delete(key);
  else drafts.set(key, draft);
  for (const listener of listeners) listener();
}
