import type { RunFilter, RunOutcome } from './skills.js';

/** What the address of an AI agent's page says: its tab, and which runs the log shows. */
export interface AgentSearch extends RunFilter {
  tab?: 'log';
}

const OUTCOMES: readonly RunOutcome[] = [
  'found',
  'confirmation_required',
  'created',
  'updated',
  'already_there',
  'refused',
  'failed',
];

/** Whatever else an address says is passed over. */
export function readAgentSearch({ tab, skill, outcome }: Readonly<Record<string, unknown>>): AgentSearch {
  if (tab !== 'log') return {};
  return {
    tab,
    skill: typeof skill === 'string' && skill !== '' ? skill : undefined,
    outcome: OUTCOMES.find((known) => known === outcome),
  };
}

export interface SkillSearch {
  tab?: 'try' | 'change' | 'versions';
}

export function readSkillSearch({ tab }: Readonly<Record<string, unknown>>): SkillSearch {
  return tab === 'try' || tab === 'change' || tab === 'versions' ? { tab } : {};
}
