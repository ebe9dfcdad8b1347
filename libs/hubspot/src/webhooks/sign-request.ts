import { signatureV1, signatureV2, signatureV3, type SignedParts } from './signed-text.js';
import type { SignatureVersion } from './verify-signature.js';

export interface SigningOptions {
  clientSecret: string;
  /** HubSpot sends v3 beside an older one; several make the headers of all of them. v1 and v2 share a header. */
  versions: readonly SignatureVersion[];
  at: Date;
}

/** The headers HubSpot would send with this request, for tests and for trying endpoints by hand. */
export function signRequest(
  parts: SignedParts,
  { clientSecret, versions, at }: SigningOptions,
): Record<string, string> {
  const headers: Record<string, string> = {};
  if (versions.includes('v3')) {
    const timestamp = String(at.getTime());
    headers['x-hubspot-request-timestamp'] = timestamp;
    headers['x-hubspot-signature-v3'] = signatureV3(clientSecret, parts, timestamp);
  }
  const older = versions.find((version) => version !== 'v3');
  if (older === undefined) return headers;
  headers['x-hubspot-signature-version'] = older;
  headers['x-hubspot-signature'] = older === 'v1' ? signatureV1(clientSecret, parts) : signatureV2(clientSecret, parts);
  return headers;
}
