import { type Clock, currentTraceId, type Database, type FieldError, newId } from '@app/platform';
import {
  type Connection,
  type ConnectionRepository,
  OptionsRepository,
  type WritebackSettings,
  type WritebackSettingsRepository,
} from '@app/tenants';
import type { EntityManager } from 'typeorm';
import { decideDelivery } from '../deliver/decide-delivery.js';
import { asNewDelivery, type DeliveryRepository, type NewDelivery } from '../deliver/delivery.repository.js';
import type { DeliveryMetrics } from '../deliver/delivery-metrics.js';
import type { WakeUps } from '../deliver/wake-ups.port.js';
import { checkConversation } from './check-conversation.js';
import {
  type ConversationRepository,
  type ConversationRow,
  MESSAGE_UNITS,
  type PlacedMessage,
} from './conversation.repository.js';
import { type ConversationView, toConversationView } from './conversation-view.js';
import { customerKey } from './customer-key.js';
import type { NewConversation, NewMessage } from './new-conversation.js';
import { requestHash } from './request-hash.js';
import { storable } from './storable-text.js';

/** What became of one conversation of a call. */
export type RecordedConversation =
  | { outcome: 'opened' | 'closed' | 'known'; conversation: ConversationView }
  | { outcome: 'invalid'; errors: FieldError[] }
  | { outcome: 'conflict'; detail: string }
  /** The options ask for a HubSpot contact wherever something outbound is opened. */
  | { outcome: 'refused'; reason: 'crm_contact_required'; detail: string };

interface Prepared {
  row: ConversationRow;
  messages: PlacedMessage[];
  delivery?: NewDelivery;
}

/**
 * Opens conversations, or records whole closed ones together with their deliveries, in one transaction: what it answers
 * is durable. Repeating a call answers the same conversations.
 */
export class RecordConversations {
  constructor(
    private readonly database: Database,
    private readonly conversations: ConversationRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly connections: ConnectionRepository,
    private readonly settings: WritebackSettingsRepository,
    private readonly wakeUps: WakeUps,
    private readonly clock: Clock,
    private readonly metrics?: Pick<DeliveryMetrics, 'skippedAtClose'>,
    private readonly options: Pick<OptionsRepository, 'getIn'> = new OptionsRepository(database, clock),
  ) {}

  /**
   * One outcome per draft, in order.
   * @param asCaller runs what is one draft's alone; for callers that bring drafts of several requests.
   */
  async execute(
    tenantId: string,
    drafts: readonly NewConversation[],
    asCaller: <R>(index: number, work: () => R) => R = (_index, work) => work(),
  ): Promise<RecordedConversation[]> {
    const now = this.clock.now();
    const problems = drafts.map((draft) => checkConversation(draft, now));
    const recorded = await this.database.withTenant(tenantId, async (tx) => {
      const connection = await this.connections.findIn(tx, tenantId, 'stay');
      const settings = await this.settings.getIn(tx, tenantId);
      const refused = await this.findRefused(tx, tenantId, drafts);
      const prepared = drafts.map((draft, index) =>
        problems[index]?.length === 0 && !refused.has(draft)
          ? asCaller(index, () => prepare(storable(draft), connection, settings, now))
          : undefined,
      );
      const valid = prepared.filter((item) => item !== undefined);
      const inserted = await this.conversations.insert(
        tx,
        tenantId,
        valid.map(({ row }) => row),
      );
      const fresh = valid.filter(({ row }) => inserted.has(row.id));
      await this.conversations.insertMessages(
        tx,
        tenantId,
        fresh.flatMap(({ messages }) => messages),
      );
      await this.deliveries.insert(
        tx,
        tenantId,
        fresh.flatMap(({ delivery }) => delivery ?? []),
      );

      const met = valid.filter(({ row }) => !inserted.has(row.id)).flatMap(({ row }) => row.external_id ?? []);
      const known = await this.conversations.findByExternalIds(tx, tenantId, met);
      const knownDeliveries = await this.deliveries.findByConversations(
        tx,
        tenantId,
        known.map(({ id }) => id),
      );
      return prepared.map((item, index): RecordedConversation => {
        if (item === undefined) {
          const errors = problems[index] ?? [];
          return errors.length > 0 ? { outcome: 'invalid', errors } : CONTACT_REQUIRED;
        }
        if (inserted.has(item.row.id)) return answerFresh(item, now);
        const held = known.find(({ external_id }) => external_id === item.row.external_id);
        return answerKnown(item, held, (id) => toConversationView(id, knownDeliveries.get(id.id)));
      });
    });
    for (const item of recorded) {
      if (item.outcome !== 'closed' || item.conversation.delivery?.status !== 'skipped') continue;
      this.metrics?.skippedAtClose(item.conversation.delivery.reason ?? '');
    }
    if (recorded.some((item) => 'conversation' in item && item.conversation.delivery?.status === 'pending')) {
      this.wakeUps.wake(tenantId);
    }
    return recorded;
  }

