import type { RecordFind, RecordWrite } from '@app/crm';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import { type InputSchema, inputSchemaOf } from './input-schema.js';
import { planSearch } from './plan-search.js';
import { planWrite } from './plan-write.js';
import { type ArgumentProblem, readArguments, type ReadingRules } from './read-arguments.js';

export type ToolPlan =
  | { planned: true; kind: 'find'; find: RecordFind }
  | { planned: true; kind: 'write'; write: RecordWrite }
  | { planned: false; problems: ArgumentProblem[] };

export interface CompiledBinding {
  /** What an AI agent may send. */
  inputSchema: InputSchema;
  /** What the AI agent is shown of a record, beside its id. */
  shown: { field: string; as: string }[];
  /** What is asked of the CRM for these arguments; never more than it takes. */
  plan(given: Readonly<Record<string, unknown>>, rules: ReadingRules): ToolPlan;
}

export function compileBinding(binding: CheckedBinding): CompiledBinding {
  const { definition } = binding;
  const selected =
    definition.operation === 'restSearch' ? definition.restSearch.select : writtenFields(definition.restWrite);
  const shown: { field: string; as?: string }[] = definition.projection ?? selected.map((field) => ({ field }));
  return {
    inputSchema: inputSchemaOf(binding),
    shown: shown.map(({ field, as }) => ({ field, as: as ?? field })),
    plan: (given, rules) => planFor(binding, given, rules),
  };
}

function writtenFields(write: { set: readonly { field: string }[]; key?: { field: string } }): string[] {
  return [...(write.key === undefined ? [] : [write.key.field]), ...write.set.map(({ field }) => field)];
}

function planFor(binding: CheckedBinding, given: Readonly<Record<string, unknown>>, rules: ReadingRules): ToolPlan {
  const { sent, cursor, problems } = readArguments(binding, given, rules);
  if (problems.length > 0) return { planned: false, problems };
  const { definition } = binding;
  const { timeZone } = rules;
  if (definition.operation === 'restWrite') {
    const planned = planWrite(binding, definition, { sent, timeZone });
    if (!planned.planned) return { planned: false, problems: [planned.problem] };
    return { planned: true, kind: 'write', write: planned.write };
  }
  const planned = planSearch({ ...binding, timeZone }, definition.restSearch, { sent, cursor });
  if (planned.planned) return { planned: true, kind: 'find', find: planned.find };
  const names = binding.inputs.filter(({ required }) => !required).map(({ name }) => name);
  const message = `nothing to search by: give at least one of ${names.join(', ')}`;
  return { planned: false, problems: [{ reason: planned.reason, message }] };
}
