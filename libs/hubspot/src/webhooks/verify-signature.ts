import { timingSafeEqual } from 'node:crypto';
import { signatureV1, signatureV2, signatureV3, type SignedParts } from './signed-text.js';

export type SignatureVersion = 'v1' | 'v2' | 'v3';

/** A request as it arrived; headers undefined where they were missing. */
export interface SignedRequest extends SignedParts {
  headers: {
    /** `X-HubSpot-Signature` */
    signature?: string;
    /** `X-HubSpot-Signature-Version` */
    signatureVersion?: string;
    /** `X-HubSpot-Signature-v3` */
    signatureV3?: string;
    /** `X-HubSpot-Request-Timestamp`, ms since 1970 */
    timestamp?: string;
  };
}

export interface SignatureRules {
  clientSecret: string;
  /** What this route takes. v3 is always looked at first: one that is there and wrong can't be outdone by an older one. */
  versions: readonly SignatureVersion[];
  now: Date;
}

export type Verification =
  | { valid: true; version: SignatureVersion }
  | { valid: false; reason: 'missing_signature' | 'missing_timestamp' | 'stale' | 'mismatch' };

/** HubSpot refuses older ones; we refuse as far in the future too, or a signature could be made to last. */
const WINDOW_MS = 300_000;

/** Whether HubSpot sent this request, now, to this address. Compares in constant time and fails closed. */
export function verifySignature(request: SignedRequest, rules: SignatureRules): Verification {
  const { signature, signatureVersion, signatureV3: given, timestamp } = request.headers;
  const { clientSecret, versions, now } = rules;
  if (given !== undefined && versions.includes('v3')) {
    if (timestamp === undefined) return { valid: false, reason: 'missing_timestamp' };
    if (!isFresh(timestamp, now)) return { valid: false, reason: 'stale' };
    return conclude('v3', given, signatureV3(clientSecret, request, timestamp));
  }
  if (signature === undefined) return { valid: false, reason: 'missing_signature' };
  if (signatureVersion === 'v1' && versions.includes('v1')) {
    return conclude('v1', signature, signatureV1(clientSecret, request));
  }
  if (signatureVersion === 'v2' && versions.includes('v2')) {
    return conclude('v2', signature, signatureV2(clientSecret, request));
  }
  return { valid: false, reason: 'missing_signature' };
}

function isFresh(timestamp: string, now: Date): boolean {
  if (!/^\d{1,15}$/.test(timestamp)) return false;
  return Math.abs(now.getTime() - Number(timestamp)) <= WINDOW_MS;
}

function conclude(version: SignatureVersion, given: string, expected: string): Verification {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  // The length of a signature is no secret.
  const isSame = left.length === right.length && timingSafeEqual(left, right);
  return isSame ? { valid: true, version } : { valid: false, reason: 'mismatch' };
}
