import { randomUUID } from 'node:crypto';
import type { Pipeline, PipelineStage } from '../catalogue/index.js';
import { invalidInput, Refusal, validationError } from '../refuse/refusal.js';
import type { ApiCall } from '../serve/api-route.js';
import { isObject, objectBody, scalarText, type JsonObject } from '../serve/read-json.js';

/** A pipeline to be made, with its stages (SPEC:pipelines, PipelineInput). */
export function readPipeline(call: ApiCall, typeKey: string): Pipeline | Refusal {
  const body = objectBody(call.body);
  if (body instanceof Refusal) return body;
  const label = scalarText(body['label']);
  if (!label || !Array.isArray(body['stages']))
    return invalidInput('Some required fields were not set: [label, stages]');
  const id = scalarText(body['pipelineId']) ?? randomUUID();
  const existing = call.portal.schema.pipelines(typeKey).filter((pipeline) => !pipeline.archived);
  if (existing.some((pipeline) => pipeline.id === id || pipeline.label === label)) {
    return new Refusal(409, { message: `A pipeline "${label}" (${id}) exists already`, category: 'CONFLICT' });
  }
  const stages = readStages(call, body['stages']);
  if (stages instanceof Refusal) return stages;
  const at = new Date(call.now).toISOString();
  const displayOrder = typeof body['displayOrder'] === 'number' ? body['displayOrder'] : existing.length;
  return { id, label, displayOrder, stages, createdAt: at, updatedAt: at, archived: false };
}

function readStages(call: ApiCall, given: readonly unknown[]): PipelineStage[] | Refusal {
  const stages: PipelineStage[] = [];
  for (const [index, entry] of given.entries()) {
    const stage = readStage(call, entry, index);
    if (stage instanceof Refusal) return stage;
    stages.push(stage);
  }
  return stages.length === 0 ? validationError('A pipeline needs at least one stage') : stages;
}

export function readStage(call: ApiCall, given: unknown, position: number): PipelineStage | Refusal {
  const body = objectBody(given);
  if (body instanceof Refusal) return body;
  const label = scalarText(body['label']);
  if (!label) return invalidInput('Some required fields were not set: [label]');
  const at = new Date(call.now).toISOString();
  return {
    id: scalarText(body['stageId']) ?? randomUUID(),
    label,
    displayOrder: typeof body['displayOrder'] === 'number' ? body['displayOrder'] : position,
    metadata: readMetadata(body),
    createdAt: at,
    updatedAt: at,
    archived: false,
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
  };
}

const readMetadata = (body: JsonObject): Record<string, string> =>
  isObject(body['metadata'])
    ? Object.fromEntries(Object.entries(body['metadata']).map(([name, value]) => [name, scalarText(value) ?? '']))
    : {};

export function readPipelineChange(call: ApiCall, pipeline: Pipeline): Pipeline | Refusal {
  const body = objectBody(call.body);
  if (body instanceof Refusal) return body;
  const stages = Array.isArray(body['stages']) ? readStages(call, body['stages']) : pipeline.stages;
  if (stages instanceof Refusal) return stages;
  return {
    ...pipeline,
    stages,
    label: scalarText(body['label']) ?? pipeline.label,
    displayOrder: typeof body['displayOrder'] === 'number' ? body['displayOrder'] : pipeline.displayOrder,
    archived: typeof body['archived'] === 'boolean' ? body['archived'] : pipeline.archived,
  };
}

export function readStageChange(call: ApiCall, stage: PipelineStage): PipelineStage | Refusal {
  const body = objectBody(call.body);
  if (body instanceof Refusal) return body;
  return {
    ...stage,
    label: scalarText(body['label']) ?? stage.label,
    displayOrder: typeof body['displayOrder'] === 'number' ? body['displayOrder'] : stage.displayOrder,
    metadata: isObject(body['metadata']) ? { ...stage.metadata, ...readMetadata(body) } : stage.metadata,
    archived: typeof body['archived'] === 'boolean' ? body['archived'] : stage.archived,
    updatedAt: new Date(call.now).toISOString(),
  };
}
