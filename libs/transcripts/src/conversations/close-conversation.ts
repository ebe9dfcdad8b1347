import { AppError, type Clock, currentTraceId, type Database, isId, newId } from '@app/platform';
import type { ConnectionRepository, WritebackSettingsRepository } from '@app/tenants';
import { decideDelivery } from '../deliver/decide-delivery.js';
import type { Delivery } from '../deliver/delivery.js';
import { asNewDelivery, type DeliveryRepository, type NewDelivery } from '../deliver/delivery.repository.js';
import type { DeliveryMetrics } from '../deliver/delivery-metrics.js';
import type { WakeUps } from '../deliver/wake-ups.port.js';
import type { Agent } from './conversation.js';
import { checkTimes } from './check-conversation.js';
import type { ConversationRepository, ConversationRow } from './conversation.repository.js';
import type { Closing } from './new-conversation.js';
import { requestHash } from './request-hash.js';
import { storable } from './storable-text.js';

/** Closes a conversation and writes its delivery in the same transaction: once answered, it will be delivered or say why not. */
export class CloseConversation {
  constructor(
    private readonly database: Database,
    private readonly conversations: ConversationRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly connections: ConnectionRepository,
    private readonly settings: WritebackSettingsRepository,
    private readonly wakeUps: WakeUps,
    private readonly clock: Clock,
    private readonly metrics?: Pick<DeliveryMetrics, 'skippedAtClose'>,
  ) {}

  /**
   * @param by who closes it, where nobody has answered before.
   * @throws AppError 2002 unknown conversation, 1002 impossible times, 1012 closed before in another way.
   */
  async execute(tenantId: string, conversationId: string, request: Closing, by?: Agent): Promise<Delivery> {
    if (!isId(conversationId)) throw new AppError(2002, 'No conversation has this id');
    const closing = storable(request);
    const now = this.clock.now();
    const { delivery, isNew } = await this.database.withTenant(tenantId, async (tx) => {
      const row = await this.conversations.find(tx, tenantId, conversationId, 'FOR UPDATE');
      if (row === undefined) throw new AppError(2002, 'No conversation has this id');
      if (row.status === 'closed') {
        const written = (await this.deliveries.findByConversations(tx, tenantId, [conversationId])).get(conversationId);
        if (written !== undefined && isSameClosing(row, closing)) return { delivery: written, isNew: false };
        throw new AppError(1012, 'The conversation was closed before, with other content', {
          reason: 'conversation_closed',
        });
      }
      const closedAt = closing.closedAt ?? later(now, row.started_at);
      const errors = checkTimes({ startedAt: row.started_at, closedAt }, now);
      if (errors.length > 0) throw new AppError(1002, 'The conversation can’t close at that time', { errors });
      await this.conversations.close(tx, tenantId, {
        id: row.id,
        closed_at: closedAt,
        close_hash: requestHash(closing),
        summary: closing.summary ?? row.summary,
        agent: closing.agent ?? row.agent ?? by ?? null,
        voice: row.channel === 'voice' ? { callStatus: 'COMPLETED', ...row.voice, ...closing.voice } : row.voice,
      });
      const { size } = await this.conversations.measure(tx, tenantId, conversationId);
      const connection = await this.connections.findIn(tx, tenantId, 'stay');
      const settings = await this.settings.getIn(tx, tenantId);
      const created: NewDelivery = {
        id: newId(),
        conversationId,
        customerKey: row.customer_key,
        closedAt,
        size,
        decision: decideDelivery(connection, settings, closedAt),
        traceId: currentTraceId(),
      };
      await this.deliveries.insert(tx, tenantId, [created]);
      return { delivery: asNewDelivery(created, now), isNew: true };
    });
    if (isNew && delivery.status === 'skipped') this.metrics?.skippedAtClose(delivery.reason ?? '');
    if (delivery.status === 'pending') this.wakeUps.wake(tenantId);
    return delivery;
  }
}

/** Closing what is closed answers the same, unless this call says something the first one didn't. */
function isSameClosing(row: ConversationRow, closing: Closing): boolean {
  const hash = requestHash(closing);
  return row.close_hash === null ? hash.equals(requestHash({})) : row.close_hash.equals(hash);
}

/** A start a little ahead of our clock must not make closing impossible. */
function later(now: Date, startedAt: Date): Date {
  return startedAt > now ? startedAt : now;
}
