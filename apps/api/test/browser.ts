import { knowSecret } from '@app/testing';
import { ApiContract } from './api-contract.js';

const contract = ApiContract.load();

/** What the API answered a browser. */
export interface Page {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/**
 * A browser with a console open: it keeps the session's cookie and says where its requests come from. Whatever it is
 * answered is held against openapi.json.
 */
export class Browser {
  private cookie: string | undefined;

  /** @param publicUrl the origin the console was loaded from. */
  constructor(
    private readonly url: string,
    private readonly publicUrl: string,
  ) {}

  get holdsSession(): boolean {
    return this.cookie !== undefined;
  }

  /** What it would send; to steal, or to look at. */
  get sessionCookie(): string {
    return this.cookie ?? '';
  }

  async call(
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Page> {
    const changes = method !== 'GET';
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...(changes ? { origin: this.publicUrl, 'sec-fetch-site': 'same-origin' } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    this.keep(response.headers.getSetCookie());
    // A stream of events never ends by itself.
    const isStream = response.headers.get('content-type')?.includes('event-stream') === true;
    if (isStream) await response.body?.cancel();
    const text = isStream ? '' : await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const answered = isJson ? (JSON.parse(text) as Record<string, unknown>) : undefined;
    const findings = contract.validate({
      method,
      path,
      requestBody: body,
      status: response.status,
      mediaType: response.headers.get('content-type')?.split(';')[0] ?? '',
      responseBody: answered ?? text,
    });
    if (findings.length > 0) throw new Error(`openapi.json says otherwise:\n${findings.join('\n')}`);
    return { status: response.status, headers: response.headers, body: answered ?? { text } };
  }

  async signIn(email: string, password: string): Promise<Page> {
    return this.call('POST', '/auth/login', { body: { email, password } });
  }

  private keep(cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [pair = '', ...attributes] = cookie.split('; ');
      this.cookie = attributes.includes('Max-Age=0') ? undefined : pair;
      knowSecret('session cookie', this.cookie?.split('=')[1]);
    }
  }
}
