import type { FieldError } from '@app/platform';
import type { NewConversation, NewMessage } from './new-conversation.js';

/** Clocks differ; a close time further ahead than this is a mistake (seconds for milliseconds, a time zone). */
const MAX_CLOCK_SKEW_MS = 5 * 60_000;

/** What no single field can tell: times in order, message ids once. Empty when all is well. */
export function checkConversation(draft: NewConversation, now: Date): FieldError[] {
  return [...checkTimes(draft, now), ...checkMessageIds(draft.messages)];
}

export function checkTimes({ startedAt, closedAt }: { startedAt?: Date; closedAt?: Date }, now: Date): FieldError[] {
  const errors: FieldError[] = [];
  if (closedAt !== undefined && closedAt.getTime() > now.getTime() + MAX_CLOCK_SKEW_MS) {
    errors.push({ field: 'closedAt', message: 'lies in the future' });
  }
  if (closedAt !== undefined && startedAt !== undefined && closedAt < startedAt) {
    errors.push({ field: 'closedAt', message: 'lies before startedAt' });
  }
  return errors;
}

/** The same id twice in one call would silently drop the second text. */
export function checkMessageIds(messages: readonly NewMessage[]): FieldError[] {
  const seen = new Set<string>();
  return messages.flatMap(({ id }, index) => {
    if (id === undefined || !seen.has(id)) {
      if (id !== undefined) seen.add(id);
      return [];
    }
    return [{ field: `messages[${index}].id`, message: 'stands twice in this call' }];
  });
}
