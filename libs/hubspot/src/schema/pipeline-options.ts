import type { CrmField, CrmOption, CrmPipeline } from '@app/crm';
import { pipelineFields } from './standard-objects.js';

/** Definitions leave the options of pipelines and stages to the pipelines, mostly: these are all that a write can name. */
export function withPipelines(object: string, fields: CrmField[], pipelines: readonly CrmPipeline[]): CrmField[] {
  if (pipelines.length === 0) return fields;
  const names = pipelineFields(object);
  const options = new Map([
    [names.pipeline, optionsOf(pipelines)],
    [names.stage, optionsOf(pipelines.flatMap(({ stages }) => stages))],
  ]);
  return fields.map((field) => {
    const known = options.get(field.name);
    const isTold = field.options.length > 0 && !field.optionsFromElsewhere;
    return known === undefined || isTold ? field : { ...field, options: known, optionsFromElsewhere: false };
  });
}

function optionsOf(all: readonly { id: string; label: string }[]): CrmOption[] {
  return all.map(({ id, label }) => ({ value: id, label, isHidden: false }));
}
