import type { AppError } from '@app/platform';
import { CONFIRMATION_TOKEN, type SkillAnswer } from '@app/skills';
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { PersonsAnswer } from './open-questions.js';

/** By then other questions are over, or another process has taken the place of one that stopped. */
const ASK_AGAIN_AFTER_SECONDS = 5;

/** What an AI agent reads of a run: the same as data, and as text for those whose client shows only that. */
type Told = Record<string, unknown> & { outcome: string; message: string };

export function toolResult(answer: SkillAnswer): CallToolResult {
  if (answer.outcome !== 'confirmation_required') return told({ ...answer });
  const { outcome, message, confirmation } = answer;
  return told({
    outcome,
    message,
    [CONFIRMATION_TOKEN]: confirmation.token,
    expiresAt: confirmation.expiresAt.toISOString(),
    next: `Nothing is written yet. Read the message out; only if the person agrees, call this tool again with the same arguments and ${CONFIRMATION_TOKEN}.`,
  });
}

/** @param agreed token of what the person agreed to, where asking again with it is the way on. */
export function refusedResult(
  { code, detail, retryable, details: { reason, errors, retryAfterSeconds } }: AppError,
  agreed?: string,
): CallToolResult {
  return {
    ...told({
      outcome: retryable ? 'failed' : 'refused',
      message: detail,
      code,
      reason,
      retryable,
      retry_after: retryAfterSeconds,
      errors,
      ...(retryable && agreed !== undefined ? { [CONFIRMATION_TOKEN]: agreed } : {}),
    }),
    isError: true,
  };
}

type NotAgreed = Exclude<PersonsAnswer, 'accept' | 'cannot_ask'>;

const DECLINED: Told = { outcome: 'declined', message: 'The person did not agree. Nothing is written.' };

const NOT_AGREED: Readonly<Record<NotAgreed, Told>> = {
  decline: DECLINED,
  cancel: DECLINED,
  unanswered: {
    outcome: 'unanswered',
    message: 'Nobody has answered the question. Nothing is written.',
    next: 'Call this tool again with the same arguments to have the person asked again.',
  },
  not_asked: {
    outcome: 'failed',
    message: 'The person can’t be asked just now. Nothing is written.',
    retryable: true,
    retry_after: ASK_AGAIN_AFTER_SECONDS,
  },
};

/** Without a token: who could be asked agrees themselves. */
export function notAgreedResult(said: NotAgreed): CallToolResult {
  return { ...told(NOT_AGREED[said]), isError: true };
}

function told(value: Told): CallToolResult {
  const text = JSON.stringify(value);
  return { content: [{ type: 'text', text }], structuredContent: JSON.parse(text) as Told };
}
