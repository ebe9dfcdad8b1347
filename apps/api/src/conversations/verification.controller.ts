import { VERIFICATION_METHODS, type VerificationMethod, type VerifiedCaller, VerifyCaller } from '@app/skills';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { EnumField, TextField, TimeField } from '../http/fields.js';
import { Repeatable } from '../http/idempotency.js';
import { toRecordId } from './record-id.js';

const METHOD = {
  name: 'VerificationMethod',
  description: 'How they have shown who they are',
  example: 'one_time_code',
};

class VerifyCallerRequest {
  @TextField({ max: 20, example: '512', description: 'Id of the contact that the customer has shown to be' })
  contactId!: string;

  @EnumField(VERIFICATION_METHODS, METHOD)
  method!: VerificationMethod;

  @TextField({ max: 200, example: 'Phone system', description: 'Who vouches for it: a system or a person' })
  verifiedBy!: string;

  @TimeField({ optional: true, description: 'At most 24 hours ahead; left out: in 30 minutes' })
  expiresAt?: Date;
}

class VerifiedCallerResponse {
  @ApiProperty()
  conversationId!: string;
  @ApiProperty({ example: '512' })
  contactId!: string;
  @ApiProperty({ enum: [...VERIFICATION_METHODS], enumName: 'VerificationMethod', example: 'one_time_code' })
  method!: string;
  @ApiProperty({ example: 'Phone system' })
  verifiedBy!: string;
  @ApiProperty({ format: 'date-time' })
  verifiedAt!: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

@ApiTags('Skills')
@Controller('conversations')
export class VerificationController {
  constructor(@Inject(VerifyCaller) private readonly verifyCaller: VerifyCaller) {}

  @Post(':id/verification')
  @HttpCode(200)
  @Repeatable()
  @Access({ scope: 'skills:execute' })
  @ApiOperation({
    summary: 'Notes that the customer of an open conversation has shown to be a contact',
    description:
      'Skills may change that contact, and what is tied to it, until the verification runs out or the conversation is closed. Said again, the latest word counts.',
  })
  @Answers(VerifiedCallerResponse)
  @Refuses(1001, 1002, 1004, 1012, 1015, 2002, 2004, 2005, 2010, 2012)
  async verify(
    @TenantId() tenantId: string,
    @Param('id') conversationId: string,
    @Body() { contactId, method, verifiedBy, expiresAt }: VerifyCallerRequest,
  ): Promise<{ data: VerifiedCallerResponse }> {
    const caller = await this.verifyCaller.execute(tenantId, {
      conversationId,
      contactId: toRecordId('contactId', contactId),
      method,
      verifiedBy,
      expiresAt,
    });
    return { data: toResponse(caller) };
  }
}

function toResponse({ verifiedAt, expiresAt, ...caller }: VerifiedCaller): VerifiedCallerResponse {
  return { ...caller, verifiedAt: verifiedAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
