export {
  CRM_DESK,
  type ContactProperty,
  type CrmDesk,
  type ShownContact,
  type ShownType,
  type ShownValue,
} from './desk/crm-desk.port.js';
export type { ContactDraft, CreateOutcome, CrmContact } from './directory/crm-contact.js';
export { CRM_DIRECTORY, type CrmDirectory } from './directory/crm-directory.port.js';
export { CrmPartlyKnownError } from './directory/partly-known.js';
export {
  CrmDeferredError,
  type Deferral,
  type Refusal,
  type RefusalRule,
  type WriteOutcome,
} from './outcome/deferral.js';
export { createSettlesIn } from './outcome/settle-time.js';
export { internationalForm, isPhoneCountry, readPhoneNumber, type PhoneNumber } from './phone/phone-number.js';
export { CRM_TIMELINE, type CrmTimeline, type EntryUrl, type StoredEntry } from './timeline/crm-timeline.port.js';
export type { CallDetails, TimelineEntry } from './timeline/timeline-entry.js';
export { CONTACT_EVENTS, type ContactEvent, type ContactEvents } from './events/contact-events.port.js';
export { CRM_SCHEMA, type CrmSchema } from './schema/crm-schema.port.js';
export type {
  CrmField,
  CrmObject,
  CrmOption,
  CrmOwner,
  CrmPipeline,
  CrmRelationship,
  CrmSchemaReading,
  WithheldObject,
} from './schema/crm-schema.js';
export { SEARCH_LIMITS, type RecordFilter, type RecordOperator, type RecordSearch } from './records/record-search.js';
export type { FindStep, RecordFind } from './records/record-find.js';
export type { RecordTie, RecordValues, RecordWrite } from './records/record-write.js';
export {
  CRM_RECORDS,
  type CrmRecord,
  type CrmRecords,
  type FindOptions,
  type FoundRecords,
  type OfPortal,
  type TiedRecords,
  type NewRecord,
  type RecordOutcome,
} from './records/crm-records.port.js';
