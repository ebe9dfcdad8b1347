import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, for tickets, states and browsers. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 is enough for 256 random bits: there is nothing to guess. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** The cookie that ties a state to the browser it was made for: a random name of the browser, signed by us. */
export class BrowserBinding {
  private readonly key: Buffer;

  /** @param sessionSecret is not used itself: what is signed here is good for nothing else. */
  constructor(sessionSecret: string) {
    this.key = createHmac('sha256', sessionSecret).update('threadline oauth browser').digest();
  }

  /** A cookie value for `browser`, or for a new one. */
  sign(browser = newSecret()): { browser: string; cookie: string } {
    return { browser, cookie: `${browser}.${this.signatureOf(browser).toString('base64url')}` };
  }

  /** The browser that a cookie names; undefined when the cookie is not of our making. */
  verify(cookie: string): string | undefined {
    const [, browser, signature] = /^([\w-]{43})\.([\w-]{43})$/.exec(cookie) ?? [];
    if (browser === undefined || signature === undefined) return undefined;
    const given = Buffer.from(signature, 'base64url');
    const expected = this.signatureOf(browser);
    return given.length === expected.length && timingSafeEqual(given, expected) ? browser : undefined;
  }

  private signatureOf(browser: string): Buffer {
    return createHmac('sha256', this.key).update(browser).digest();
  }
}
