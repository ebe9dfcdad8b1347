import { knowSecret } from '@app/testing';
import {
  Client,
  type ElicitRequest,
  type ElicitResult,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';

/** How a person answers what their client shows them. */
export type Person = (question: string) => Promise<ElicitResult['action']>;

export interface McpClientOptions {
  /** Of the MCP endpoint. Several: one API process each, taken in turns, as a balancer without sessions would. */
  urls: readonly string[];
  apiKey: string;
  /** The revision it speaks. */
  era: '2026-07-28' | 'earlier';
  /** Left out: the client can't show questions. */
  person?: Person;
  headers?: Readonly<Record<string, string>>;
}

/** The official SDK's client, connected. */
export async function connectMcp({ urls, apiKey, era, person, headers }: McpClientOptions): Promise<Client> {
  knowSecret('API key', apiKey);
  const client = new Client(
    { name: 'test', version: '1' },
    {
      capabilities: person === undefined ? {} : { elicitation: { form: {} } },
      versionNegotiation: { mode: era === '2026-07-28' ? 'auto' : 'legacy' },
    },
  );
  if (person !== undefined) {
    client.setRequestHandler('elicitation/create', async ({ params }: ElicitRequest) => ({
      action: await person(params.message),
    }));
  }
  const [first = ''] = urls;
  let turn = 0;
  const transport = new StreamableHTTPClientTransport(new URL(first), {
    requestInit: { headers: { authorization: `Bearer ${apiKey}`, ...headers } },
    fetch: (_address, init) => fetch(urls[turn++ % urls.length] ?? first, init),
  });
  await client.connect(transport);
  return client;
}
