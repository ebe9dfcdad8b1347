import { AUDIT_ACTIONS, type AuditAction, type AuditEntry, ReadAudit } from '@app/tenants';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { EnumField } from '../http/fields.js';
import { cutPage, PageQuery, readCursor, toPage } from '../http/page.js';

class ListAuditQuery extends PageQuery {
  @EnumField(AUDIT_ACTIONS, { name: 'AuditAction', optional: true })
  action?: AuditAction;
}

class ActorResponse {
  @ApiProperty({ enum: ['api_key', 'user', 'operator', 'system'], enumName: 'ActorKind', example: 'user' })
  kind!: string;
  @ApiProperty({ required: false })
  id?: string;
  @ApiProperty({ description: 'A person’s email, a key’s name', example: 'ada@example.com' })
  name!: string;
}

class AuditEntryResponse {
  @ApiProperty()
  id!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ type: ActorResponse })
  actor!: ActorResponse;
  @ApiProperty({ enum: [...AUDIT_ACTIONS], enumName: 'AuditAction', example: 'writeback.changed' })
  action!: string;
  @ApiProperty({ required: false, description: 'Id of what was changed' })
  target?: string;
  @ApiProperty({ type: 'object', additionalProperties: true, example: { mode: 'transcript' } })
  details!: Record<string, unknown>;
  @ApiProperty({ required: false, description: 'Where the request came from', example: '203.0.113.9' })
  address?: string;
  @ApiProperty({ required: false })
  traceId?: string;
}

@ApiTags('Audit')
@Access({ session: 'admin' })
@Controller('audit')
export class AuditController {
  constructor(@Inject(ReadAudit) private readonly read: ReadAudit) {}

  @Get()
  @ApiOperation({ summary: 'Who changed what, when and from where, newest first' })
  @Answers(AuditEntryResponse, { list: true })
  @Refuses(1002, 2004, 2005, 2012)
  async list(
    @TenantId() tenantId: string,
    @Query() { action, cursor, limit = 50 }: ListAuditQuery,
  ): Promise<{ data: AuditEntryResponse[]; nextCursor?: string }> {
    const entries = await this.read.list(tenantId, { action, before: readCursor(cursor), limit: limit + 1 });
    return toPage(cutPage(entries, limit), (entry: AuditEntry) => ({ ...entry, at: entry.at.toISOString() }));
  }
}
