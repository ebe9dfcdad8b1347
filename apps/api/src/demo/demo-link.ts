import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId } from '@app/platform';

/** What a link of a demo customer opens: one conversation, as its customer. */
export interface DemoLink {
  tenantId: string;
  conversationId: string;
  /** The conversation that an agent invited to; the customer may have begun others since. */
  invitedTo: string;
  /** The end of the invitation, and of every link that came from it. */
  until: Date;
}

/** A demo lasts a day. */
export const INVITATION_MS = 86_400_000;
const ID_BYTES = 16;
const TIME_BYTES = 6;
const BODY_BYTES = 3 * ID_BYTES + TIME_BYTES;
const SEAL_BYTES = 32;

/** Links that nobody can make up: the ids and the end of the invitation, sealed with a key of their own. */
export class DemoLinks {
  private readonly key: Buffer;

  constructor(sessionSecret: string) {
    this.key = createHmac('sha256', sessionSecret).update('links of demo customers').digest();
  }

  /** 115 characters that are safe in an address. */
  seal({ tenantId, conversationId, invitedTo, until }: DemoLink): string {
    const body = Buffer.alloc(BODY_BYTES);
    bytesOf(tenantId).copy(body, 0);
    bytesOf(conversationId).copy(body, ID_BYTES);
    bytesOf(invitedTo).copy(body, 2 * ID_BYTES);
    body.writeUIntBE(until.getTime(), 3 * ID_BYTES, TIME_BYTES);
    return Buffer.concat([body, this.sealOf(body)]).toString('base64url');
  }

  /** Undefined: not one of ours, or over. */
  open(token: string, now: Date): DemoLink | undefined {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== BODY_BYTES + SEAL_BYTES) return undefined;
    const body = bytes.subarray(0, BODY_BYTES);
    if (!timingSafeEqual(bytes.subarray(BODY_BYTES), this.sealOf(body))) return undefined;
    const until = new Date(body.readUIntBE(3 * ID_BYTES, TIME_BYTES));
    if (until <= now) return undefined;
    const [tenantId, conversationId, invitedTo] = [idAt(body, 0), idAt(body, ID_BYTES), idAt(body, 2 * ID_BYTES)];
    if (![tenantId, conversationId, invitedTo].every(isId)) return undefined;
    return { tenantId, conversationId, invitedTo, until };
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
