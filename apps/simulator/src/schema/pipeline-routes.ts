import type { Pipeline, PipelineStage } from '../catalogue/index.js';
import { objectScopes, schemaScopes } from '../crm/object-scopes.js';
import { objectTypeOf } from '../crm/object-type-of.js';
import { Refusal, resourceNotFound } from '../refuse/refusal.js';
import {
  created,
  mounted,
  noContent,
  ok,
  param,
  type Answer,
  type ApiCall,
  type ApiRoute,
  type Method,
} from '../serve/api-route.js';
import { readPipeline, readPipelineChange, readStage, readStageChange } from './read-pipeline-input.js';

const route = (
  name: string,
  method: Method,
  suffix: string,
  access: 'read' | 'write',
  handle: (call: ApiCall, typeKey: string) => Answer | Refusal,
): ApiRoute => ({
  name: `pipelines.${name}`,
  method,
  paths: mounted(`/crm/v3/pipelines/:objectType${suffix}`, `/crm/pipelines/{version}/:objectType${suffix}`),
  limit: 'burst',
  scopes: (call) => {
    const typeKey = call.portal.schema.typeKey(param(call, 'objectType'));
    return [...new Set([...schemaScopes(typeKey, access), ...objectScopes(typeKey, access)])];
  },
  handle: (call) => {
    const typeKey = objectTypeOf(call);
    return typeKey instanceof Refusal ? typeKey : handle(call, typeKey);
  },
});

export const pipelineRoutes: readonly ApiRoute[] = [
  route('list', 'GET', '', 'read', (call, typeKey) => ok({ results: live(call, typeKey) })),
  route('create', 'POST', '', 'write', create),
  route('get', 'GET', '/:pipelineId', 'read', (call, typeKey) => withPipeline(call, typeKey, ok)),
  route('update', 'PATCH', '/:pipelineId', 'write', update),
  route('replace', 'PUT', '/:pipelineId', 'write', update),
  route('archive', 'DELETE', '/:pipelineId', 'write', archive),
  route('stages', 'GET', '/:pipelineId/stages', 'read', (call, typeKey) =>
    withPipeline(call, typeKey, ({ stages }) => ok({ results: stages })),
  ),
  route('createStage', 'POST', '/:pipelineId/stages', 'write', createStage),
  route('getStage', 'GET', '/:pipelineId/stages/:stageId', 'read', (call, typeKey) =>
    withStage(call, typeKey, (_pipeline, stage) => ok(stage)),
  ),
  route('updateStage', 'PATCH', '/:pipelineId/stages/:stageId', 'write', updateStage),
  route('replaceStage', 'PUT', '/:pipelineId/stages/:stageId', 'write', updateStage),
  route('archiveStage', 'DELETE', '/:pipelineId/stages/:stageId', 'write', archiveStage),
];

const live = (call: ApiCall, typeKey: string): readonly Pipeline[] =>
  call.portal.schema.pipelines(typeKey).filter((pipeline) => !pipeline.archived);

function withPipeline(
  call: ApiCall,
  typeKey: string,
  answer: (pipeline: Pipeline) => Answer | Refusal,
): Answer | Refusal {
  const pipeline = live(call, typeKey).find(({ id }) => id === param(call, 'pipelineId'));
  return pipeline ? answer(pipeline) : resourceNotFound();
}

const withStage = (
  call: ApiCall,
  typeKey: string,
  answer: (pipeline: Pipeline, stage: PipelineStage) => Answer | Refusal,
): Answer | Refusal =>
  withPipeline(call, typeKey, (pipeline) => {
    const stage = pipeline.stages.find(({ id }) => id === param(call, 'stageId'));
    return stage ? answer(pipeline, stage) : resourceNotFound();
  });

function keep(call: ApiCall, typeKey: string, changed: Pipeline): Pipeline {
  const touched = { ...changed, updatedAt: new Date(call.now).toISOString() };
  const others = call.portal.schema.pipelines(typeKey);
  const isNew = others.every(({ id }) => id !== touched.id);
  call.portal.schema.putPipelines(
    typeKey,
    isNew ? [...others, touched] : others.map((pipeline) => (pipeline.id === touched.id ? touched : pipeline)),
  );
  return touched;
}

function create(call: ApiCall, typeKey: string): Answer | Refusal {
  const pipeline = readPipeline(call, typeKey);
  return pipeline instanceof Refusal ? pipeline : created(keep(call, typeKey, pipeline));
}

function update(call: ApiCall, typeKey: string): Answer | Refusal {
  return withPipeline(call, typeKey, (pipeline) => {
    const changed = readPipelineChange(call, pipeline);
    return changed instanceof Refusal ? changed : ok(keep(call, typeKey, changed));
  });
}

function archive(call: ApiCall, typeKey: string): Answer | Refusal {
  return withPipeline(call, typeKey, (pipeline) => {
    keep(call, typeKey, { ...pipeline, archived: true });
    return noContent;
  });
}

function createStage(call: ApiCall, typeKey: string): Answer | Refusal {
  return withPipeline(call, typeKey, (pipeline) => {
    const stage = readStage(call, call.body, pipeline.stages.length);
    if (stage instanceof Refusal) return stage;
    keep(call, typeKey, { ...pipeline, stages: [...pipeline.stages, stage] });
    return created(stage);
  });
}

function updateStage(call: ApiCall, typeKey: string): Answer | Refusal {
  return withStage(call, typeKey, (pipeline, stage) => {
    const changed = readStageChange(call, stage);
    if (changed instanceof Refusal) return changed;
    keep(call, typeKey, { ...pipeline, stages: pipeline.stages.map((one) => (one.id === stage.id ? changed : one)) });
    return ok(changed);
  });
}

function archiveStage(call: ApiCall, typeKey: string): Answer | Refusal {
  return withStage(call, typeKey, (pipeline, stage) => {
    keep(call, typeKey, { ...pipeline, stages: pipeline.stages.filter((one) => one !== stage) });
    return noContent;
  });
}
