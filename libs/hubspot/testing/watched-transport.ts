import { hubspotContract, type Exchange } from '@app/testing';
import type { HubSpotCall, HubSpotReply, HubSpotTransport } from '../src/client/hubspot-transport.js';
import { parseJson } from '../src/client/read-json.js';

/** A transport whose every exchange is kept, to be held against HubSpot's OpenAPI files. */
export class WatchedTransport implements Pick<HubSpotTransport, 'send'> {
  constructor(
    private readonly transport: Pick<HubSpotTransport, 'send'>,
    private readonly exchanges: Exchange[],
  ) {}

  async send(call: HubSpotCall): Promise<HubSpotReply> {
    const reply = await this.transport.send(call);
    if (!('failure' in reply)) {
      this.exchanges.push({
        method: call.method,
        path: call.path,
        // As JSON carries it: without members that are undefined.
        requestBody: call.body && parseJson(JSON.stringify(call.body)),
        status: reply.status,
        responseBody: parseJson(reply.text ?? ''),
      });
    }
    return reply;
  }
}

/** One line per finding, each once. */
export function findingsIn(exchanges: readonly Exchange[]): string[] {
  const contract = hubspotContract();
  return [...new Set(exchanges.flatMap((exchange) => contract.validate(exchange)))];
}
