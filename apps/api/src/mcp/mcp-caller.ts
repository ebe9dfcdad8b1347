/** Whose AI agent is spoken for, and by whom. */
export interface McpCaller {
  tenantId: string;
  agentId: string;
  /** Name of the API key. */
  calledBy: string;
  /** In which the AI agent talks, where the whole connection belongs to one. */
  conversationId?: string;
}
