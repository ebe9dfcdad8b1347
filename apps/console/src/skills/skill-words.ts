import { Problem } from '../api/problem.js';
import type { Tone } from '../show/notice.js';
import type { CrmObject } from './portal.js';
import type { RunOutcome, Skill } from './skills.js';
import type { Draft, Filter, Operand } from './build/draft.js';
import { tieIn } from './build/ties.js';

export const OPERATOR_WORDS: Readonly<Record<string, string>> = {
  EQ: 'is',
  NEQ: 'is not',
  LT: 'is less than',
  LTE: 'is at most',
  GT: 'is more than',
  GTE: 'is at least',
  BETWEEN: 'is between',
  IN: 'is one of',
  NOT_IN: 'is none of',
  HAS_PROPERTY: 'is filled',
  NOT_HAS_PROPERTY: 'is empty',
  CONTAINS_TOKEN: 'contains the word',
  NOT_CONTAINS_TOKEN: 'does not contain the word',
};

export const OUTCOME_WORDS: Readonly<Record<RunOutcome | 'planned', { label: string; tone: Tone }>> = {
  found: { label: 'Looked up', tone: 'good' },
  confirmation_required: { label: 'Asked the caller', tone: 'wait' },
  created: { label: 'Created', tone: 'good' },
  updated: { label: 'Changed', tone: 'good' },
  already_there: { label: 'Was there already', tone: 'good' },
  refused: { label: 'Refused', tone: 'idle' },
  failed: { label: 'Failed', tone: 'bad' },
  planned: { label: 'Not run', tone: 'idle' },
};

/** Why a run was refused or failed; others are shown by their names. */
const REASON_WORDS: Readonly<Record<string, string>> = {
  invalid_arguments: 'The arguments were wrong',
  unknown_skill: 'There was no such skill',
  skill_disabled: 'The skill was switched off',
  skill_broken: 'HubSpot no longer had what it needs',
  not_connected: 'HubSpot was not connected',
  not_discovered: 'What HubSpot holds was not known',
  caller_not_verified: 'Nobody had verified who the caller is',
  write_in_progress: 'Something else was being written for the conversation',
  confirmation_unknown: 'The confirmation was not one of ours',
  confirmation_expired: 'The caller had agreed too long ago',
  confirmation_mismatch: 'The caller had agreed to something else',
  confirmation_used: 'HubSpot had refused this before',
  hubspot_slow: 'HubSpot was too slow',
  hubspot_down: 'HubSpot did not answer',
  still_working: 'It took longer than three seconds',
  outcome_unknown: 'HubSpot did not say whether it took it',
  internal: 'Something went wrong on our side',
};

export function runReasonInWords(reason: string): string {
  return REASON_WORDS[reason] ?? reason.replaceAll('_', ' ');
}

/** What to do about a refusal of a trial, where the answer itself doesn't say it. */
export function nextStepOf({ reason }: Problem): string | undefined {
  switch (reason) {
    case 'caller_not_verified':
      return 'Give the id of a conversation whose caller your phone or chat system has verified (POST /conversations/{id}/verification).';
    case 'skill_broken':
      return 'Look at what is missing under “What it does”, and mend it here or in HubSpot.';
    case 'not_connected':
      return 'Connect HubSpot in Settings.';
    default:
      return undefined;
  }
}

/** Whether AI agents are offered it, and if not, why. */
export function stateOf({ enabled, state, operation }: Skill): { label: string; tone: Tone; meaning: string } {
  if (state === 'broken')
    return {
      label: 'Broken',
      tone: 'bad',
      meaning: 'HubSpot no longer has what it uses. It does not run until that is back, or the skill is changed.',
    };
  if (enabled) return { label: 'Enabled', tone: 'good', meaning: 'The AI agent may call it.' };
  return {
    label: operation === 'restWrite' ? 'To review' : 'Disabled',
    tone: operation === 'restWrite' ? 'wait' : 'idle',
    meaning:
      operation === 'restWrite'
        ? 'It may write to HubSpot only after an admin has looked at it and enabled it.'
        : 'The AI agent does not see it.',
  };
}

