import type { Tone } from '../show/notice.js';
import type { Connection, ConnectionStatus, NoMatchPolicy, WritebackMode } from './connection.js';

/** The status banner: what it says, and in which colour. */
export const BANNERS: Readonly<Record<Exclude<ConnectionStatus, 'disconnected'>, { tone: Tone; text: string }>> = {
  connected: { tone: 'wait', text: 'HubSpot is connected. Syncing is not enabled yet.' },
  active: { tone: 'good', text: 'HubSpot is connected and syncing.' },
  inactive: { tone: 'idle', text: 'The connection is inactive. History and settings are kept.' },
  attention: { tone: 'bad', text: 'HubSpot refuses the connection: someone must act.' },
};

/** What it means for conversations that close, where that is seen: at the deliveries, and below a closed chat. */
export const MEANWHILE: Readonly<Record<Exclude<ConnectionStatus, 'active'>, { tone: Tone; text: string }>> = {
  disconnected: { tone: 'idle', text: 'HubSpot is not connected: conversations that close are skipped.' },
  connected: { tone: 'wait', text: 'Syncing is not enabled: conversations that close are skipped.' },
  inactive: { tone: 'wait', text: 'HubSpot is disconnected: deliveries wait until it is connected again.' },
  attention: { tone: 'bad', text: 'HubSpot refuses the connection: deliveries wait until an admin has mended it.' },
};

/** What stands below the banner's first sentence: more on it, and what to do. */
export function furtherWords({ status, problem }: Connection, mode: WritebackMode | undefined): string[] {
  const off =
    status === 'active' && mode === 'off'
      ? ['It is not writing transcripts: interaction logging is off. Choose below what to write.']
      : [];
  const next = {
    disconnected: [],
    connected: ['Nothing is written to HubSpot before an admin presses Enable.'],
    active: [],
    inactive: ['Connect the same account again, and everything goes on as it was. Until then deliveries wait.'],
    attention: ['Deliveries wait until this is mended; none is lost.'],
  }[status];
  return [...(problem === undefined ? [] : [problem.detail]), ...off, ...next];
}

export const MODES: readonly { value: WritebackMode; label: string; meaning: string }[] = [
  { value: 'transcript', label: 'Transcript', meaning: 'Every message of the conversation' },
  { value: 'summary', label: 'Summary', meaning: 'A few sentences, without the messages' },
  { value: 'summary_transcript', label: 'Summary and transcript', meaning: 'The summary first, then every message' },
  {
    value: 'off',
    label: 'Off',
    meaning: 'Nothing is written. Conversations closed meanwhile are not caught up on later',
  },
];

export const NO_MATCH_POLICIES: readonly { value: NoMatchPolicy; label: string; meaning: string }[] = [
  {
    value: 'create',
    label: 'Create a contact',
    meaning: 'With what is known: email, phone number, first and last name',
  },
  { value: 'skip', label: 'Skip the conversation', meaning: 'It is counted as skipped, and nothing is written' },
];

export const FEATURE_NAMES = {
  skills: 'Skills for AI agents',
  custom_objects: 'Custom objects',
  workflow: 'Workflow action',
  import: 'Import of records',
} as const;
