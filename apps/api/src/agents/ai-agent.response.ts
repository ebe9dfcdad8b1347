import { AI_AGENT_KINDS, type AiAgent } from '@app/skills';
import { ApiProperty } from '@nestjs/swagger';
import { etagOf } from '../http/etag.js';

export class AiAgentResponse {
  @ApiProperty()
  id!: string;
  @ApiProperty({ example: 'Reception' })
  name!: string;
  @ApiProperty({ required: false, example: 'Answers the phone at night' })
  description?: string;
  @ApiProperty({ enum: [...AI_AGENT_KINDS], enumName: 'AiAgentKind', example: 'voice' })
  kind!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export function toAiAgentResponse(agent: AiAgent): AiAgentResponse {
  const { id, name, description, kind, createdAt, updatedAt } = agent;
  return { id, name, description, kind, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

export function etagOfAgent(agent: AiAgent): string {
  return etagOf(toAiAgentResponse(agent));
}
