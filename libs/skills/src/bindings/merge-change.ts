import type { BindingChange, BindingDefinition } from '../grammar/binding.js';

/** What a change makes of a definition, yet to be read: another operation leaves the block of the former one behind. */
export function mergeChange(definition: BindingDefinition, { projection, ...change }: BindingChange): unknown {
  const merged: Record<string, unknown> = { ...definition, ...change };
  if (projection === null) delete merged['projection'];
  else if (projection !== undefined) merged['projection'] = projection;
  const other = merged['operation'] === 'restSearch' ? 'restWrite' : 'restSearch';
  // One that was sent is not forgotten in silence: it is refused as a field of another block.
  if (change[other] === undefined) delete merged[other];
  return merged;
}
