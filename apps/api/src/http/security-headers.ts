/** What an API's answers may do in a browser that was tricked into showing one: nothing. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Swagger's page brings its own scripts as files, and styles and pictures inline. */
const DOCS =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The console: scripts only as files of ours. Its components add styles in the browser, which carry `nonce`. It opens
 * HubSpot in other tabs, and talks to this API alone.
 */
export function consolePolicy(nonce: string): string {
  return (
    `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self'; font-src 'self'; ` +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  );
}

/** Set on every answer, also on refusals and where there is nothing; a page replaces the policy by its own. */
const ALWAYS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Not `no-referrer`: browsers then hide the origin of our own pages too, and it is what cross-site requests are told by.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'X-DNS-Prefetch-Control': 'off',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** The headers of an answer, by the address that was asked. Over https browsers are also told to come back by nothing else, for a year. */
export function secureHeaders(publicUrl: string): (address: string) => Record<string, string> {
  const always = publicUrl.startsWith('https:')
    ? { ...ALWAYS, 'Strict-Transport-Security': 'max-age=31536000' }
    : ALWAYS;
  return (address) => ({
    ...always,
    'Content-Security-Policy': /^\/docs(?:[/?]|$)/.test(address) ? DOCS : NOTHING,
  });
}
