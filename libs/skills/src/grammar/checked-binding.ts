import type { CrmField, CrmObject, CrmOption, CrmOwner, CrmRelationship } from '@app/crm';
import type { BindingDefinition, InputType } from './binding.js';
import type { InputRole } from './fitting-types.js';

/** An input at one of its places in the AST. */
export interface InputUse {
  input: string;
  /** Of the operand. */
  path: string;
  object: CrmObject;
  field: CrmField;
  role: InputRole;
}

/** An input with everything its field says of it. */
export interface CheckedInput {
  name: string;
  description: string;
  required: boolean;
  type: InputType;
  /** Of texts. */
  maxLength: number;
  /** Of an option: what may be sent. */
  options?: readonly CrmOption[];
}

/** A binding that holds against a snapshot of the schema, with what it refers to looked up. */
export interface CheckedBinding {
  /** As it was sent, with `inputObjectMap` in full. */
  definition: BindingDefinition;
  object: CrmObject;
  inputs: readonly CheckedInput[];
  owners: readonly CrmOwner[];
  /** Of a write: how each of `associate` is tied, in their order. */
  ties: readonly CheckedTie[];
}

export interface CheckedTie extends CrmRelationship {
  /** What people call one of the other object. */
  otherLabel: string;
}
