/** Why a binding is refused; each is explained in docs/bindings.md. */
export const BINDING_REASONS = [
  'malformed',
  'illegal_name',
  'reserved_name',
  'unknown_object',
  'withheld_object',
  'unknown_field',
  'unknown_relationship',
  'unknown_owner',
  'unknown_type',
  'sensitive_field',
  'read_only_field',
  'illegal_operator',
  'unknown_option',
  'wrong_value',
  'wrong_input_type',
  'required_field_unbound',
  'key_not_unique',
  'undeclared_input',
  'unused_input',
  'unused_mapping',
  'duplicate_input',
  'reserved_input',
  'duplicate_field',
  'limit_exceeded',
  'paging_unavailable',
] as const;
export type BindingReason = (typeof BINDING_REASONS)[number];

export interface BindingProblem {
  /** Into the body: `restSearch.where[0][1].value`. */
  path: string;
  reason: BindingReason;
  /** Goes on after the path: "is not a field of deals". */
  message: string;
}

/** Gathers what is wrong; a place is complained about once. */
export class Problems {
  private readonly found = new Map<string, BindingProblem>();

  add(path: string, reason: BindingReason, message: string): void {
    if (!this.found.has(path)) this.found.set(path, { path, reason, message });
  }

  all(): BindingProblem[] {
    return [...this.found.values()];
  }
}
