import { BINDING_REASONS, gatesOf, type InstalledSkill, type OfferedPack, type OfferedSkill } from '@app/skills';
import { ApiProperty } from '@nestjs/swagger';
import { GatesResponse } from './binding.response.js';

const DEAL_SCHEMA = {
  type: 'object',
  properties: { name: { type: 'string', description: 'What the deal is called', minLength: 1, maxLength: 200 } },
  required: ['name'],
  additionalProperties: false,
};

class LeftOutResponse {
  @ApiProperty({ enum: [...BINDING_REASONS], enumName: 'BindingReason', example: 'withheld_object' })
  reason!: string;
  @ApiProperty({ example: 'tickets can’t be written by this connection: grant tickets and connect again' })
  message!: string;
  @ApiProperty({ type: [String], description: 'To grant in HubSpot; empty where it is not that', example: ['tickets'] })
  missingScopes!: string[];
}

class NamedResponse {
  @ApiProperty({ example: 'default' })
  id!: string;
  @ApiProperty({ example: 'Sales Pipeline' })
  label!: string;
}

class LandingPlaceResponse {
  @ApiProperty({ type: NamedResponse })
  pipeline!: NamedResponse;
  @ApiProperty({ type: NamedResponse, example: { id: 'appointmentscheduled', label: 'Appointment Scheduled' } })
  stage!: NamedResponse;
}

class PackSkillResponse {
  @ApiProperty({ example: 'create_deal' })
  skill!: string;
  @ApiProperty({ example: 'Notes a new deal. Find the caller first, so that it stands with their contact.' })
  description!: string;
  @ApiProperty({ enum: ['restSearch', 'restWrite'], enumName: 'BindingOperation', example: 'restWrite' })
  operation!: string;
  @ApiProperty({ example: 'deals' })
  object!: string;
  @ApiProperty({ type: GatesResponse, example: { confirmation: true, verifiedCaller: false } })
  gates!: GatesResponse;
  @ApiProperty({
    enum: ['available', 'left_out', 'unknown'],
    enumName: 'PackSkillState',
    description: 'left_out: see leftOut. unknown: see the pack’s own `unknown`',
  })
  state!: string;
  @ApiProperty({ required: false, type: LeftOutResponse, description: 'Why this portal can’t have it' })
  leftOut?: LeftOutResponse;
  @ApiProperty({ required: false, type: LandingPlaceResponse, description: 'Where new records go' })
  landing?: LandingPlaceResponse;
  @ApiProperty({
    selfRequired: false,
    type: 'object',
    additionalProperties: true,
    description: 'JSON Schema of what the AI agent may send, as it is in this portal',
    example: DEAL_SCHEMA,
  })
  inputSchema?: object;
}

export class PackResponse {
  @ApiProperty({ type: [PackSkillResponse] })
  skills!: PackSkillResponse[];
  @ApiProperty({
    required: false,
    enum: ['not_connected', 'not_discovered'],
    description: 'Why it can’t be said what the portal can have',
  })
  unknown?: string;
}

export class InstalledSkillResponse {
  @ApiProperty({ example: 'find_contact' })
  skill!: string;
  @ApiProperty({ description: 'false: the AI agent has it already, or the portal can’t have it (leftOut)' })
  created!: boolean;
  @ApiProperty({ required: false, type: LeftOutResponse, description: 'Why this portal can’t have it' })
  leftOut?: LeftOutResponse;
}

export function toPackResponse({ skills, unknown }: OfferedPack): PackResponse {
  return { skills: skills.map(toSkillResponse), ...(unknown === undefined ? {} : { unknown }) };
}

function toSkillResponse(offered: OfferedSkill): PackSkillResponse {
  const { definition, state } = offered;
  const { toolName, description, operation } = definition;
  const { object } = definition.operation === 'restSearch' ? definition.restSearch : definition.restWrite;
  const skill = { skill: toolName, description, operation, object, gates: gatesOf(definition), state };
  if (offered.state === 'left_out') return { ...skill, leftOut: offered.leftOut };
  if (offered.state === 'unknown') return skill;
  const { inputSchema, landing } = offered;
  return { ...skill, inputSchema, ...(landing === undefined ? {} : { landing }) };
}

export function toInstalledResponse({ skill, created, leftOut }: InstalledSkill): InstalledSkillResponse {
  return { skill, created, ...(leftOut === undefined ? {} : { leftOut }) };
}
