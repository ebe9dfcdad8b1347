import type { SkillAnswer } from '@app/skills';
import { ApiProperty } from '@nestjs/swagger';
import { OpenObjectField, TextField } from '../http/fields.js';

export const SKILL_OUTCOMES = ['found', 'confirmation_required', 'created', 'updated', 'already_there'];

export class RunSkillRequest {
  @OpenObjectField({
    optional: true,
    description: 'As the skill’s `inputSchema` says',
    example: { phone: '+49 176 1234567' },
  })
  arguments?: Record<string, unknown>;

  @TextField({ optional: true, max: 100, description: 'In which the AI agent runs it; updates need one' })
  conversationId?: string;

  @TextField({
    optional: true,
    max: 200,
    description: 'The token that came with `confirmation_required`, once the caller has agreed',
  })
  confirmation?: string;
}

export class SkillRecordResponse {
  @ApiProperty({ example: '512' })
  id!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'What is set, by the names of the projection; long texts are cut',
    example: { name: 'Ada' },
  })
  values!: Record<string, string>;
}

export class ConfirmationResponse {
  @ApiProperty({ example: 'confirm_…', description: 'For exactly these arguments, once' })
  token!: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

export class SkillAnswerResponse {
  @ApiProperty({ enum: SKILL_OUTCOMES, enumName: 'SkillOutcome', example: 'found' })
  outcome!: string;
  @ApiProperty({
    description: 'Words that the AI agent may say; of `confirmation_required` the question to read out',
    example: 'I found one contact.',
  })
  message!: string;
  @ApiProperty({ required: false, type: [SkillRecordResponse] })
  records?: SkillRecordResponse[];
  @ApiProperty({ required: false, description: 'Send it as `cursor` for the next page', example: '10' })
  nextCursor?: string;
  @ApiProperty({ required: false, type: ConfirmationResponse })
  confirmation?: ConfirmationResponse;
}

export function toAnswerResponse(answer: SkillAnswer): SkillAnswerResponse {
  if (answer.outcome !== 'confirmation_required') return answer;
  const { token, expiresAt } = answer.confirmation;
  return { ...answer, confirmation: { token, expiresAt: expiresAt.toISOString() } };
}
