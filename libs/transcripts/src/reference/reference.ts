import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { toBase32 } from './base32.js';

/** 50 bits: enough that two of a portal's conversations never look alike to a person who searches. */
const CONVERSATION_DIGITS = 10;
/** 60 bits: guessing one costs 2^60 notes, and nothing but a note on the same contact ever gets to be tried. */
const TAG_DIGITS = 12;

/** Where a part stands among the entries of one conversation; both count from 1. */
export interface PartPosition {
  part: number;
  parts: number;
}

/** The shape of a reference in any text, upper or lower case. Groups: conversation, part, parts, tag. */
export const REFERENCE_SHAPE = new RegExp(
  `TL-([0-9A-Z]{${CONVERSATION_DIGITS}})-([1-9][0-9]{0,4})-([1-9][0-9]{0,4})-([0-9A-Z]{${TAG_DIGITS}})`,
  'i',
);

/**
 * The conversation's short name, e.g. `TL-7F3K9Q2MAB`: what support people search for, the same on every part. It stands
 * for the conversation's id alone and gives nothing of it away.
 */
export function conversationReference(conversationId: string): string {
  return `TL-${toBase32(createHash('sha256').update(conversationId, 'utf8').digest(), CONVERSATION_DIGITS)}`;
}

/**
 * The reference of one entry, e.g. `TL-7F3K9Q2MAB-2-5-0VZ8D41XKJ6T`: letters, digits and dashes only. The last group is a
 * tag over conversation, part and parts, keyed with the tenant's secret, so that nobody who only writes messages can
 * produce it.
 */
export function referenceOf(conversationId: string, part: number, parts: number, key: Uint8Array): string {
  return `${conversationReference(conversationId)}-${part}-${parts}-${tagOf(conversationId, { part, parts }, key)}`;
}

/** The visible last line of a part, as HTML. */
export function referenceLine(reference: string): string {
  return `<p><em>Threadline reference:</em> ${reference}</p>`;
}

/** The id comes last: whatever it contains, it can't be read as another part's number. */
export function tagOf(conversationId: string, { part, parts }: PartPosition, key: Uint8Array): string {
  const signed = `threadline timeline entry\n${part}\n${parts}\n${conversationId}`;
  return toBase32(createHmac('sha256', keyObjectOf(key)).update(signed, 'utf8').digest(), TAG_DIGITS);
}

/** A key given as bytes is made into one anew each time, which takes longer than the tag itself. */
const keyObjects = new WeakMap<Uint8Array, KeyObject>();

function keyObjectOf(key: Uint8Array): KeyObject {
  const known = keyObjects.get(key);
  if (known !== undefined) return known;
  const made = createSecretKey(key);
  keyObjects.set(key, made);
  return made;
}
