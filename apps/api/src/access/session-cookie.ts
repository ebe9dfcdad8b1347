import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * The cookie that holds a session: out of reach of scripts, not sent along by other sites' forms, and over https only where
 * the product is served so. There its `__Host-` name also keeps other hosts of the same domain from setting it.
 */
export class SessionCookie {
  private readonly name: string;
  private readonly attributes: string;

  constructor(publicUrl: string) {
    const isSecure = publicUrl.startsWith('https:');
    this.name = isSecure ? '__Host-threadline_session' : 'threadline_session';
    this.attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  }

  read(request: FastifyRequest): string | undefined {
    const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
    const found = pairs.find((pair) => pair.startsWith(`${this.name}=`))?.slice(this.name.length + 1);
    return found === '' ? undefined : found;
  }

  set(reply: FastifyReply, { secret, maxAgeSeconds }: { secret: string; maxAgeSeconds: number }): void {
    void reply.header('Set-Cookie', `${this.name}=${secret}; Max-Age=${maxAgeSeconds}; ${this.attributes}`);
  }

  clear(reply: FastifyReply): void {
    this.set(reply, { secret: '', maxAgeSeconds: 0 });
  }
}
