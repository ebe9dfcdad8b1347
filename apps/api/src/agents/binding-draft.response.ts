import { type DraftOfGoal, gatesOf } from '@app/skills';
import { ApiProperty } from '@nestjs/swagger';
import { TextField } from '../http/fields.js';
import { BindingDefinitionResponse, GatesResponse } from './binding.response.js';
import { EXAMPLE_INPUT_SCHEMA } from './binding.examples.js';

export class GoalBody {
  @TextField({ max: 500, description: 'What the tool is for, in plain words', example: 'Find open deals by name' })
  goal!: string;
}

class DraftDefinitionResponse extends BindingDefinitionResponse {
  @ApiProperty({ enum: [false], description: 'A draft is never enabled', example: false })
  enabled!: false;
}

class DraftReasonResponse {
  @ApiProperty({ description: 'Into the draft', example: 'restSearch.where[0][0]' })
  path!: string;
  @ApiProperty({ description: 'Words of the goal; empty where it says nothing of it', example: 'open' })
  said!: string;
  @ApiProperty({ example: 'hs_is_closed EQ' })
  chosen!: string;
  @ApiProperty({ example: 'HubSpot says which are closed' })
  message!: string;
}

class DraftAlternativeResponse {
  @ApiProperty({ example: '"name" as Deal Type' })
  message!: string;
  @ApiProperty({ type: DraftDefinitionResponse })
  draft!: DraftDefinitionResponse;
  @ApiProperty({ type: [DraftReasonResponse] })
  reasons!: DraftReasonResponse[];
}

export class BindingDraftResponse {
  @ApiProperty({ type: DraftDefinitionResponse, description: 'As it can be sent to make a binding' })
  draft!: DraftDefinitionResponse;
  @ApiProperty({ enum: ['matcher', 'model'], description: 'Who read the goal', example: 'matcher' })
  by!: string;
  @ApiProperty({ type: GatesResponse })
  gates!: GatesResponse;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'JSON Schema of what the AI agent may send',
    example: EXAMPLE_INPUT_SCHEMA,
  })
  inputSchema!: object;
  @ApiProperty({ type: [DraftReasonResponse] })
  reasons!: DraftReasonResponse[];
  @ApiProperty({ type: [DraftAlternativeResponse], description: 'What else the goal could mean; at most three' })
  alternatives!: DraftAlternativeResponse[];
  @ApiProperty({ type: [String], description: 'Words of the goal that nothing was made of', example: [] })
  ignored!: string[];
}

export function toDraftResponse({ draft, by, alternatives, ignored }: DraftOfGoal): BindingDraftResponse {
  const { definition, reasons, inputSchema } = draft;
  return {
    draft: { ...definition, enabled: false },
    by,
    gates: gatesOf(definition),
    inputSchema,
    reasons,
    alternatives: alternatives.map((other) => ({
      message: other.message,
      draft: { ...other.definition, enabled: false },
      reasons: other.reasons,
    })),
    ignored,
  };
}