  /** What is opened outbound without a contact, while only matches are allowed; not what was opened before that. */
  private async findRefused(
    tx: EntityManager,
    tenantId: string,
    drafts: readonly NewConversation[],
  ): Promise<Set<NewConversation>> {
    const lacking = drafts.filter(
      ({ direction, closedAt, customer }) =>
        direction === 'outbound' && closedAt === undefined && customer.crmContactId === undefined,
    );
    if (lacking.length === 0 || !(await this.options.getIn(tx, tenantId)).outboundOnlyMatches) return new Set();
    const ids = lacking.flatMap(({ externalId }) => externalId ?? []);
    const known = await this.conversations.findByExternalIds(tx, tenantId, ids);
    const isKnown = ({ externalId }: NewConversation): boolean =>
      externalId !== undefined && known.some(({ external_id }) => external_id === externalId);
    return new Set(lacking.filter((draft) => !isKnown(draft)));
  }
}

const CONTACT_REQUIRED: RecordedConversation = {
  outcome: 'refused',
  reason: 'crm_contact_required',
  detail: 'Outbound conversations are opened with a HubSpot contact only: choose one, or an admin changes the options',
};

function prepare(draft: NewConversation, connection: Connection, settings: WritebackSettings, now: Date): Prepared {
  const id = newId();
  const messages = placeMessages(id, draft.messages, 0, draft.closedAt ?? now);
  const row: ConversationRow = {
    id,
    external_id: draft.externalId ?? null,
    channel: draft.channel,
    direction: draft.direction,
    status: draft.closedAt === undefined ? 'open' : 'closed',
    customer: draft.customer,
    crm_portal_id: connection.portalId ?? null,
    customer_key: customerKey(draft.customer, id, settings.defaultCountry),
    agent: draft.agent ?? null,
    subject: draft.subject ?? null,
    summary: draft.summary ?? null,
    voice: draft.voice ?? null,
    started_at: draft.startedAt ?? earliest(messages) ?? draft.closedAt ?? now,
    closed_at: draft.closedAt ?? null,
    request_hash: requestHash(draft),
    close_hash: null,
  };
  if (draft.closedAt === undefined) return { row, messages };
  const delivery: NewDelivery = {
    id: newId(),
    conversationId: id,
    customerKey: row.customer_key,
    closedAt: draft.closedAt,
    size: messages.reduce((sum, { text }) => sum + text.length + MESSAGE_UNITS, 0),
    decision: decideDelivery(connection, settings, draft.closedAt),
    traceId: currentTraceId(),
  };
  return { row, messages, delivery };
}

/** Gives messages their place after the `offset` ones that are there. */
export function placeMessages(
  conversationId: string,
  messages: readonly NewMessage[],
  offset: number,
  sentAt: Date,
): PlacedMessage[] {
  return messages.map((message, index) => ({
    conversationId,
    position: offset + index,
    id: message.id ?? newId(),
    author: message.author,
    name: message.name,
    text: message.text,
    sentAt: message.sentAt ?? sentAt,
    attachments: message.attachments ?? [],
  }));
}

function earliest(messages: readonly PlacedMessage[]): Date | undefined {
  return messages.reduce<Date | undefined>(
    (first, { sentAt }) => (first === undefined || sentAt < first ? sentAt : first),
    undefined,
  );
}

function answerFresh({ row, delivery }: Prepared, now: Date): RecordedConversation {
  const conversation = toConversationView(row, delivery && asNewDelivery(delivery, now));
  return { outcome: row.status === 'open' ? 'opened' : 'closed', conversation };
}

function answerKnown(
  { row: asked, messages }: Prepared,
  held: ConversationRow | undefined,
  view: (row: ConversationRow) => ConversationView,
): RecordedConversation {
  if (held === undefined)
    return { outcome: 'conflict', detail: 'This externalId was just recorded by another call; ask again' };
  const same = held.request_hash.equals(asked.request_hash);
  if (same) return { outcome: 'known', conversation: view(held) };
  if (held.status === 'closed') {
    return { outcome: 'conflict', detail: 'A closed conversation with this externalId and other content exists' };
  }
  if (asked.status === 'closed') {
    return {
      outcome: 'conflict',
      detail: 'A conversation with this externalId is open: add its messages and close it',
    };
  }
  if (messages.length > 0) {
    return {
      outcome: 'conflict',
      detail: 'A conversation with this externalId is open: send its messages to /messages',
    };
  }
  return { outcome: 'known', conversation: view(held) };
}
