import type { WrittenOutcome } from './skill-write.repository.js';

/** A record as the AI agent is shown it: its id, and the values under the names of the projection. */
export interface ShownRecord {
  id: string;
  values: Record<string, string>;
}

/** What a skill came to. `message`: words that the AI agent may say. */
export type SkillAnswer =
  | { outcome: 'found'; message: string; records: ShownRecord[]; nextCursor?: string }
  | { outcome: WrittenOutcome; message: string; records: ShownRecord[] }
  /** Read `message` out; on a yes, call again with the same arguments and the token. */
  | { outcome: 'confirmation_required'; message: string; confirmation: { token: string; expiresAt: Date } };
