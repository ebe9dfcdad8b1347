import type { EntryUrl } from '@app/crm';
import { DELIVERY_STATUSES, type Delivery } from '@app/transcripts';
import { ApiProperty } from '@nestjs/swagger';

export class EntryResponse {
  @ApiProperty({ enum: ['note', 'call', 'communication'] })
  type!: string;
  @ApiProperty({ description: 'Record id in HubSpot', example: '481516234299' })
  id!: string;
  @ApiProperty({ type: 'integer', example: 1 })
  part!: number;
  @ApiProperty({ type: 'integer', example: 1 })
  parts!: number;
  @ApiProperty({
    required: false,
    description: 'Opens it in HubSpot',
    example: 'https://app.hubspot.com/contacts/62515/record/0-1/151/?engagement=481516234299',
  })
  url?: string;
}

export class ScrubbedResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  cards!: number;
  @ApiProperty({ type: 'integer', example: 0 })
  nationalIds!: number;
}

export class AttemptResponse {
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ enum: ['written', 'skipped', 'failed', 'deferred', 'unknown', 'waiting', 'replayed'] })
  outcome!: string;
  @ApiProperty({ example: 'Written as 1 entry on contact 151' })
  detail!: string;
  @ApiProperty({ required: false, description: 'X-Trace-Id of the request that set it going' })
  traceId?: string;
}

export class DeliveryResponse {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  conversationId!: string;
  @ApiProperty({
    required: false,
    example: 'Ada Lovelace',
    description: 'Whose conversation it is: a name, else an email, else a number',
  })
  customer?: string;
  @ApiProperty({ enum: [...DELIVERY_STATUSES], enumName: 'DeliveryStatus', example: 'written' })
  status!: string;
  @ApiProperty({ required: false, description: 'Why it was skipped or failed' })
  reason?: string;
  @ApiProperty({ required: false, description: 'The same in words, with what to do' })
  detail?: string;
  @ApiProperty({ required: false, enum: ['crm_id', 'email', 'phone', 'created'], example: 'email' })
  matchedBy?: string;
  @ApiProperty({ required: false, description: 'How many contacts matched equally well; the oldest was taken' })
  tied?: number;
  @ApiProperty({ required: false, example: '151' })
  contactId?: string;
  @ApiProperty({ type: [EntryResponse] })
  entries!: EntryResponse[];
  @ApiProperty({ type: ScrubbedResponse })
  scrubbed!: ScrubbedResponse;
  @ApiProperty({ type: [AttemptResponse] })
  attempts!: AttemptResponse[];
  @ApiProperty({
    required: false,
    description: 'X-Trace-Id of the request that closed the conversation, or put this back in line last',
  })
  traceId?: string;
  @ApiProperty({ required: false, format: 'date-time' })
  nextAttemptAt?: string;
  @ApiProperty({ format: 'date-time' })
  closedAt!: string;
}

/** @param url where an entry is opened in HubSpot: in the portal it was written to. */
export function toDeliveryResponse(delivery: Delivery, url: EntryUrl): DeliveryResponse {
  return {
    id: delivery.id,
    conversationId: delivery.conversationId,
    customer: delivery.customer,
    status: delivery.status,
    reason: delivery.reason,
    detail: delivery.detail,
    matchedBy: delivery.matchedBy,
    tied: delivery.tied,
    contactId: delivery.contactId,
    entries: delivery.entries.map(({ type, id, part, parts, contactId }) => ({
      type,
      id,
      part,
      parts,
      url: url(contactId, { type, id, portalId: delivery.portalId }),
    })),
    scrubbed: delivery.scrubbed,
    attempts: delivery.attempts.map(({ at, ...attempt }) => ({ ...attempt, at: at.toISOString() })),
    traceId: delivery.traceId,
    nextAttemptAt: delivery.nextAttemptAt?.toISOString(),
    closedAt: delivery.closedAt.toISOString(),
  };
}
