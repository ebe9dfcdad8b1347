import type { Portal } from '../portal/portal.js';
import type { ConsentRequest } from './consent-request.js';

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const STYLE = `
:root{color-scheme:light dark;--ink:#213343;--soft:#516f90;--paper:#fff;--back:#f5f8fa;--line:#cbd6e2;--go:#ff5c35}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9fb3c8;--paper:#1b2733;--back:#111a22;--line:#33475b}}
*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:6vh auto;padding:1.5rem;background:var(--paper);border:1px solid var(--line);border-radius:8px}
h1{font-size:1.35rem;margin:0 0 .5rem}p{color:var(--soft);margin:.25rem 0 1rem}
fieldset{border:1px solid var(--line);border-radius:6px;margin:0 0 1rem;padding:.5rem 1rem}legend{font-weight:600}
label{display:flex;gap:.6rem;align-items:baseline;padding:.2rem 0;overflow-wrap:anywhere}
small{color:var(--soft)}.row{display:flex;gap:.75rem;flex-wrap:wrap}
button{font:inherit;padding:.6rem 1.2rem;border-radius:4px;border:1px solid var(--line);background:transparent;color:inherit;cursor:pointer}
button[value=grant]{background:var(--go);border-color:var(--go);color:#1f0b05;font-weight:600}
:focus-visible{outline:3px solid #0091ae;outline-offset:2px}`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
  `<title>${escape(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;

export const consentProblemPage = (title: string, detail: string): string =>
  page(title, `<h1>${escape(title)}</h1><p>${escape(detail)}</p>`);

interface Account {
  portal: Portal;
  /** The app has access to it already. */
  isInstalled: boolean;
}

/** Where a person chooses the account, if there are several, and grants or declines; unticked scopes make a partial grant. */
export function consentPage(request: ConsentRequest, choices: readonly Account[]): string {
  const hidden = (name: string, value: string | undefined): string =>
    value === undefined ? '' : `<input type="hidden" name="${name}" value="${escape(value)}">`;
  const scope = (name: string, kind: string): string =>
    `<label><input type="checkbox" name="granted" value="${escape(name)}" checked><span>${escape(name)} <small>${kind}</small></span></label>`;
  const accounts = choices
    .map(({ portal, isInstalled }) => {
      const facts = [String(portal.hubId), portal.settings.hubDomain, ...(isInstalled ? ['installed already'] : [])];
      return (
        `<label><input type="radio" name="hub_id" required value="${portal.hubId}"${choices.length === 1 ? ' checked' : ''}>` +
        `<span>${escape(portal.settings.name)} <small>${escape(facts.join(' · '))}</small></span></label>`
      );
    })
    .join('');
  return page(
    `Connect ${request.app.name}`,
    `<h1>Connect ${escape(request.app.name)} to your account</h1>
<p>${escape(request.app.name)} asks for access to one of your accounts.</p>
<form method="post" action="/oauth/authorize/decide">
${hidden('client_id', request.app.clientId)}${hidden('redirect_uri', request.redirectUri)}
${hidden('scope', request.scopes.join(' '))}${hidden('optional_scope', request.optionalScopes.join(' '))}
${hidden('state', request.state)}${hidden('code_challenge', request.challenge)}
<fieldset><legend>Account</legend>${accounts || '<p>There are no accounts.</p>'}</fieldset>
<fieldset><legend>Scopes</legend>${request.scopes.map((name) => scope(name, 'required')).join('')}${request.optionalScopes
      .map((name) => scope(name, 'optional'))
      .join('')}</fieldset>
<div class="row"><button name="decision" value="grant">Grant access</button><button name="decision" value="decline" formnovalidate>Decline</button></div>
</form>`,
  );
}
