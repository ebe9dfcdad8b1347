import type { CrmRecord } from '../portal/crm-record.js';
import type { Portal } from '../portal/portal.js';
import type { ValueProblem } from './normalise-value.js';

/** Which properties hold pipeline and stage, by object type. */
export const PIPELINE_PROPERTIES: Readonly<Record<string, { readonly pipeline: string; readonly stage: string }>> = {
  deals: { pipeline: 'pipeline', stage: 'dealstage' },
  tickets: { pipeline: 'hs_pipeline', stage: 'hs_pipeline_stage' },
};

/** A pipeline the portal doesn't have, or a stage that isn't one of its. */
export function pipelineProblem(
  portal: Portal,
  typeKey: string,
  changes: Readonly<Record<string, string | null>>,
  existing: CrmRecord | undefined,
): ValueProblem | undefined {
  const names = PIPELINE_PROPERTIES[typeKey];
  if (!names || (changes[names.pipeline] === undefined && changes[names.stage] === undefined)) return undefined;
  const pipelines = portal.schema.pipelines(typeKey).filter((pipeline) => !pipeline.archived);
  const pipelineId = changes[names.pipeline] ?? existing?.properties[names.pipeline] ?? pipelines[0]?.id;
  const pipeline = pipelines.find(({ id }) => id === pipelineId);
  if (!pipeline) {
    return {
      property: names.pipeline,
      code: 'INVALID_OPTION',
      message: `${pipelineId} was not one of the allowed options: [${pipelines.map(({ label }) => `label: ${label}`).join(', ')}]`,
    };
  }
  const stageId = changes[names.stage] ?? existing?.properties[names.stage];
  if (!stageId || pipeline.stages.some(({ id, archived }) => id === stageId && !archived)) return undefined;
  return {
    property: names.stage,
    code: 'INVALID_OPTION',
    message: `${stageId} was not one of the allowed options: [${pipeline.stages.map(({ label }) => `label: ${label}`).join(', ')}]`,
  };
}
