export { readConversation, readTranscript, type ReadConversation, type ReadMessage } from './read-transcript.js';
export { readTheRules, type OracleChoice, type OracleContact, type OracleCustomer } from './read-the-rules.js';
