/**
 * Where to go after signing in: a path of this very site, or nowhere. Browsers read `//host`, `/\host` and paths with tabs
 * or line breaks in them as other sites, so whatever is not plainly ours is dropped.
 */
export function safeNext(next: unknown, origin: string): string | undefined {
  if (typeof next !== 'string' || next.length > 2_000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next)) return undefined;
  if (next.includes('\\') || !URL.canParse(next, origin)) return undefined;
  const url = new URL(next, origin);
  // `/x/..//host` is a path of ours that resolves to one that begins with two slashes.
  if (url.origin !== new URL(origin).origin || url.pathname.startsWith('//')) return undefined;
  return url.pathname + url.search + url.hash;
}
