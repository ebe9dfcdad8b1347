import { type Answer, call } from './call.ts';

/** A person with a browser that is signed in to the console, for what no API key may do. */
export class SignedInPerson {
  private readonly apiUrl: string;
  private readonly origin: string;
  private readonly cookies = new Map<string, string>();

  private constructor(apiUrl: string, publicUrl: string) {
    this.apiUrl = apiUrl;
    this.origin = new URL(publicUrl).origin;
  }

  /** @returns undefined when the password is not the one that was made: somebody changed it. */
  static async signIn(
    { apiUrl, publicUrl }: { apiUrl: string; publicUrl: string },
    credentials: { email: string; password: string },
  ): Promise<SignedInPerson | undefined> {
    const person = new SignedInPerson(apiUrl, publicUrl);
    const { status } = await person.call('POST', '/auth/login', credentials);
    return status === 200 ? person : undefined;
  }

  async call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
    const cookie = Array.from(this.cookies, ([name, value]) => `${name}=${value}`).join('; ');
    const answer = await call(this.apiUrl + path, { method, body, headers: { cookie, origin: this.origin } });
    for (const set of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      this.cookies.set(name, value);
    }
    return answer;
  }

  /** Opens an address of the API by its public name. @returns where it leads on to, if it does. */
  async visit(address: string): Promise<string | undefined> {
    const { pathname, search } = new URL(address);
    const { headers } = await this.call('GET', pathname + search);
    return headers.get('location') ?? undefined;
  }

  /** Leaves no session behind. */
  async signOut(): Promise<void> {
    await this.call('POST', '/auth/logout');
  }
}
