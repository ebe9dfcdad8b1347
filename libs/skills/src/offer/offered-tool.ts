import type { Binding } from '../bindings/binding.js';
import type { InputProperty, InputSchema } from '../compile/input-schema.js';

/** The argument that carries the token of an agreement, for callers whose tools have nothing but arguments. */
export const CONFIRMATION_TOKEN = 'confirmation_token';

/** What a tool does to the CRM, for whoever decides whether a model may call it unasked. */
export interface ToolEffects {
  writes: boolean;
  /** It may replace what was there. */
  overwrites: boolean;
  /** The same again changes nothing more. */
  repeatable: boolean;
}

/** A skill as it is offered to a model. */
export interface OfferedTool {
  name: string;
  /** The name, for people. */
  title: string;
  description: string;
  /** Of a write with `confirmation_token`. */
  inputSchema: InputSchema;
  effects: ToolEffects;
}

const TOKEN: InputProperty = {
  type: 'string',
  description:
    'Only after an earlier call with the same arguments answered confirmation_required, its message was read out and the person agreed: the token of that answer. Never made up',
  minLength: 1,
  maxLength: 200,
};

export function toOfferedTool({ toolName, definition, inputSchema }: Binding): OfferedTool {
  const effects = effectsOf(definition);
  return {
    name: toolName,
    title: titleOf(toolName),
    description: definition.description,
    inputSchema: effects.writes
      ? { ...inputSchema, properties: { ...inputSchema.properties, [CONFIRMATION_TOKEN]: TOKEN } }
      : inputSchema,
    effects,
  };
}

function effectsOf(definition: Binding['definition']): ToolEffects {
  if (definition.operation === 'restSearch') return { writes: false, overwrites: false, repeatable: true };
  const { action } = definition.restWrite;
  return { writes: true, overwrites: action === 'update', repeatable: action !== 'create' };
}

/** `find_contact`: Find contact */
function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
