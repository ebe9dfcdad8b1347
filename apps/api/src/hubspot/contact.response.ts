import type { ShownContact } from '@app/crm';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';

class ShownValueResponse {
  @ApiProperty({ example: 'Company Name' })
  label!: string;
  @ApiProperty({ enum: ['text', 'number', 'date', 'datetime', 'choice', 'boolean'], enumName: 'ShownType' })
  type!: string;
  @ApiProperty({
    example: 'Analytical Engines Ltd',
    description: 'ISO 8601 for dates and times, digits for numbers, labels for choices',
  })
  value!: string;
  @ApiProperty({ example: 'Analytical Engines Ltd', description: 'The same in words' })
  display!: string;
}

@ApiExtraModels(ShownValueResponse)
export class ContactResponse {
  @ApiProperty({ example: '151' })
  id!: string;
  @ApiProperty({ required: false, example: 'Ada' })
  firstName?: string;
  @ApiProperty({ required: false, example: 'Lovelace' })
  lastName?: string;
  @ApiProperty({ required: false, example: 'ada@example.com' })
  email?: string;
  @ApiProperty({ type: [String], description: 'As stored in HubSpot', example: ['+49 30 1234567'] })
  phones!: string[];
  @ApiProperty({ required: false, description: 'Its label; not in search results', example: 'Customer' })
  lifecycleStage?: string;
  @ApiProperty({ required: false, description: 'The owner’s name; not in search results', example: 'Grace Hopper' })
  owner?: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(ShownValueResponse) },
    description: 'The chosen ones that are filled, by name and in their order; empty in search results',
    example: {
      company: {
        label: 'Company Name',
        type: 'text',
        value: 'Analytical Engines Ltd',
        display: 'Analytical Engines Ltd',
      },
    },
  })
  properties!: Record<string, ShownValueResponse>;
  @ApiProperty({
    required: false,
    format: 'uri',
    description: 'The record in HubSpot',
    example: 'https://app.hubspot.com/contacts/62515/record/0-1/151',
  })
  url?: string;
}

export function toContactResponse(contact: ShownContact): ContactResponse {
  return contact;
}
