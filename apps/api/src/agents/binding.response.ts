import {
  type Binding,
  BINDING_ORIGINS,
  BINDING_REASONS,
  gatesOf,
  openApiSchemas,
  type BindingCheck,
  type BindingNotice,
  type BindingVersion,
} from '@app/skills';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { etagOf } from '../http/etag.js';
import { EXAMPLE_BINDING, EXAMPLE_INPUT_SCHEMA } from './binding.examples.js';

const { parts } = openApiSchemas();

/** A part of the body, as it is described there. */
function part(name: string, rest: { required: boolean; example?: unknown }): ApiPropertyOptions {
  return { ...parts[name], ...rest };
}

export class GatesResponse {
  @ApiProperty({ description: 'The caller is read a sentence, and says yes', example: false })
  confirmation!: boolean;
  @ApiProperty({ description: 'The caller has shown who they are', example: false })
  verifiedCaller!: boolean;
}

class BindingProblemResponse {
  @ApiProperty({ example: 'restSearch.where[0][1].field' })
  field!: string;
  @ApiProperty({ enum: [...BINDING_REASONS], enumName: 'BindingReason', example: 'unknown_field' })
  reason!: string;
  @ApiProperty({ example: 'is not a field of deals' })
  message!: string;
}

class NoticeResponse {
  @ApiProperty({ enum: ['write_needs_review'] })
  reason!: string;
  @ApiProperty({ example: 'A write is saved disabled, to be reviewed' })
  message!: string;
}

export class BindingDefinitionResponse {
  @ApiProperty({ example: EXAMPLE_BINDING.toolName })
  toolName!: string;
  @ApiProperty({ example: EXAMPLE_BINDING.description })
  description!: string;
  @ApiProperty({ enum: ['restSearch', 'restWrite'], enumName: 'BindingOperation', example: 'restSearch' })
  operation!: string;
  @ApiProperty(part('restSearch', { required: false, example: EXAMPLE_BINDING.restSearch }))
  restSearch?: object;
  @ApiProperty(part('restWrite', { required: false }))
  restWrite?: object;
  @ApiProperty(part('inputs', { required: true, example: EXAMPLE_BINDING.inputs }))
  inputs!: object[];
  @ApiProperty(part('inputObjectMap', { required: true, example: EXAMPLE_BINDING.inputObjectMap }))
  inputObjectMap!: object[];
  @ApiProperty({ ...part('projection', { required: false }), nullable: false })
  projection?: object[];
}

export class BindingResponse extends BindingDefinitionResponse {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  agentId!: string;
  @ApiProperty({
    enum: [...BINDING_ORIGINS],
    enumName: 'BindingOrigin',
    description: 'pack: the Connector Pack brought it; it can be switched and deleted, not changed',
    example: 'binding',
  })
  origin!: string;
  @ApiProperty({ type: 'integer', description: 'Counts up with every change of the definition', example: 1 })
  version!: number;
  @ApiProperty()
  enabled!: boolean;
  @ApiProperty({
    enum: ['ready', 'broken'],
    enumName: 'BindingState',
    description: 'broken: the portal no longer has what it uses (see problems), and it does not run',
  })
  state!: string;
  @ApiProperty({ type: [BindingProblemResponse], example: [] })
  problems!: BindingProblemResponse[];
  @ApiProperty({ type: GatesResponse })
  gates!: GatesResponse;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'JSON Schema of what the AI agent may send',
    example: EXAMPLE_INPUT_SCHEMA,
  })
  inputSchema!: object;
  @ApiProperty({
    required: false,
    type: NoticeResponse,
    description: 'Where the answer is not quite what was asked for',
  })
  notice?: NoticeResponse;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

class CheckProblemResponse {
  @ApiProperty({ example: 'restSearch.where[0][1].field' })
  field!: string;
  @ApiProperty({ enum: [...BINDING_REASONS, 'name_taken'], enumName: 'BindingCheckReason', example: 'unknown_field' })
  reason!: string;
  @ApiProperty({ example: 'is not a field of deals' })
  message!: string;
}

export class BindingCheckResponse {
  @ApiProperty({ description: 'Saving it would be accepted' })
  valid!: boolean;
  @ApiProperty({ type: [CheckProblemResponse], description: 'None when it is valid', example: [] })
  problems!: CheckProblemResponse[];
  @ApiProperty({ required: false, type: GatesResponse, description: 'Of a valid one' })
  gates?: GatesResponse;
  @ApiProperty({
    selfRequired: false,
    type: 'object',
    additionalProperties: true,
    description: 'Of a valid one: JSON Schema of what the AI agent could send',
    example: EXAMPLE_INPUT_SCHEMA,
  })
  inputSchema?: object;
}

export class BindingVersionResponse extends BindingDefinitionResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  version!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export function toBindingResponse(binding: Binding, notice?: BindingNotice): BindingResponse {
  const { id, agentId, origin, version, definition, enabled, problems, inputSchema, createdAt, updatedAt } = binding;
  return {
    id,
    agentId,
    origin,
    version,
    ...definition,
    enabled,
    state: problems.length > 0 ? 'broken' : 'ready',
    problems: problems.map(({ path, reason, message }) => ({ field: path, reason, message })),
    gates: gatesOf(definition),
    inputSchema,
    ...(notice === undefined ? {} : { notice }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function toCheckResponse({ problems, ...check }: BindingCheck): BindingCheckResponse {
  return { ...check, problems: problems.map(({ path, reason, message }) => ({ field: path, reason, message })) };
}

export function toVersionResponse({ version, definition, createdAt }: BindingVersion): BindingVersionResponse {
  return { version, ...definition, createdAt: createdAt.toISOString() };
}

/** Of what an operator changes: that the portal broke it meanwhile is no change of theirs. */
export function etagOfBinding({ id, version, enabled }: Binding): string {
  return etagOf({ id, version, enabled });
}