export function gatesInWords({ confirmation, verifiedCaller }: Skill['gates']): string[] {
  return [
    ...(confirmation ? ['The caller is asked first, and must say yes'] : []),
    ...(verifiedCaller ? ['Only for a caller whose identity was verified, and only their own record'] : []),
  ];
}

interface Known {
  /** Undefined while it is being read, or when the portal has it no more: then names stand for labels. */
  object: CrmObject | undefined;
}

/** What a skill does, as sentences. */
export function skillInWords(draft: Draft, known: Known): string[] {
  const sentences = draft.operation === 'restSearch' ? searchInWords(draft, known) : writeInWords(draft, known);
  return sentences.some((sentence) => sentence.includes('‹'))
    ? [...sentences, 'What stands in ‹ › the AI agent sends each time.']
    : sentences;
}

function searchInWords({ restSearch: search }: Draft, known: Known): string[] {
  if (search === undefined) return [];
  const name = pluralOf(known, search.object);
  const { take } = search;
  const conditions = search.where.map((group) => group.map((filter) => filterInWords(filter, known)).join(' and '));
  const which = conditions.length === 0 ? 'whatever they hold' : `where ${conditions.join('; or where ')}`;
  const order = search.sort === undefined ? '' : `, by ${labelOf(known, search.sort.field)}, ${search.sort.direction}`;
  const amount =
    take === 'one'
      ? 'Answers one of them, the oldest unless sorted otherwise'
      : take === 'latest'
        ? 'Answers the newest of them'
        : `Answers up to ${take.many} of them${take.paging === true ? ', and further pages when asked' : ''}`;
  return [
    `Looks up ${name} ${which}.`,
    `${amount}${order}.`,
    `Shows ${listed(search.select.map((field) => labelOf(known, field)))}.`,
  ];
}

function writeInWords({ restWrite: write }: Draft, known: Known): string[] {
  if (write === undefined) return [];
  const name = known.object?.label.toLowerCase() ?? `record of ${write.object}`;
  const set = write.set.map(({ field, value }) => `${labelOf(known, field)} to ${operandInWords(value)}`);
  const first =
    write.action === 'create'
      ? `Creates a ${name}.`
      : write.action === 'update'
        ? `Changes a ${name} that was found before.`
        : `Looks for a ${name} whose ${labelOf(known, write.key?.field ?? '')} is ${operandInWords(write.key?.value)}, and creates it when there is none.`;
  const ties = write.associate.map(
    ({ to, label, id }) => `${to}${label === undefined ? '' : ` (${label})`} with the id ${operandInWords(id)}`,
  );
  return [
    first,
    ...(set.length === 0 ? [] : [`Sets ${listed(set)}.`]),
    ...(ties.length === 0 ? [] : [`Ties it to ${listed(ties)}.`]),
  ];
}

function filterInWords({ field, operator, value, highValue, values, optional }: Filter, known: Known): string {
  const tiedTo = tieIn(field);
  const said =
    tiedTo === undefined
      ? [labelOf(known, field), OPERATOR_WORDS[operator] ?? operator]
      : [`it is tied to ${tiedTo} with the id`];
  if (values !== undefined) said.push(listed(values.map(operandInWords)));
  else if (value !== undefined) said.push(operandInWords(value));
  if (highValue !== undefined) said.push('and', operandInWords(highValue));
  if (optional === true) said.push('(where that is given)');
  return said.join(' ');
}

function operandInWords(operand: Operand | undefined): string {
  if (operand === undefined) return '…';
  if ('input' in operand) return `‹${operand.input}›`;
  const { constant } = operand;
  return `“${Array.isArray(constant) ? constant.join(', ') : String(constant)}”`;
}

function labelOf({ object }: Known, name: string): string {
  return object?.fields.find((field) => field.name === name)?.label ?? name;
}

function pluralOf({ object }: Known, name: string): string {
  return (object?.pluralLabel ?? name).toLowerCase();
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
