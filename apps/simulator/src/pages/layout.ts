import { html, type Markup } from './markup.js';

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

export interface PageParts {
  readonly title: string;
  readonly crumbs: readonly Crumb[];
  /** Stands beside the breadcrumbs and is not replaced by a refresh, so that typing in it isn't disturbed. */
  readonly tools?: Markup;
  readonly main: Markup;
}

/** Every page: same head, same bar. Without script the page reloads itself; with it, only what changed is replaced. */
export const page = ({ title, crumbs, tools, main }: PageParts): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · HubSpot simulator</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_pages/style.css" />
        <noscript><meta http-equiv="refresh" content="10" /></noscript>
        <script src="/_pages/refresh.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header class="bar">
          <nav aria-label="Breadcrumb">
            <ol>
              <li><a class="brand" href="/portals">HubSpot simulator</a></li>
              ${crumbs.map(({ label, href }) => html`<li>${href === undefined ? html`<span aria-current="page" dir="auto">${label}</span>` : html`<a href="${href}" dir="auto">${label}</a>`}</li> `)}
            </ol>
          </nav>
          ${tools}
        </header>
        <main id="main">${main}</main>
      </body>
    </html> `.toString();

/** What a person sees when there is nothing to see: an empty list, an unknown id. */
export const empty = (title: string, text: Markup | string): Markup =>
  html`<section class="empty">
    <h1>${title}</h1>
    <p>${text}</p>
  </section>`;
