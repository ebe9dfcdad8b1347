import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signRequest } from './sign-request.js';
import { decodeUri } from './signed-text.js';
import { type SignatureVersion, type SignedRequest, type Verification, verifySignature } from './verify-signature.js';

const SECRET = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const URL = 'https://www.example.com/webhook_uri';
const ALL: readonly SignatureVersion[] = ['v1', 'v2', 'v3'];

interface Given {
  method?: string;
  url?: string;
  body?: string;
  headers: SignedRequest['headers'];
  secret?: string;
  versions?: readonly SignatureVersion[];
  now?: number;
}

function verify({
  method = 'POST',
  url = URL,
  body = '',
  headers,
  secret = SECRET,
  versions = ALL,
  now = 0,
}: Given): Verification {
  return verifySignature(
    { method, url, body: Buffer.from(body), headers },
    { clientSecret: secret, versions, now: new Date(now) },
  );
}

describe('the published vectors', () => {
  const quoted = `{'example_field':'example_value'}`;
  const json = `{"example_field":"example_value"}`;
  const devServer = { method: 'GET', url: 'https://hubspot.com/?appId=1&portalId=2&userId=3', now: 1_111_111_111 };
  const devSecret = '12345678-aaaa-bbbb-cccc-ddddeeeeffff';
  const events =
    '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation",' +
    '"attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';

  it.each([
    ['quoted body', quoted, 1_693_657_560_000, 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y='],
    ['quoted body, later', quoted, 1_700_000_300_000, 'RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw='],
    ['JSON body', json, 1_693_657_560_000, 'oaA3M5dEtt6kFsseJD/Hv/x+JNl1vsoxFj4oxmwP6Go='],
  ])('v3, %s', (_, body, now, signatureV3) => {
    expect(verify({ body, now, headers: { signatureV3, timestamp: String(now) } })).toEqual({
      valid: true,
      version: 'v3',
    });
  });

  it('v3 and v2 of the dev server, without a body', () => {
    const signatureV3 = 'zTfXjo07jfzGouo4wvyAj3qEMUTVJ0PPYPACrluQtQI=';
    const signature = '99080134002180aee8d0884d21ad51288c43b57e9953e4db1e3757999b35c392';
    expect(verify({ ...devServer, secret: devSecret, headers: { signatureV3, timestamp: '1111111111' } })).toEqual({
      valid: true,
      version: 'v3',
    });
    expect(verify({ ...devServer, secret: devSecret, headers: { signature, signatureVersion: 'v2' } })).toEqual({
      valid: true,
      version: 'v2',
    });
  });

  it('v1', () => {
    const signature = '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de';
    expect(verify({ body: events, headers: { signature, signatureVersion: 'v1' } })).toEqual({
      valid: true,
      version: 'v1',
    });
  });

  it.each([
    ['GET', '', 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e'],
    ['POST', json, '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900'],
  ])('v2, %s', (method, body, signature) => {
    expect(verify({ method, body, headers: { signature, signatureVersion: 'v2' } })).toEqual({
      valid: true,
      version: 'v2',
    });
  });
});

describe('what is decoded before hashing', () => {
  it('is the twelve escapes of HubSpot’s list, once, and nothing else', () => {
    expect(decodeUri('?a=%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B')).toBe("?a=:/?@!$'()*,;");
    expect(decodeUri('/a%20b%25%26%3D%2B%253A%3a?x=%C3%A9')).toBe('/a%20b%25%26%3D%2B%253A%3a?x=%C3%A9');
  });

  it('counts for v3: the decoded and the escaped address have one signature', () => {
    const at = new Date(1_700_000_000_000);
    const sign = (url: string): string | undefined =>
      signRequest({ method: 'GET', url, body: Buffer.of() }, { clientSecret: SECRET, versions: ['v3'], at })[
        'x-hubspot-signature-v3'
      ];
    expect(sign('https://a.example/card?email=ada%40example.com')).toBe(
      sign('https://a.example/card?email=ada@example.com'),
    );
  });
});

const NOW = 1_700_000_000_000;

function headersAt(timestamp: number): SignedRequest['headers'] {
  const signed = signRequest(
    { method: 'POST', url: URL, body: Buffer.of() },
    { clientSecret: SECRET, versions: ['v3'], at: new Date(timestamp) },
  );
  return { signatureV3: signed['x-hubspot-signature-v3'], timestamp: signed['x-hubspot-request-timestamp'] };
}

describe('the window', () => {
  it.each([-300_001, 300_001, -86_400_000, 86_400_000])('is closed %i ms away', (offset) => {
    expect(verify({ now: NOW, headers: headersAt(NOW + offset) })).toEqual({ valid: false, reason: 'stale' });
  });

  it.each([-300_000, 0, 300_000])('is open %i ms away', (offset) => {
    expect(verify({ now: NOW, headers: headersAt(NOW + offset) })).toEqual({ valid: true, version: 'v3' });
  });

  it.each(['', 'NaN', '1e12', '-1', ' 1700000000000', '0x18BCFE56800', '1700000000000.0', '9'.repeat(400)])(
    'is closed to the timestamp %j',
    (timestamp) => {
      const { signatureV3 } = headersAt(NOW);
      expect(verify({ now: NOW, headers: { signatureV3, timestamp } })).toEqual({ valid: false, reason: 'stale' });
    },
  );
});

describe('a request is refused', () => {
  const parts = { method: 'POST', url: URL, body: Buffer.from('[]') };
  const at = new Date(1_700_000_000_000);
  const sign = (versions: readonly SignatureVersion[], clientSecret = SECRET): SignedRequest['headers'] => {
    const signed = signRequest(parts, { clientSecret, versions, at });
    return {
      signature: signed['x-hubspot-signature'],
      signatureVersion: signed['x-hubspot-signature-version'],
      signatureV3: signed['x-hubspot-signature-v3'],
      timestamp: signed['x-hubspot-request-timestamp'],
    };
  };
  const check = (headers: SignedRequest['headers'], versions: readonly SignatureVersion[] = ALL): Verification =>
    verifySignature({ ...parts, headers }, { clientSecret: SECRET, versions, now: at });

  it('without a signature, or without the timestamp that belongs to it', () => {
    expect(check({})).toEqual({ valid: false, reason: 'missing_signature' });
    expect(check({ signatureVersion: 'v1' })).toEqual({ valid: false, reason: 'missing_signature' });
    expect(check({ signature: sign(['v1']).signature })).toEqual({ valid: false, reason: 'missing_signature' });
    expect(check({ ...sign(['v3']), timestamp: undefined })).toEqual({ valid: false, reason: 'missing_timestamp' });
  });

  it('signed in a way its route does not take', () => {
    expect(check(sign(['v2']), ['v1', 'v3'])).toEqual({ valid: false, reason: 'missing_signature' });
    expect(check(sign(['v1']), ['v2', 'v3'])).toEqual({ valid: false, reason: 'missing_signature' });
    expect(check({ ...sign(['v1']), signatureVersion: 'v2' })).toEqual({ valid: false, reason: 'mismatch' });
  });

  it('with a wrong v3 beside a good v1', () => {
    const both = sign(['v1', 'v3']);
    expect(check(both)).toEqual({ valid: true, version: 'v3' });
    expect(check({ ...both, signatureV3: sign(['v3'], 'another secret').signatureV3 })).toEqual({
      valid: false,
      reason: 'mismatch',
    });
  });
});

describe('any flipped bit', () => {
  const WHERE = [
    'method',
    'url',
    'body',
    'signature',
    'signatureVersion',
    'signatureV3',
    'timestamp',
    'secret',
  ] as const;

  const arbitrary = fc.record({
    version: fc.constantFrom<SignatureVersion>('v1', 'v2', 'v3'),
    path: fc.webUrl({ withQueryParameters: true }),
    body: fc.uint8Array({ minLength: 1, maxLength: 200 }),
    secret: fc.uuid(),
    where: fc.constantFrom(...WHERE),
    position: fc.nat(),
    bit: fc.integer({ min: 0, max: 7 }),
  });

  it('is refused wherever it is covered', () => {
    let refused = 0;
    fc.assert(
      fc.property(arbitrary, ({ version, path, body, secret, where, position, bit }) => {
        const at = new Date(1_700_000_000_000);
        const parts = { method: 'POST', url: path, body };
        const signed = signRequest(parts, { clientSecret: secret, versions: [version], at });
        const values = {
          method: 'POST',
          url: path,
          signature: signed['x-hubspot-signature'],
          signatureVersion: signed['x-hubspot-signature-version'],
          signatureV3: signed['x-hubspot-signature-v3'],
          timestamp: signed['x-hubspot-request-timestamp'],
          secret,
        };
        const run = (given: typeof values, bytes: Uint8Array): Verification =>
          verifySignature(
            { method: given.method, url: given.url, body: bytes, headers: given },
            { clientSecret: given.secret, versions: [version], now: at },
          );
        expect(run(values, body)).toEqual({ valid: true, version });

        const covered = version === 'v1' ? !['method', 'url'].includes(where) : true;
        const target = where === 'body' ? body : values[where];
        if (!covered || target === undefined) return;
        const bytes = typeof target === 'string' ? Buffer.from(target, 'latin1') : Buffer.from(target);
        const index = position % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
        const outcome =
          where === 'body' ? run(values, bytes) : run({ ...values, [where]: bytes.toString('latin1') }, body);
        expect(outcome.valid).toBe(false);
        refused += 1;
      }),
      { numRuns: 3_000 },
    );
    expect(refused).toBeGreaterThan(1_000);
  });
});
