import { AppError } from '@app/platform';
import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, CurrentCaller } from '../access/access.decorators.js';
import type { Caller } from '../access/caller.js';
import { Refuses } from '../http/answers.js';
import { EventStreams } from './event-streams.js';

const EXAMPLE = `retry: 2000
id: 1
event: ready
data: {}

id: 2
event: message.added
data: {"items":[{"conversationId":"0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77"}]}

id: 3
event: delivery.changed
data: {"items":[{"deliveryId":"0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77","conversationId":"0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77","status":"written"}]}

`;

const DESCRIPTION = `Server-sent events. Each says that something changed and which; read it anew where it is shown.

| event | items |
|---|---|
| \`ready\` | the stream is open: what is committed from now on is told |
| \`resync\` | something may have been missed (a reconnection, too): read anew whatever is shown |
| \`message.added\`, \`conversation.opened\`, \`conversation.closed\` | \`conversationId\` |
| \`delivery.changed\` | \`deliveryId\`, \`conversationId\`, \`status\` |
| \`connection.changed\` | \`status\` |
| \`options.changed\`, \`writeback.changed\` | |
| \`contact.changed\` | \`contactId\`, of HubSpot |
| \`signed_out\` | the session is over, and the stream ends |

\`data\` is \`{ "items": [ … ] }\`; without items there were too many to name. At most ten streams of a session and
500 of a tenant in each process; one more is refused with 1007, \`too_many_streams\`.`;

@ApiTags('Events')
@Controller('events')
export class EventsController {
  constructor(@Inject(EventStreams) private readonly streams: EventStreams) {}

  @Get()
  @Access({ session: 'agent' })
  @ApiOperation({ summary: 'What happens in the tenant, as it happens', description: DESCRIPTION })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Sent by browsers that come back' })
  @ApiResponse({
    status: 200,
    description: 'A stream that ends with the session',
    content: { 'text/event-stream': { schema: { type: 'string' }, example: EXAMPLE } },
  })
  @Refuses(1007, 2004, 2005, 2012)
  async listen(
    @CurrentCaller() caller: Caller,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (caller.kind !== 'session') throw new AppError(2005, 'API keys are never allowed here');
    const { tenantId, sessionId } = caller;
    await this.streams.openForSession(reply, { tenantId, sessionId, isReturning: lastEventId !== undefined });
  }
}
