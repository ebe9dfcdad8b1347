import type { Agent } from '@app/transcripts';
import type { Caller } from '../access/caller.js';

/** A signed-in person as the agent of a conversation; another system is none. */
export function agentOf(caller: Caller): Agent | undefined {
  return caller.kind === 'session' ? { email: caller.email } : undefined;
}
