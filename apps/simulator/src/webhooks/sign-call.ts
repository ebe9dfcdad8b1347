import { createHash, createHmac } from 'node:crypto';

/** HubSpot's escapes that are decoded before an address is signed (FACTS §6.3). */
const SIGNED_AS: readonly (readonly [string, string])[] = [
  ['%3A', ':'],
  ['%2F', '/'],
  ['%3F', '?'],
  ['%40', '@'],
  ['%21', '!'],
  ['%24', '$'],
  ['%27', "'"],
  ['%28', '('],
  ['%29', ')'],
  ['%2A', '*'],
  ['%2C', ','],
  ['%3B', ';'],
];

/** The signature headers of a POST: v1 over secret and body, v3 over method, address, body and time. */
export function signCall(
  { url, body, timestamp }: { readonly url: string; readonly body: string; readonly timestamp: number },
  clientSecret: string,
  versions: readonly ('v1' | 'v3')[],
): Record<string, string> {
  const headers: Record<string, string> = {};
  if (versions.includes('v1')) {
    headers['X-HubSpot-Signature-Version'] = 'v1';
    headers['X-HubSpot-Signature'] = createHash('sha256')
      .update(clientSecret + body, 'utf8')
      .digest('hex');
  }
  if (versions.includes('v3')) {
    let address = url;
    for (const [escape, character] of SIGNED_AS) address = address.split(escape).join(character);
    headers['X-HubSpot-Request-Timestamp'] = String(timestamp);
    headers['X-HubSpot-Signature-v3'] = createHmac('sha256', clientSecret)
      .update(`POST${address}${body}${timestamp}`, 'utf8')
      .digest('base64');
  }
  return headers;
}
