import { isPhoneCountry, readPhoneNumber } from '@app/crm';
import { AppError } from '@app/platform';
import {
  ConnectionRepository,
  NO_MATCH_POLICIES,
  type NoMatchPolicy,
  WRITEBACK_MODES,
  type WritebackChange,
  type WritebackMode,
  type WritebackSettings,
  WritebackSettingsRepository,
} from '@app/tenants';
import { ReadDeliveries } from '@app/transcripts';
import { Body, Controller, Get, Inject, Patch } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { RequireScope, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { EnumField, TextField, TextListField } from '../http/fields.js';

class WritebackResponse {
  @ApiProperty({ enum: [...WRITEBACK_MODES], enumName: 'WritebackMode' })
  mode!: string;
  @ApiProperty({ enum: [...NO_MATCH_POLICIES], enumName: 'NoMatchPolicy' })
  onNoMatch!: string;
  @ApiProperty({ required: false, example: 'DE' })
  defaultCountry?: string;
  @ApiProperty({ type: [String] })
  ignoredNumbers!: string[];
  @ApiProperty({ description: 'Whether anything is written now: syncing is active and the mode is not off' })
  effective!: boolean;
}

class ChangeWritebackRequest {
  @EnumField(WRITEBACK_MODES, {
    name: 'WritebackMode',
    optional: true,
    description: 'For conversations closed from now on',
  })
  mode?: WritebackMode;

  @EnumField(NO_MATCH_POLICIES, { name: 'NoMatchPolicy', optional: true })
  onNoMatch?: NoMatchPolicy;

  @TextField({
    optional: true,
    nullable: true,
    min: 2,
    max: 2,
    example: 'DE',
    description: 'ISO code for numbers without a country; null clears it',
  })
  defaultCountry?: string | null;

  @TextListField({ optional: true, maxItems: 1_000, max: 40, description: 'Numbers never used for matching' })
  ignoredNumbers?: string[];
}

class StatsResponse {
  @ApiProperty()
  written!: number;
  @ApiProperty()
  pending!: number;
  @ApiProperty({ required: false, format: 'date-time' })
  oldestPendingAt?: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'By reason' })
  skipped!: Record<string, number>;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'By reason' })
  failed!: Record<string, number>;
}

@ApiTags('Writeback')
@Controller('integrations/hubspot/writeback')
export class WritebackController {
  constructor(
    @Inject(WritebackSettingsRepository) private readonly settings: WritebackSettingsRepository,
    @Inject(ConnectionRepository) private readonly connections: ConnectionRepository,
    @Inject(ReadDeliveries) private readonly deliveries: ReadDeliveries,
  ) {}

  @Get()
  @RequireScope('integrations:read')
  @ApiOperation({ summary: 'What is written, and to whom' })
  @Answers(WritebackResponse)
  @Refuses(2004, 2005, 2012)
  async get(@TenantId() tenantId: string): Promise<{ data: WritebackResponse }> {
    return { data: await this.respond(tenantId, await this.settings.get(tenantId)) };
  }

  @Patch()
  @RequireScope('integrations:write')
  @ApiOperation({ summary: 'Changes what is given and leaves the rest' })
  @Answers(WritebackResponse)
  @Refuses(1002, 1003, 1004, 1015, 2004, 2005, 2012)
  async change(
    @TenantId() tenantId: string,
    @Body() body: ChangeWritebackRequest,
  ): Promise<{ data: WritebackResponse }> {
    const settings = await this.settings.change(tenantId, readChange(body));
    return { data: await this.respond(tenantId, settings) };
  }

  @Get('stats')
  @RequireScope('integrations:read')
  @ApiOperation({ summary: 'Deliveries by outcome and reason' })
  @Answers(StatsResponse)
  @Refuses(2004, 2005, 2012)
  async stats(@TenantId() tenantId: string): Promise<{ data: StatsResponse }> {
    const { oldestPendingAt, ...counts } = await this.deliveries.stats(tenantId);
    return { data: { ...counts, oldestPendingAt: oldestPendingAt?.toISOString() } };
  }

  private async respond(tenantId: string, settings: WritebackSettings): Promise<WritebackResponse> {
    const { status } = await this.connections.find(tenantId);
    return { ...settings, effective: status === 'active' && settings.mode !== 'off' };
  }
}

/** @throws AppError 1002 for a country that is none, 1003 for an ignored number that is none. */
function readChange({ mode, onNoMatch, defaultCountry, ignoredNumbers }: ChangeWritebackRequest): WritebackChange {
  const country = defaultCountry?.toUpperCase();
  if (country !== undefined && !isPhoneCountry(country)) {
    const message = 'must be a two-letter country code';
    throw new AppError(1002, `defaultCountry ${message}`, { errors: [{ field: 'defaultCountry', message }] });
  }
  const unreadable = ignoredNumbers?.findIndex((number) => readPhoneNumber(number, country) === undefined) ?? -1;
  if (unreadable >= 0) {
    const [field, message] = [`ignoredNumbers[${unreadable}]`, 'is not a phone number'];
    throw new AppError(1003, `${field} ${message}`, { errors: [{ field, message }] });
  }
  return { mode, onNoMatch, ignoredNumbers, defaultCountry: defaultCountry === null ? null : country };
}
