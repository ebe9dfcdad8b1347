import { createHash } from 'node:crypto';

/** A strong validator of a flat object: the same content has the same tag, in every process. */
export function etagOf(content: object): string {
  const canonical = JSON.stringify(content, Object.keys(content).sort());
  return `"${createHash('sha256').update(canonical).digest('base64url').slice(0, 22)}"`;
}

/** Whether an `If-Match` header says which version was seen: `*` is any. */
export function namesEtag(ifMatch: string | undefined): ifMatch is string {
  return ifMatch !== undefined && ifMatch.trim() !== '*';
}

/** Whether an `If-Match` header allows a change of what has this tag now (RFC 9110 §13.1.1: weak tags never match). */
export function matchesEtag(ifMatch: string | undefined, etag: string): boolean {
  return !namesEtag(ifMatch) || ifMatch.split(',').some((candidate) => candidate.trim() === etag);
}
