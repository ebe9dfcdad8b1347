import { CRM_TIMELINE, type CrmTimeline } from '@app/crm';
import { AppError } from '@app/platform';
import {
  DELIVERY_STATUSES,
  type DeliveryStatus,
  ReadDeliveries,
  ReplayDeliveries,
  ReplayDelivery,
} from '@app/transcripts';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { EnumField, TextField, TimeField } from '../http/fields.js';
import { Repeatable } from '../http/idempotency.js';
import { PageQuery, readCursor, toPage } from '../http/page.js';
import { DeliveryResponse, toDeliveryResponse } from './delivery.response.js';

class ListDeliveriesQuery extends PageQuery {
  @EnumField(DELIVERY_STATUSES, { name: 'DeliveryStatus', optional: true })
  status?: DeliveryStatus;

  @TextField({ optional: true, max: 100, description: 'Why it was skipped or failed' })
  reason?: string;

  @TimeField({ optional: true, description: 'Closed at or after' })
  from?: Date;

  @TimeField({ optional: true, description: 'Closed before' })
  to?: Date;
}

class ReplayDeliveriesRequest {
  @EnumField(['failed', 'skipped'], {
    name: 'ReplayableStatus',
    description: 'Of skipped ones, those that found no contact (no_match, nothing_to_match)',
  })
  status!: 'failed' | 'skipped';

  @TextField({ optional: true, max: 100, description: 'Why it was skipped or failed' })
  reason?: string;

  @TimeField({ optional: true, description: 'Closed at or after' })
  from?: Date;

  @TimeField({ optional: true, description: 'Closed before' })
  to?: Date;
}

class ReplayedResponse {
  @ApiProperty({ type: 'integer', description: 'How many this call put back in line; at most 5,000' })
  replayed!: number;
  @ApiProperty({ description: 'There are further ones: call again' })
  more!: boolean;
}

@ApiTags('Deliveries')
@Controller('integrations/hubspot/deliveries')
export class DeliveriesController {
  constructor(
    @Inject(ReadDeliveries) private readonly read: ReadDeliveries,
    @Inject(ReplayDelivery) private readonly replayDelivery: ReplayDelivery,
    @Inject(ReplayDeliveries) private readonly replayDeliveries: ReplayDeliveries,
    @Inject(CRM_TIMELINE) private readonly timeline: CrmTimeline,
  ) {}

  @Get()
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'What became of closed conversations, newest first' })
  @Answers(DeliveryResponse, { list: true })
  @Refuses(1002, 2004, 2005, 2012)
  async list(
    @TenantId() tenantId: string,
    @Query() query: ListDeliveriesQuery,
  ): Promise<{ data: DeliveryResponse[]; nextCursor?: string }> {
    const { cursor, limit = 50, ...filter } = query;
    checkPeriod(filter);
    const url = await this.timeline.entryUrls(tenantId);
    const page = await this.read.list(tenantId, { filter, before: readCursor(cursor), limit });
    return toPage(page, (delivery) => toDeliveryResponse(delivery, url));
  }

  @Get(':id')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'One delivery with its attempts, contact and entries' })
  @Answers(DeliveryResponse)
  @Refuses(2004, 2005, 2011, 2012)
  async get(@TenantId() tenantId: string, @Param('id') id: string): Promise<{ data: DeliveryResponse }> {
    const delivery = await this.read.get(tenantId, id);
    return { data: toDeliveryResponse(delivery, await this.timeline.entryUrls(tenantId)) };
  }

  @Post('replay')
  @HttpCode(202)
  @Access({ scope: 'integrations:write', session: 'admin' })
  @Repeatable()
  @ApiOperation({
    summary: 'Puts all failed deliveries, or all that found no contact, that a filter takes back in line',
  })
  @Answers(ReplayedResponse, { status: 202 })
  @Refuses(1001, 1002, 1004, 1012, 1015, 2004, 2005, 2010, 2012)
  async replayAll(
    @TenantId() tenantId: string,
    @Body() filter: ReplayDeliveriesRequest,
  ): Promise<{ data: ReplayedResponse }> {
    checkPeriod(filter);
    return { data: await this.replayDeliveries.execute(tenantId, filter) };
  }

  @Post(':id/replay')
  @HttpCode(202)
  @Access({ scope: 'integrations:write', session: 'admin' })
  @ApiOperation({ summary: 'Puts a failed delivery, or one that found no contact, back in line' })
  @Answers(DeliveryResponse, { status: 202, example: { status: 'pending', entries: [] } })
  @Refuses(1012, 2004, 2005, 2010, 2011, 2012)
  async replay(@TenantId() tenantId: string, @Param('id') id: string): Promise<{ data: DeliveryResponse }> {
    const delivery = await this.replayDelivery.execute(tenantId, id);
    return { data: toDeliveryResponse(delivery, await this.timeline.entryUrls(tenantId)) };
  }
}

/** @throws AppError 1002 */
function checkPeriod({ from, to }: { from?: Date; to?: Date }): void {
  if (from === undefined || to === undefined || to >= from) return;
  throw new AppError(1002, 'to lies before from', { errors: [{ field: 'to', message: 'lies before from' }] });
}
