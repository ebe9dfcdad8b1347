import { isPhoneCountry, readPhoneNumber } from '@app/crm';
import { AppError } from '@app/platform';
import {
  ChangeWriteback,
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
import { Body, Controller, Get, Headers, Inject, Patch, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { etagOf, matchesEtag } from '../http/etag.js';
import { EnumField, IntegerField, TextField, TextListField } from '../http/fields.js';

class WritebackResponse {
  @ApiProperty({ enum: [...WRITEBACK_MODES], enumName: 'WritebackMode', example: 'transcript' })
  mode!: string;
  @ApiProperty({ enum: [...NO_MATCH_POLICIES], enumName: 'NoMatchPolicy', example: 'create' })
  onNoMatch!: string;
  @ApiProperty({ required: false, example: 'DE' })
  defaultCountry?: string;
  @ApiProperty({ type: [String], example: ['+493012345678'] })
  ignoredNumbers!: string[];
  @ApiProperty({ description: 'Whether anything is written now: syncing is active and the mode is not off' })
  effective!: boolean;
}

class ChangeWritebackRequest {
  @EnumField(WRITEBACK_MODES, {
    name: 'WritebackMode',
    optional: true,
    example: 'transcript',
    description: 'For conversations closed from now on',
  })
  mode?: WritebackMode;

  @EnumField(NO_MATCH_POLICIES, { name: 'NoMatchPolicy', optional: true, example: 'create' })
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
  @ApiProperty({ type: 'integer', example: 4812 })
  written!: number;
  @ApiProperty({ type: 'integer', example: 3 })
  pending!: number;
  @ApiProperty({ required: false, format: 'date-time', example: '2026-11-21T10:00:00.000Z' })
  oldestPendingAt?: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'By reason',
    example: { no_match: 12 },
  })
  skipped!: Record<string, number>;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'By reason',
    example: { missing_required_property: 1 },
  })
  failed!: Record<string, number>;
}

class HistoryQuery {
  @IntegerField({ optional: true, min: 1, max: 90, default: 14, fromText: true, description: 'Up to and with today' })
  days?: number;

  @TextField({ optional: true, max: 60, example: 'Europe/Berlin', description: 'Whose days (IANA name). Default: UTC' })
  timeZone?: string;
}

class DayResponse {
  @ApiProperty({ format: 'date', example: '2026-11-21' })
  day!: string;
  @ApiProperty({ type: 'integer', example: 312 })
  written!: number;
  @ApiProperty({ type: 'integer', example: 4 })
  skipped!: number;
  @ApiProperty({ type: 'integer', example: 0 })
  failed!: number;
}

@ApiTags('Writeback')
@Controller('integrations/hubspot/writeback')
export class WritebackController {
  constructor(
    @Inject(WritebackSettingsRepository) private readonly settings: WritebackSettingsRepository,
    @Inject(ChangeWriteback) private readonly changeWriteback: ChangeWriteback,
    @Inject(ConnectionRepository) private readonly connections: ConnectionRepository,
    @Inject(ReadDeliveries) private readonly deliveries: ReadDeliveries,
  ) {}

  @Get()
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'What is written, and to whom; its ETag guards a change' })
  @Answers(WritebackResponse)
  @Refuses(2004, 2005, 2012)
  async get(
    @TenantId() tenantId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: WritebackResponse }> {
    const settings = await this.settings.get(tenantId);
    void reply.header('ETag', etagOf(settings));
    return { data: await this.respond(tenantId, settings) };
  }

  @Patch()
  @Access({ scope: 'integrations:write', session: 'admin' })
  @ApiOperation({ summary: 'Changes what is given and leaves the rest' })
  @ApiHeader({ name: 'If-Match', required: false, description: 'ETag of what you saw: refused when it changed since' })
  @Answers(WritebackResponse)
  @Refuses(1002, 1003, 1004, 1015, 1016, 2004, 2005, 2012)
  async change(
    @TenantId() tenantId: string,
    @Body() body: ChangeWritebackRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: WritebackResponse }> {
    const outcome = await this.changeWriteback.execute(tenantId, readChange(body), (current) =>
      matchesEtag(ifMatch, etagOf(current)),
    );
    if (!outcome.changed) {
      throw new AppError(1016, 'The settings were changed since you read them', { reason: outcome.reason });
    }
    void reply.header('ETag', etagOf(outcome.settings));
    return { data: await this.respond(tenantId, outcome.settings) };
  }

  @Get('stats')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'Deliveries by outcome and reason' })
  @Answers(StatsResponse)
  @Refuses(2004, 2005, 2012)
  async stats(@TenantId() tenantId: string): Promise<{ data: StatsResponse }> {
    const { oldestPendingAt, ...counts } = await this.deliveries.stats(tenantId);
    return { data: { ...counts, oldestPendingAt: oldestPendingAt?.toISOString() } };
  }

  @Get('history')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'What became of the conversations that closed, day by day, the oldest day first' })
  @Answers(DayResponse, { list: true })
  @Refuses(1002, 2004, 2005, 2012)
  async history(
    @TenantId() tenantId: string,
    @Query() { days = 14, timeZone = 'UTC' }: HistoryQuery,
  ): Promise<{ data: DayResponse[] }> {
    if (!isTimeZone(timeZone)) {
      const message = 'must be an IANA time zone such as Europe/Berlin';
      throw new AppError(1002, `timeZone ${message}`, { errors: [{ field: 'timeZone', message }] });
    }
    return { data: await this.deliveries.history(tenantId, { days, timeZone }) };
  }

  private async respond(tenantId: string, settings: WritebackSettings): Promise<WritebackResponse> {
    const { status } = await this.connections.find(tenantId);
    return { ...settings, effective: status === 'active' && settings.mode !== 'off' };
  }
}

/** By name alone: an offset such as `+02:00` means the opposite to PostgreSQL. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
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
