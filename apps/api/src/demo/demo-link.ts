import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId } from '@app/platform';

/** What a link of a demo customer opens: one conversation, as its customer. */
export interface DemoLink {
  tenantId: string;
  conversationId: string;
}

/** A demo lasts a day. */
const LIFE_SECONDS = 86_400;
const ID_BYTES = 16;
const TIME_BYTES = 6;
const BODY_BYTES = 2 * ID_BYTES + TIME_BYTES;
const SEAL_BYTES = 32;

/** Links that nobody can make up: both ids and the end of the link's life, sealed with a key of their own. */
export class DemoLinks {
  private readonly key: Buffer;

  constructor(sessionSecret: string) {
    this.key = createHmac('sha256', sessionSecret).update('links of demo customers').digest();
  }

  /** 94 characters that are safe in an address. */
  seal({ tenantId, conversationId }: DemoLink, now: Date): string {
    const body = Buffer.alloc(BODY_BYTES);
    bytesOf(tenantId).copy(body, 0);
    bytesOf(conversationId).copy(body, ID_BYTES);
    body.writeUIntBE(Math.floor(now.getTime() / 1_000) + LIFE_SECONDS, 2 * ID_BYTES, TIME_BYTES);
    return Buffer.concat([body, this.sealOf(body)]).toString('base64url');
  }

  /** Undefined: not one of ours, or over. */
  open(token: string, now: Date): DemoLink | undefined {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== BODY_BYTES + SEAL_BYTES) return undefined;
    const body = bytes.subarray(0, BODY_BYTES);
    if (!timingSafeEqual(bytes.subarray(BODY_BYTES), this.sealOf(body))) return undefined;
    if (body.readUIntBE(2 * ID_BYTES, TIME_BYTES) * 1_000 < now.getTime()) return undefined;
    const [tenantId, conversationId] = [idAt(body, 0), idAt(body, ID_BYTES)];
    return isId(tenantId) && isId(conversationId) ? { tenantId, conversationId } : undefined;
  }

  private sealOf(body: Buffer): Buffer {
    return createHmac('sha256', this.key).update(body).digest();
  }
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function idAt(body: Buffer, start: number): string {
  const hex = body.toString('hex', start, start + ID_BYTES);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
