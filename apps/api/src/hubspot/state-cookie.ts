import { OAUTH_PATH } from '@app/hubspot';

const NAME = 'threadline_connect';
const LIFE_SECONDS = 600;

export function readStateCookie(header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [name, ...value] = pair.split('=');
    if (name?.trim() === NAME) return value.join('=').trim();
  }
  return undefined;
}

/** Lax, not Strict: HubSpot's consent page sends the browser back from another site. */
export function writeStateCookie(value: string, { secure }: { secure: boolean }): string {
  return `${NAME}=${value}; Path=${OAUTH_PATH}; Max-Age=${LIFE_SECONDS}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}
