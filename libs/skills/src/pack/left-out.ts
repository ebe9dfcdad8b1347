import type { BindingDefinition } from '../grammar/binding.js';
import type { BindingReason } from '../grammar/binding-problem.js';
import type { PackFit } from './fit-pack-skill.js';

/** Why a portal can't have a skill of the pack. */
export interface LeftOut {
  reason: BindingReason;
  /** A sentence for people. */
  message: string;
  /** What to grant in HubSpot, then connect again. Empty: it is not for want of a scope. */
  missingScopes: string[];
}

/** By its first problem: that comes before the others, and mostly brings them. */
export function leftOutFor(skill: BindingDefinition, { problems, missingScopes }: PackFit & { fits: false }): LeftOut {
  const [first = { path: '', reason: 'malformed' as const, message: 'can’t be had in this portal' }] = problems;
  const { object } = skill.operation === 'restSearch' ? skill.restSearch : skill.restWrite;
  const isWhole = first.path.endsWith('.object') || first.path === 'restWrite.set';
  const about = isWhole ? object : `${object}: ${first.path}`;
  return { reason: first.reason, message: `${about} ${first.message}`, missingScopes };
}
