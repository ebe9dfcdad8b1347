import { randomUUID } from 'node:crypto';
import type { ClientCapabilities, InitializeRequest } from '@modelcontextprotocol/server';

/** A session's id says all that is known of it, so that nothing is kept. Who makes one up misleads nobody but himself. */
const ASKS = 'asks-';

/** Form mode; an empty capability means it. */
export function showsQuestions(capabilities: ClientCapabilities | undefined): boolean {
  const elicitation = capabilities?.elicitation;
  return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
}

/** Clients of revisions before 2026-07-28 say only at the beginning what they can. @returns none for one that shows no questions. */
export function sessionIdFor({ params }: InitializeRequest): string | undefined {
  return showsQuestions(params.capabilities) ? `${ASKS}${randomUUID()}` : undefined;
}

export function asksWhileWaiting({ headers }: Request): boolean {
  return headers.get('mcp-session-id')?.startsWith(ASKS) === true;
}
