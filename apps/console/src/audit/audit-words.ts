import type { Shape } from '../api/client.js';

export type AuditEntry = Shape<'AuditEntryResponse'>;
export type AuditAction = Shape<'AuditAction'>;

/** What was done, as a sentence that goes on after who did it. */
export const ACTION_WORDS: Readonly<Record<AuditAction, string>> = {
  'session.signed_in': 'signed in',
  'session.signed_out': 'signed out',
  'user.created': 'let a person in',
  'user.changed': 'changed a person',
  'api_key.created': 'created an API key',
  'api_key.revoked': 'revoked an API key',
  'connection.connected': 'connected HubSpot',
  'connection.enabled': 'enabled syncing',
  'connection.disabled': 'disabled the connection',
  'connection.disconnected': 'disconnected HubSpot',
  'connection.uninstalled': 'noticed that the app was uninstalled',
  'connection.needs_attention': 'noticed that the connection needs attention',
  'connection.recovered': 'noticed that HubSpot takes what is written again',
  'writeback.changed': 'changed interaction logging',
  'options.changed': 'changed options',
  'deliveries.replayed': 'replayed deliveries',
  'delivery.replayed': 'replayed a delivery',
  'credentials.re_encrypted': 're-encrypted the stored credentials',
  'tenant.suspended': 'shut the organisation out',
  'tenant.resumed': 'let the organisation in again',
  'demo.customer_invited': 'invited a demo customer',
  'schema.discovered': 'read what HubSpot holds',
  'ai_agent.created': 'created an AI agent',
  'ai_agent.changed': 'changed an AI agent',
  'ai_agent.deleted': 'deleted an AI agent with its skills',
  'binding.created': 'created a binding',
  'binding.changed': 'changed a binding',
  'binding.enabled': 'enabled a binding',
  'binding.disabled': 'disabled a binding',
  'binding.deleted': 'deleted a binding',
  'pack.installed': 'gave an AI agent the Connector Pack',
  'pack.changed': 'changed where new tickets and deals land',
  'caller.verified': 'vouched for who a customer is',
  'skill.wrote': 'let a skill write to HubSpot',
};

/** Names of the details, where the API's own would read oddly. */
const DETAIL_WORDS: Readonly<Record<string, string>> = {
  mode: 'mode',
  onNoMatch: 'when nobody matches',
  defaultCountry: 'default country',
  ignoredNumbers: 'ignored numbers',
  noticedBy: 'noticed by',
  outboundSearch: 'search in outbound',
  outboundOnlyMatches: 'only matches in outbound',
  panelProperties: 'properties in the panel',
  objectCount: 'objects',
  fieldCount: 'fields',
  edgeCount: 'relationships',
};

/** @returns "mode: transcript", one for each detail. */
export function detailsInWords(details: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(details).map(([name, value]) => `${DETAIL_WORDS[name] ?? name}: ${valueInWords(value)}`);
}

function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueInWords).join(', ');
  return typeof value === 'string' ? value.replaceAll('_', ' ') : JSON.stringify(value);
}
