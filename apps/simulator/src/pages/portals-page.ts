import { empty, page } from './layout.js';
import { html } from './markup.js';
import type { PagesSource } from './pages-source.js';

/** Which portals run here and how much is in them. */
export function portalsPage(source: PagesSource): string {
  const portals = source.portals();
  const main =
    portals.length === 0
      ? empty('No portal yet', 'Make one with the control API, then come back.')
      : html`<h1>Portals</h1>
          <div class="cards">
            ${portals.map(
              ({ hubId, name, uiDomain, accountType, timeZone, counts }) =>
                html`<section class="card portal">
                  <h2><a href="/contacts/${hubId}" dir="auto">${name}</a></h2>
                  <p class="muted">${hubId} · ${uiDomain} · ${accountType} · ${timeZone}</p>
                  <dl class="counts">
                    ${Object.entries(counts).map(
                      ([type, count]) =>
                        html`<div>
                          <dt>${type}</dt>
                          <dd>${count.toLocaleString('en')}</dd>
                        </div> `,
                    )}
                  </dl>
                  <p><a class="button" href="/contacts/${hubId}">Contacts</a></p>
                </section> `,
            )}
          </div>`;
  return page({ title: 'Portals', crumbs: [], main });
}
