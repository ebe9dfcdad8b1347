/** Where an AI agent talks to people. */
export const AI_AGENT_KINDS = ['chat', 'voice', 'other'] as const;
export type AiAgentKind = (typeof AI_AGENT_KINDS)[number];

/** Software that talks to people in a tenant's name. Skills belong to one. */
export interface AiAgent {
  id: string;
  /** Unique in its tenant, whatever the case. */
  name: string;
  description?: string;
  kind: AiAgentKind;
  createdAt: Date;
  updatedAt: Date;
}

/** What is left out stays; null clears. */
export interface AiAgentChange {
  name?: string;
  description?: string | null;
  kind?: AiAgentKind;
}
