import { type Deferral, type Refusal } from '@app/crm';
import { AppError } from '@app/platform';
import type { BindingProblem } from '../grammar/binding-problem.js';
import type { ArgumentProblem } from '../compile/read-arguments.js';

/* Why a skill can't run, in words that an AI agent can say, or at least act upon. */

/** @param within where the arguments stand in what was sent. */
export function wrongArguments(problems: readonly ArgumentProblem[], within: string): AppError {
  const errors = problems.map(({ input, reason, message }) => ({
    field: input === undefined ? within : `${within}.${input}`,
    reason,
    message,
  }));
  const words = problems.map(({ input, message }) => (input === undefined ? message : `${input} ${message}`));
  const isMissing = problems.every(({ reason }) => reason === 'missing');
  return new AppError(isMissing ? 1001 : 1002, words.join('; '), { reason: 'invalid_arguments', errors });
}

export function unknownSkill(): AppError {
  return new AppError(2011, 'This AI agent has no skill of this name', { reason: 'unknown_skill' });
}

export function skillDisabled(): AppError {
  return new AppError(1012, 'This skill is switched off', { reason: 'skill_disabled' });
}

export function skillBroken(problems: readonly BindingProblem[]): AppError {
  const errors = problems.map(({ path, reason, message }) => ({ field: path, reason, message }));
  return new AppError(1012, 'HubSpot no longer has what this skill needs', { reason: 'skill_broken', errors });
}

export function notConnected(detail = 'HubSpot is not connected'): AppError {
  return new AppError(2010, detail, { reason: 'not_connected' });
}

/** The CRM can't answer now. */
export function notNow({ cause, detail, retryAfterSeconds }: Deferral): AppError {
  switch (cause) {
    case 'connection':
      return notConnected(detail);
    case 'throttled':
      return slow(retryAfterSeconds);
    default:
      return new AppError(3004, 'HubSpot does not answer: try again in a moment', {
        reason: 'hubspot_down',
        retryAfterSeconds: retryAfterSeconds ?? 2,
      });
  }
}

export function slow(retryAfterSeconds = 2): AppError {
  return new AppError(3002, 'HubSpot is slow: try again in a moment', { reason: 'hubspot_slow', retryAfterSeconds });
}

/** The CRM's final no. */
export function refusedByCrm({ reason, detail }: Refusal): AppError {
  return new AppError(1012, detail, { reason });
}

export function notVerified(): AppError {
  return new AppError(1012, 'Verify who the caller is first: a record is changed only for the person it belongs to', {
    reason: 'caller_not_verified',
  });
}

/** The confirmation stays good: it is asked again with it. */
export function writeInProgress(): AppError {
  return new AppError(3002, 'Something else is being written for this conversation: ask again in a moment', {
    reason: 'write_in_progress',
    retryAfterSeconds: 2,
  });
}

/** It goes on, and the same token tells what came of it. */
export function stillWorking(): AppError {
  return new AppError(3002, 'This takes longer than usual: ask again in a moment with the same confirmation', {
    reason: 'still_working',
    retryAfterSeconds: 2,
  });
}

export function outcomeUnknown(retryAfterSeconds: number): AppError {
  return new AppError(
    3002,
    'HubSpot did not say whether it took this. Ask again later with the same confirmation: it is looked up first, and never written twice',
    { reason: 'outcome_unknown', retryAfterSeconds },
  );
}

const CONFIRMATIONS = {
  confirmation_unknown: 'This confirmation is not one of ours: ask the caller again',
  confirmation_expired: 'The caller agreed too long ago: ask again',
  confirmation_mismatch: 'The caller agreed to something else: ask again for exactly this',
  confirmation_used: 'HubSpot refused what the caller agreed to: change it, and ask again',
} as const;

export function wrongConfirmation(reason: keyof typeof CONFIRMATIONS): AppError {
  return new AppError(1012, CONFIRMATIONS[reason], { reason });
}
