import { timingSafeEqual } from 'node:crypto';
import { conversationReference, REFERENCE_SHAPE, tagOf, type PartPosition } from './reference.js';

/** The reference line is about 90 units; the rest is room for the wrappers a CRM may close after it. */
const TAIL_UNITS = 1_000;

const LAST_WORD = new RegExp(`${REFERENCE_SHAPE.source}$`, 'i');

/**
 * Which part of this conversation a stored body is, or undefined when it is none. The body may have been sanitised and
 * written anew by the CRM (other quoting, dropped attributes, wrappers, changed case).
 *
 * Only a body's very last words count. Message text always stands before its part's own reference line, so a genuine
 * reference quoted in a message is never at the end; and the tag can't be made without `key`.
 */
export function recogniseReference(body: string, conversationId: string, key: Uint8Array): PartPosition | undefined {
  const found = LAST_WORD.exec(lastWords(body));
  if (!found) return undefined;
  const [, conversation = '', part = '', parts = '', tag = ''] = found;
  if (`TL-${conversation.toUpperCase()}` !== conversationReference(conversationId)) return undefined;
  const position = { part: Number(part), parts: Number(parts) };
  if (position.part > position.parts) return undefined;
  const genuine = tagOf(conversationId, position, key);
  return timingSafeEqual(Buffer.from(tag.toUpperCase()), Buffer.from(genuine)) ? position : undefined;
}

/** What a reader sees at the end of a body: tags taken out, and blanks (written as characters or entities) trimmed. */
function lastWords(body: string): string {
  return body
    .slice(-TAIL_UNITS)
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&(?:nbsp|#160|#xa0);/gi, ' ')
    .trimEnd();
}
