import { DEMO } from './environment.ts';
import type { ExampleContact } from './demo.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';

interface Greeting {
  settings: Settings;
  secrets: Secrets;
  simulatorUrl?: string;
  /** Missing where there is no simulated portal to take one from. */
  contact?: ExampleContact;
  logs: string;
}

/** Where to go and what to try, after everything is up. */
export function greet(terminal: Terminal, { settings, secrets, simulatorUrl, contact, logs }: Greeting): void {
  terminal.heading('Where to go');
  terminal.row('Console', settings.publicUrl);
  const aiAgent = settings.demo && simulatorUrl ? `  (${DEMO.aiAgent}, an AI agent with the Connector Pack)` : '';
  terminal.row('Skills', `${settings.publicUrl}/skills${aiAgent}`);
  terminal.row('API docs', `${settings.publicUrl}/docs`);
  if (simulatorUrl) terminal.row('HubSpot', `${simulatorUrl}  (the simulator, on this machine)`);
  terminal.row('logs', logs);
  if (settings.demo) {
    terminal.heading('Sign in');
    terminal.row(DEMO.tenant, `${DEMO.adminEmail}  ${secrets.demo.adminPassword}  (admin, connected)`);
    terminal.row('', `${DEMO.agentEmail}  ${secrets.demo.agentPassword}  (agent)`);
    terminal.row(
      DEMO.otherTenant,
      `${DEMO.otherAdminEmail}  ${secrets.demo.otherAdminPassword}  (admin, not connected)`,
    );
    terminal.row('API key', secrets.demo.apiKey);
  }
  if (contact && settings.demo) {
    terminal.heading(`Close a conversation with ${contact.firstName} ${contact.lastName}`);
    terminal.block(closingCurl(settings, secrets.demo.apiKey, contact));
    terminal.block(`  and see it on ${contact.pageUrl}`);
  }
  terminal.block(
    `  Ctrl-C stops everything.${settings.watch ? ' Changes are built and restarted as you save.' : ''}\n`,
  );
}

/** Times come from the shell's clock, since a conversation from before the connection was enabled is not written. */
function closingCurl({ port }: Settings, apiKey: string, contact: ExampleContact): string {
  return [
    `curl -sS http://localhost:${port}/conversations \\`,
    `  -H 'authorization: Bearer ${apiKey}' \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '{`,
    `    "externalId": "hello-'$(date +%s)'", "channel": "chat", "direction": "inbound",`,
    `    "customer": { "email": "${contact.email}", "firstName": "${contact.firstName}", "lastName": "${contact.lastName}" },`,
    `    "agent": { "name": "Robin" },`,
    `    "startedAt": "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'", "closedAt": "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'",`,
    `    "messages": [`,
    `      { "id": "1", "author": "customer", "text": "Hello, does it work?", "sentAt": "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'" },`,
    `      { "id": "2", "author": "agent", "text": "It does.", "sentAt": "'$(date -u +%Y-%m-%dT%H:%M:%SZ)'" }`,
    `    ]`,
    `  }'`,
  ].join('\n');
}
