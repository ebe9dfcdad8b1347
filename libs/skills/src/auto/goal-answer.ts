import type { BindingDefinition } from '../grammar/binding.js';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import type { DraftReason } from './draft-parts.js';

/** A binding that holds against the portal, not saved; with why it is as it is. */
export interface BindingDraft {
  definition: BindingDefinition;
  checked: CheckedBinding;
  reasons: DraftReason[];
}

/** What else the goal could mean. */
interface Alternative extends BindingDraft {
  /** "another field: mobilephone" */
  message: string;
}

export const MISSING_REASONS = [
  'empty_goal',
  'unknown_object',
  'withheld_object',
  'unsupported_operation',
  'search_by_tie',
  'field_to_change',
  'unique_field',
  'field_to_search_by',
  'invalid',
] as const;

export interface Missing {
  reason: (typeof MISSING_REASONS)[number];
  message: string;
}

export type GoalAnswer =
  | {
      fits: true;
      draft: BindingDraft;
      alternatives: Alternative[];
      /** Words of the goal that nothing was made of. */
      ignored: string[];
    }
  | { fits: false; understood: DraftReason[]; missing: Missing[]; ignored: string[] };
