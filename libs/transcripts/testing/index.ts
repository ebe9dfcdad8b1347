export { fillLedger, type PastTenant } from './fill-ledger.js';
export { readConversation, readTranscript, type ReadConversation, type ReadMessage } from './read-transcript.js';
export { readTheRules, type OracleChoice, type OracleContact, type OracleCustomer } from './read-the-rules.js';
export {
  readIdWords,
  readKindsAsked,
  readNationalIds,
  readsAsOrder,
  readsCard,
  readsOtherNumber,
} from './read-national-ids.js';
