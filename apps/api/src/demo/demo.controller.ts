import { AppError, CLOCK, type Clock } from '@app/platform';
import { AuditLog, TenantRepository } from '@app/tenants';
import {
  AddMessages,
  type ConversationView,
  type Message,
  ReadConversations,
  RecordConversations,
} from '@app/transcripts';
import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, Open, TenantId } from '../access/access.decorators.js';
import { API_ADDRESS, type ApiAddress } from '../access/api-address.js';
import { tenantSuspended } from '../access/caller.js';
import { EventStreams } from '../events/event-streams.js';
import { ObjectField, TextField } from '../http/fields.js';
import { PhoneField } from '../conversations/phone-field.js';
import { type DemoLink, DemoLinks, INVITATION_MS } from './demo-link.js';

class DemoCustomerRequest {
  @TextField({ optional: true, max: 320 })
  email?: string;

  @PhoneField({ optional: true })
  phone?: string;

  @TextField({ optional: true, max: 200 })
  firstName?: string;

  @TextField({ optional: true, max: 200 })
  lastName?: string;
}

class InviteRequest {
  @TextField({ optional: true, max: 64 })
  conversationId?: string;

  @ObjectField(() => DemoCustomerRequest, { optional: true })
  customer?: DemoCustomerRequest;
}

class CustomerMessageRequest {
  @TextField({ optional: true, max: 200 })
  id?: string;

  @TextField({ max: 10_000 })
  text!: string;
}

/** Where a customer writes, and from which page. */
interface Invitation {
  conversationId: string;
  token: string;
  url: string;
}

interface CustomersView {
  conversationId: string;
  status: ConversationView['status'];
  customer: { firstName?: string; lastName?: string };
  messages: { id: string; author: string; name?: string; text: string; sentAt: string }[];
}

/**
 * The other side of a chat, for trying the product: whoever has the link writes as that conversation's customer. It is
 * mounted in demo mode alone, and is no part of the API's document.
 */
@ApiExcludeController()
@Controller('demo')
export class DemoController {
  constructor(
    @Inject(DemoLinks) private readonly links: DemoLinks,
    @Inject(RecordConversations) private readonly record: RecordConversations,
    @Inject(ReadConversations) private readonly read: ReadConversations,
    @Inject(AddMessages) private readonly addMessages: AddMessages,
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(TenantRepository) private readonly tenants: TenantRepository,
    @Inject(API_ADDRESS) private readonly address: ApiAddress,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A link to write as the customer of an open conversation, or of a new one. */
  @Post('customers')
  @HttpCode(201)
  @Access({ session: 'agent' })
  async invite(@TenantId() tenantId: string, @Body() body: InviteRequest): Promise<{ data: Invitation }> {
    const conversationId = await this.findOrBegin(tenantId, body);
    const until = new Date(this.clock.now().getTime() + INVITATION_MS);
    await this.audit.record(tenantId, { action: 'demo.customer_invited', target: conversationId, details: { until } });
    return { data: this.toInvitation({ tenantId, conversationId, invitedTo: conversationId, until }) };
  }

  @Get('customers/:token')
  @Open()
  async look(@Param('token') token: string): Promise<{ data: CustomersView }> {
    const { tenantId, conversationId } = await this.open(token);
    const { id, status, customer, messages = [] } = await this.read.get(tenantId, conversationId);
    const { firstName, lastName } = customer;
    return {
      data: { conversationId: id, status, customer: { firstName, lastName }, messages: messages.map(toMessage) },
    };
  }

  @Post('customers/:token/messages')
  @HttpCode(201)
  @Open()
  async write(@Param('token') token: string, @Body() { id, text }: CustomerMessageRequest): Promise<{ data: unknown }> {
    const { tenantId, conversationId } = await this.open(token);
    const { customer } = await this.read.get(tenantId, conversationId);
    const name = [customer.firstName, customer.lastName].filter(Boolean).join(' ') || undefined;
    const messages = await this.addMessages.execute(tenantId, conversationId, [{ id, author: 'customer', name, text }]);
    const added = messages.find((message) => message.id === id) ?? messages.at(-1);
    return { data: added && toMessage(added) };
  }

  /** Closed is closed: the same customer begins anew. The invitation is the same, and ends when it would have ended. */
  @Post('customers/:token/conversations')
  @HttpCode(201)
  @Open()
  async beginAgain(@Param('token') token: string): Promise<{ data: Invitation }> {
    const link = await this.open(token);
    const { customer } = await this.read.get(link.tenantId, link.conversationId);
    const conversationId = await this.begin(link.tenantId, customer);
    return { data: this.toInvitation({ ...link, conversationId }) };
  }

  /** Messages and the close of this one conversation. */
  @Get('customers/:token/events')
  @Open()
  async listen(
    @Param('token') token: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { tenantId, conversationId, invitedTo } = await this.open(token);
    await this.streams.open(reply, {
      tenantId,
      ownerId: `customer:${invitedTo}`,
      isReturning: lastEventId !== undefined,
      isAlive: async () =>
        this.links.open(token, this.clock.now()) !== undefined && !(await this.tenants.isSuspended(tenantId)),
      select: ({ kind, items }) => {
        if (kind !== 'message.added' && kind !== 'conversation.closed') return undefined;
        const own = items.filter((item) => item['conversationId'] === conversationId);
        return own.length > 0 || items.length === 0 ? own : undefined;
      },
    });
  }

  private async findOrBegin(tenantId: string, { conversationId, customer = {} }: InviteRequest): Promise<string> {
    if (conversationId === undefined) return this.begin(tenantId, customer);
    return (await this.read.get(tenantId, conversationId)).id;
  }

  /** @returns the id of a new conversation. */
  private async begin(tenantId: string, customer: DemoCustomerRequest): Promise<string> {
    const { email, phone, firstName, lastName } = customer;
    const known = Object.fromEntries(
      Object.entries({ email, phone, firstName, lastName }).filter(([, value]) => value !== undefined),
    );
    const [opened] = await this.record.execute(tenantId, [
      { channel: 'chat', direction: 'inbound', customer: known, messages: [] },
    ]);
    if (opened?.outcome !== 'opened') throw new Error(`A demo conversation was ${String(opened?.outcome)}`);
    return opened.conversation.id;
  }

  private toInvitation(link: DemoLink): Invitation {
    const token = this.links.seal(link);
    return { conversationId: link.conversationId, token, url: `${this.address.publicUrl}/customer/${token}` };
  }

  /** @throws AppError 2011, 2005 `tenant_suspended` */
  private async open(token: string): Promise<DemoLink> {
    const link = this.links.open(token, this.clock.now());
    if (link === undefined) throw new AppError(2011, 'This link is not valid any more');
    if (await this.tenants.isSuspended(link.tenantId)) throw tenantSuspended();
    return link;
  }
}

function toMessage({ id, author, name, text, sentAt }: Message): CustomersView['messages'][number] {
  return { id, author, name, text, sentAt: sentAt.toISOString() };
}
