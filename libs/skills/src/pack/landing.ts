import type { CrmObject } from '@app/crm';
import type { Assignment } from '../grammar/binding.js';
import type { BindingProblem } from '../grammar/binding-problem.js';
import { pipelineFields } from '../grammar/known-fields.js';

/** The objects whose records the pack creates in a pipeline. */
export const LANDED = ['tickets', 'deals'] as const;
export type Landed = (typeof LANDED)[number];

/** Where new records of an object go, as an admin chose it. */
export interface Landing {
  pipelineId: string;
  /** Left out: the first open stage. */
  stageId?: string;
}

/** Nothing chosen for an object: the default pipeline. */
export type Landings = Partial<Record<Landed, Landing>>;

/** Where they go in this portal. */
export interface LandingPlace {
  pipeline: { id: string; label: string };
  stage: { id: string; label: string };
}

export type FoundLanding = { found: true; place: LandingPlace } | { found: false; problem: BindingProblem };

/**
 * The first open stage of the default pipeline, unless something else was chosen. What was chosen and is gone is not
 * replaced by something that nobody chose. Undefined: the object has no pipelines.
 */
export function findLanding(object: CrmObject, chosen: Landing | undefined): FoundLanding | undefined {
  const { pipelines } = object;
  const pipeline =
    chosen === undefined
      ? (pipelines.find(({ isDefault }) => isDefault) ?? pipelines[0])
      : pipelines.find(({ id }) => id === chosen.pipelineId);
  if (pipeline === undefined) return chosen === undefined ? undefined : isGone('pipeline', chosen.pipelineId);
  const { stages } = pipeline;
  const stage =
    chosen?.stageId === undefined
      ? stages.find(({ isClosed }) => !isClosed)
      : stages.find(({ id }) => id === chosen.stageId);
  if (stage !== undefined) {
    return {
      found: true,
      place: {
        pipeline: { id: pipeline.id, label: pipeline.label },
        stage: { id: stage.id, label: stage.label },
      },
    };
  }
  if (chosen?.stageId !== undefined) return isGone('stage', chosen.stageId);
  return notFound(`can't be created: the pipeline ${pipeline.label} has no open stage`);
}

/** What a new record is given for it. */
export function landingValues(object: CrmObject, { pipeline, stage }: LandingPlace): Assignment[] {
  const names = pipelineFields(object);
  if (names === undefined) return [];
  return [
    { field: names.pipeline, value: { constant: pipeline.id } },
    { field: names.stage, value: { constant: stage.id } },
  ];
}

function isGone(what: 'pipeline' | 'stage', id: string): FoundLanding {
  return notFound(`can't be created: the ${what} ${id} that was chosen is gone`);
}

function notFound(message: string): FoundLanding {
  return { found: false, problem: { path: 'restWrite.set', reason: 'unknown_option', message } };
}
