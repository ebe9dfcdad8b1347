import type { CrmRecord } from '../portal/crm-record.js';
import type { Portal } from '../portal/portal.js';
import type { ValueProblem } from './normalise-value.js';

/** How far along a lifecycle stage is; -1 for one the portal doesn't have. */
export function stageRank(portal: Portal, stage: string): number {
  const options = portal.schema.definition('contacts', 'lifecyclestage')?.options ?? [];
  return options.findIndex((option) => option.value === stage);
}

/**
 * A lifecycle stage only moves forward unless it was cleared first (FACTS §3.8). A step back is dropped from `changes`,
 * or reported when the portal's flag says that it is refused.
 */
export function forwardOnlyLifecycle(
  portal: Portal,
  changes: Record<string, string | null>,
  existing: CrmRecord | undefined,
): ValueProblem | undefined {
  const wanted = changes['lifecyclestage'];
  const current = existing?.properties['lifecyclestage'];
  if (!wanted || !current || stageRank(portal, wanted) >= stageRank(portal, current)) return undefined;
  if (portal.flags.lifecycleBackward === 'refuse') {
    return {
      property: 'lifecyclestage',
      code: 'INVALID_LIFECYCLE_STAGE',
      message: `Lifecycle stage cannot move backward from ${current} to ${wanted}`,
    };
  }
  delete changes['lifecyclestage'];
  return undefined;
}
