import { createHash, randomBytes } from 'node:crypto';
import type { RecordWrite } from '@app/crm';
import { phoneOf } from './phone-of.js';

/** The caller is on the line: five minutes to read a sentence out and hear a yes. */
export const CONFIRMED_WITHIN_MS = 300_000;

type FindOrCreate = Extract<RecordWrite, { action: 'findOrCreate' }>;

export interface BoundTo {
  agentId: string;
  bindingId: string;
  /** Of the binding: another definition is another write. */
  version: number;
  conversationId?: string;
  portalId: string;
  write: RecordWrite;
}

export function newToken(): string {
  return `confirm_${randomBytes(24).toString('base64url')}`;
}

export function hashOf(value: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(value)).digest();
}

/** Of everything that was agreed to: the write as planned stands for the arguments, however they were spelt. */
export function boundHash({ agentId, bindingId, version, conversationId, portalId, write }: BoundTo): Buffer {
  return hashOf([agentId, bindingId, version, conversationId ?? null, portalId, sorted(write)]);
}

/** The same for what would be the same thing twice: a known identity anywhere, anything else within its conversation. */
export function thingHash({ agentId, conversationId, write }: BoundTo): Buffer {
  if (write.action === 'findOrCreate') return hashOf(identityOf(write));
  return hashOf([agentId, conversationId ?? null, sorted(write)]);
}

/**
 * Where those that could make the same record meet. Of a number typed without its country only the national digits say which
 * it is; those of another country's that collide wait for a moment.
 */
export function identityLock(write: FindOrCreate): string[] {
  const phone = phoneOf(write.find);
  return phone === undefined ? identityOf(write) : [write.object, 'phone', phone.national];
}

/** What a record is known by. */
function identityOf({ object, key, find }: FindOrCreate): string[] {
  const phone = phoneOf(find);
  if (phone !== undefined) return [object, 'phone', phone.e164 ?? phone.national];
  return [object, key.field, key.value.trim().toLowerCase()];
}

/** Members in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}
