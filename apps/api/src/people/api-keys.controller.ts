import { API_KEY_SCOPES, type ApiKey, type ApiKeyScope, CreateApiKey, ReadApiKeys, RevokeApiKey } from '@app/tenants';
import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { EnumListField, TextField } from '../http/fields.js';
import { Repeatable } from '../http/idempotency.js';
import { cutPage, PageQuery, readCursor, toPage } from '../http/page.js';

class CreateApiKeyRequest {
  @TextField({ max: 200, example: 'Help desk' })
  name!: string;

  @EnumListField(API_KEY_SCOPES, { name: 'ApiKeyScope', example: ['conversations:read', 'conversations:write'] })
  scopes!: ApiKeyScope[];
}

class ApiKeyResponse {
  @ApiProperty()
  id!: string;
  @ApiProperty({ example: 'Help desk' })
  name!: string;
  @ApiProperty({ enum: [...API_KEY_SCOPES], enumName: 'ApiKeyScope', isArray: true, example: ['conversations:read'] })
  scopes!: string[];
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ required: false, format: 'date-time', description: 'To the minute' })
  lastUsedAt?: string;
  @ApiProperty({ required: false, format: 'date-time' })
  revokedAt?: string;
}

class CreatedApiKeyResponse extends ApiKeyResponse {
  @ApiProperty({ description: 'The key itself: shown here and never again', example: 'tl_live_9mYx…' })
  key!: string;
}

@ApiTags('API keys')
@Access({ session: 'admin' })
@Controller('api-keys')
export class ApiKeysController {
  constructor(
    @Inject(ReadApiKeys) private readonly read: ReadApiKeys,
    @Inject(CreateApiKey) private readonly createApiKey: CreateApiKey,
    @Inject(RevokeApiKey) private readonly revokeApiKey: RevokeApiKey,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Keys with their last use, newest first, revoked ones too' })
  @Answers(ApiKeyResponse, { list: true })
  @Refuses(1002, 2004, 2005, 2012)
  async list(
    @TenantId() tenantId: string,
    @Query() { cursor, limit = 50 }: PageQuery,
  ): Promise<{ data: ApiKeyResponse[]; nextCursor?: string }> {
    const keys = await this.read.list(tenantId, { before: readCursor(cursor), limit: limit + 1 });
    return toPage(cutPage(keys, limit), toApiKeyResponse);
  }

  @Post()
  @Repeatable()
  @ApiOperation({ summary: 'Makes a key, and shows it this once' })
  @Answers(CreatedApiKeyResponse, { status: 201 })
  @Refuses(1001, 1002, 1004, 1015, 2004, 2005, 2012)
  async create(
    @TenantId() tenantId: string,
    @Body() body: CreateApiKeyRequest,
  ): Promise<{ data: CreatedApiKeyResponse }> {
    const created = await this.createApiKey.execute(tenantId, body);
    return { data: Object.assign(toApiKeyResponse(created), { key: created.key }) };
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Revokes a key, at once and for good' })
  @Answers(ApiKeyResponse)
  @Refuses(2004, 2005, 2011, 2012)
  async revoke(@TenantId() tenantId: string, @Param('id') id: string): Promise<{ data: ApiKeyResponse }> {
    return { data: toApiKeyResponse(await this.revokeApiKey.execute(tenantId, id)) };
  }
}

function toApiKeyResponse({ id, name, scopes, createdAt, lastUsedAt, revokedAt }: ApiKey): ApiKeyResponse {
  return {
    id,
    name,
    scopes,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString(),
    revokedAt: revokedAt?.toISOString(),
  };
}
