import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const STYLE = `
:root{color-scheme:light dark;--ink:#1c2733;--soft:#566779;--paper:#fff;--back:#f4f6f9;--line:#d5dde6;--go:#2457d6;--on-go:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e7edf3;--soft:#9fb0c0;--paper:#17202a;--back:#0f161d;--line:#2e3d4c;--go:#8fb1ff;--on-go:#0b1530}}
*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:42rem;margin:6vh auto;padding:1.5rem 2rem;background:var(--paper);border:1px solid var(--line);border-radius:10px}
h1{font-size:1.4rem;margin:.2rem 0 1rem}h2{font-size:1rem;margin:1.5rem 0 .5rem}
.banner{padding:.75rem 1rem;border-radius:6px;border-left:6px solid;background:var(--back);margin:0 0 1rem}
.green{border-color:#1a7f37}.yellow{border-color:#bf8700}.grey{border-color:#7d8590}.red{border-color:#cf222e}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.2rem}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem;margin:0}.soft a{color:inherit}
.soft,small{color:var(--soft)}label{display:block;padding:.3rem 0 0}details{margin:0 0 .6rem 1.5rem;font-size:.9rem;color:var(--soft)}summary{cursor:pointer}details dl{margin:.4rem 0}
.go{display:inline-block;font:inherit;font-weight:600;padding:.55rem 1.2rem;border:0;border-radius:6px;background:var(--go);color:var(--on-go);text-decoration:none;cursor:pointer}
@media (max-width:34rem){main{margin:0;min-height:100vh;padding:1.25rem;border:0;border-radius:0}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.6rem}}
:focus-visible{outline:3px solid #8a63d2;outline-offset:2px}`;

/** No script, no foreign content, no frame. Forms may lead on to HubSpot, so `form-action` stays open. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Whether a person's browser asks, rather than a program. */
export function acceptsPages(request: FastifyRequest): boolean {
  return request.headers.accept?.includes('text/html') === true;
}

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

/** @param body HTML whose texts are escaped. */
export function sendPage(reply: FastifyReply, status: number, title: string, body: string): void {
  void reply
    .status(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      // Addresses of the connect flow carry codes.
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    })
    .send(
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">' +
        `<title>${escapeHtml(title)} · Threadline</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`,
    );
}
