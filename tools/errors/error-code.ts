/**
 * @returns an error's `code` (ENOENT, 28P01, …). Not asked with instanceof, because Node's own errors come from outside the
 * realm that Jest runs a test in.
 */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
