export { AddMessages } from './conversations/add-messages.js';
export { CloseConversation } from './conversations/close-conversation.js';
export {
  AUTHORS,
  CALL_STATUSES,
  CHANNELS,
  DIRECTIONS,
  type Agent,
  type Attachment,
  type Author,
  type CallStatus,
  type Channel,
  type ClosedConversation,
  type Customer,
  type Direction,
  type Message,
  type VoiceDetails,
} from './conversations/conversation.js';
export type { ConversationView } from './conversations/conversation-view.js';
export type { Closing, NewConversation, NewMessage } from './conversations/new-conversation.js';
export { ReadConversations } from './conversations/read-conversations.js';
export { RecordConversations, type RecordedConversation } from './conversations/record-conversations.js';
export { RecordTogether } from './conversations/record-together.js';
export type { ContactPanel } from './desk/contact-panel.js';
export { type ActivityMark, type OpenConversation, ReadDesk } from './desk/read-desk.js';
export { Reply } from './desk/reply.js';
export { SearchContacts } from './desk/search-contacts.js';
export { ShowContact } from './desk/show-contact.js';
export { DELIVERIES_QUEUE } from './deliver/bull-wake-ups.adapter.js';
export { DeliverPending, type DeliverPendingCommand, type DeliverySlice } from './deliver/deliver-pending.js';
export { DELIVERY_STATUSES, SKIP_REASONS, type Delivery, type DeliveryStatus } from './deliver/delivery.js';
export type { DeliveryFilter, DeliveryStats } from './deliver/delivery.repository.js';
export { ReadDeliveries, type Page } from './deliver/read-deliveries.js';
export { ReplayDeliveries } from './deliver/replay-deliveries.js';
export { ReplayDelivery } from './deliver/replay-delivery.js';
export { SweepDue } from './deliver/sweep-due.js';
export { WAKE_UPS, type WakeUps } from './deliver/wake-ups.port.js';
export { ContactsInMaking } from './match/contacts-in-making.js';
export { scrubText } from './scrub/scrub-conversation.js';
export { RemoveOldConversations } from './retain/remove-old-conversations.js';
export { TranscriptsModule } from './transcripts.module.js';
export { TRANSCRIPTS_MIGRATIONS } from './migrations/index.js';
