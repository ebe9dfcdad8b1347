import { createHash, createHmac } from 'node:crypto';

/** What a signature covers, as the bytes that travel. */
export interface SignedParts {
  method: string;
  /** The whole outside address with its query, percent-escapes as sent. */
  url: string;
  body: Uint8Array;
}

/** Hex SHA-256 of secret and body: CRM webhooks. Says nothing of the address or the time. */
export function signatureV1(clientSecret: string, { body }: SignedParts): string {
  return createHash('sha256').update(clientSecret).update(body).digest('hex');
}

/** Hex SHA-256 of secret, method, address and body: workflow actions and cards. */
export function signatureV2(clientSecret: string, { method, url, body }: SignedParts): string {
  return createHash('sha256').update(clientSecret).update(method).update(url).update(body).digest('hex');
}

/** Base64 HMAC-SHA256 of method, decoded address, body and timestamp. */
export function signatureV3(clientSecret: string, { method, url, body }: SignedParts, timestamp: string): string {
  return createHmac('sha256', clientSecret)
    .update(method)
    .update(decodeUri(url))
    .update(body)
    .update(timestamp)
    .digest('base64');
}

const DECODED: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

/** HubSpot decodes these twelve escapes before it signs, and no other; one pass, so that `%253A` stays what it is. */
export function decodeUri(url: string): string {
  return url.replaceAll(/%[0-9A-F]{2}/g, (escape) => DECODED[escape] ?? escape);
}
