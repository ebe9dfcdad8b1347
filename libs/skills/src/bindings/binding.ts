import type { InputSchema } from '../compile/input-schema.js';
import type { BindingDefinition } from '../grammar/binding.js';
import type { BindingProblem } from '../grammar/binding-problem.js';

/** Whether an operator made a tool, or the Connector Pack brought it. */
export const BINDING_ORIGINS = ['binding', 'pack'] as const;
export type BindingOrigin = (typeof BINDING_ORIGINS)[number];

/** One tool of one AI agent. */
export interface Binding {
  id: string;
  agentId: string;
  toolName: string;
  origin: BindingOrigin;
  /** Counts up with every change of the definition. */
  version: number;
  definition: BindingDefinition;
  inputSchema: InputSchema;
  enabled: boolean;
  /** What of it the portal no longer has. Empty: it runs. */
  problems: BindingProblem[];
  createdAt: Date;
  updatedAt: Date;
}

export interface BindingVersion {
  version: number;
  definition: BindingDefinition;
  createdAt: Date;
}

/** What stands between an AI agent and what a tool does. */
export interface Gates {
  /** The caller is read a sentence, and says yes. */
  confirmation: boolean;
  /** The caller has shown who they are. */
  verifiedCaller: boolean;
}

export function gatesOf(definition: BindingDefinition): Gates {
  const isWrite = definition.operation === 'restWrite';
  return { confirmation: isWrite, verifiedCaller: isWrite && definition.restWrite.action === 'update' };
}

export function isWrite({ operation }: Pick<BindingDefinition, 'operation'>): boolean {
  return operation === 'restWrite';
}

/** What is said beside an answer that isn't quite what was asked for. */
export interface BindingNotice {
  reason: 'write_needs_review';
  message: string;
}

export const WRITE_NEEDS_REVIEW: BindingNotice = {
  reason: 'write_needs_review',
  message:
    'A write is saved disabled, to be reviewed: PATCH it with { "enabled": true } and nothing else, and its ETag in If-Match, to enable it',
};
