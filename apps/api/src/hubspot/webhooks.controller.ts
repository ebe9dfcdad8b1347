import { type ReceivedWebhook, ReceiveWebhook } from '@app/hubspot';
import { AppError } from '@app/platform';
import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiProperty, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Open } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { BodyLimit, LARGEST_BODY_BYTES } from '../http/body-limit.js';
import { RawBody, rawBodyOf } from '../http/raw-body.js';

class WebhookReceipt {
  @ApiProperty({ type: 'integer', description: 'New events; they are durable by now' })
  stored!: number;
  @ApiProperty({ type: 'integer', example: 0, description: 'Known already' })
  repeated!: number;
  @ApiProperty({ type: 'integer', example: 0, description: 'Of portals that are not connected here, or too old' })
  dropped!: number;
}

/** For HubSpot alone: its signature over the bytes that came is the only way in. */
@ApiTags('HubSpot webhooks')
@Controller('integrations/hubspot/webhooks')
export class WebhooksController {
  constructor(@Inject(ReceiveWebhook) private readonly receive: ReceiveWebhook) {}

  @Post()
  @HttpCode(200)
  @Open()
  @RawBody()
  // A hundred events, each with a value of up to 65,536 characters. What is refused ten times HubSpot tells no more, and a
  // privacy deletion may be among it. Nothing of it is parsed before its signature is found good.
  @BodyLimit(LARGEST_BODY_BYTES)
  @ApiSecurity('hubspotSignature')
  @ApiOperation({
    summary: 'Events from HubSpot, up to a hundred at a time; signed (v3, or v1 where there is no v3)',
    description: 'v1 signs no time, so of what it signs an event counts that happened within two days.',
  })
  @ApiHeader({ name: 'X-HubSpot-Signature-v3', required: false })
  @ApiHeader({ name: 'X-HubSpot-Request-Timestamp', required: false, description: 'ms since 1970; belongs to v3' })
  @ApiHeader({ name: 'X-HubSpot-Signature', required: false })
  @ApiHeader({ name: 'X-HubSpot-Signature-Version', required: false, description: 'v1' })
  @ApiBody({
    schema: {
      type: 'array',
      items: { type: 'object', additionalProperties: true },
      example: [
        {
          eventId: 3_281_964,
          subscriptionId: 12,
          portalId: 62_515,
          occurredAt: 1_795_255_200_000,
          subscriptionType: 'contact.deletion',
          attemptNumber: 0,
          objectId: 151,
        },
      ],
    },
  })
  @Answers(WebhookReceipt)
  @Refuses(1002, 1004, 1014, 1015, 2004, 2013, 3002, 3003)
  async post(@Req() request: FastifyRequest): Promise<{ data: WebhookReceipt }> {
    const received = await this.receive.execute({
      method: request.method,
      path: request.url,
      body: rawBodyOf(request),
      headers: {
        signature: headerOf(request, 'x-hubspot-signature'),
        signatureVersion: headerOf(request, 'x-hubspot-signature-version'),
        signatureV3: headerOf(request, 'x-hubspot-signature-v3'),
        timestamp: headerOf(request, 'x-hubspot-request-timestamp'),
      },
    });
    if (!received.accepted) throw refusalOf(received.reason);
    const { stored, repeated, dropped } = received;
    return { data: { stored, repeated, dropped } };
  }
}

/** An empty header is a missing one. */
function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function refusalOf(reason: Extract<ReceivedWebhook, { accepted: false }>['reason']): AppError {
  switch (reason) {
    case 'missing_signature':
      return new AppError(2004, 'The request carries no signature this route takes', { reason });
    case 'mismatch':
      return new AppError(2004, 'The signature is not HubSpot’s for this request', { reason: 'signature_mismatch' });
    case 'missing_timestamp':
      return new AppError(2013, 'The signature’s timestamp is missing', { reason });
    case 'stale':
      return new AppError(2013, 'The signature’s timestamp is more than five minutes away', { reason });
    case 'not_configured':
      return new AppError(3003, 'HUBSPOT_CLIENT_SECRET is not set, so no signature can be checked');
    case 'not_json':
      return new AppError(1004, 'The body is not valid JSON');
    case 'not_events':
      return new AppError(1002, 'The body must be a list of events');
  }
}
