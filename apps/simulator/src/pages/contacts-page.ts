import { empty, page } from './layout.js';
import { html, type Markup } from './markup.js';
import type { PagePortal, PageRecord, PagesSource } from './pages-source.js';
import { contactName, day, ownerName } from './present-values.js';

const PAGE_SIZE = 50;

export interface ContactsQuery {
  readonly q: string;
  /** From 1. */
  readonly page: number;
}

const address = (hubId: number, q: string, number: number): string => {
  const query = new URLSearchParams({ ...(q === '' ? {} : { q }), ...(number === 1 ? {} : { page: String(number) }) });
  return `/contacts/${hubId}${query.size === 0 ? '' : `?${query.toString()}`}`;
};

const search = ({ hubId }: PagePortal, q: string): Markup =>
  html`<form class="search" role="search" action="/contacts/${hubId}">
    <input
      type="search"
      name="q"
      value="${q}"
      placeholder="Name, email, phone, company"
      aria-label="Search contacts"
      autocomplete="off"
    />
    <button>Search</button>
  </form>`;

function row(source: PagesSource, portal: PagePortal, { id, properties, createdAt }: PageRecord): Markup {
  const stage = properties['lifecyclestage'];
  const label = source
    .properties(portal.hubId, 'contacts')
    .find(({ name }) => name === 'lifecyclestage')
    ?.options.find(({ value }) => value === stage)?.label;
  const owner = properties['hubspot_owner_id'];
  return html`<tr>
    <th scope="row"><a href="/contacts/${portal.hubId}/record/0-1/${id}" dir="auto">${contactName(properties)}</a></th>
    <td data-label="Email">${properties['email']}</td>
    <td data-label="Phone">${properties['phone'] ?? properties['mobilephone']}</td>
    <td data-label="Company" dir="auto">${properties['company']}</td>
    <td data-label="Stage">${label === undefined ? stage : html`<span class="tag">${label}</span>`}</td>
    <td data-label="Owner" dir="auto">${owner ? ownerName(source.owner(portal.hubId, owner)) : ''}</td>
    <td data-label="Created">${day(createdAt, portal.timeZone)}</td>
  </tr> `;
}

function paging(hubId: number, { q, page: current }: ContactsQuery, total: number): Markup {
  const last = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const step = (to: number, label: string, rel: string): Markup =>
    to < 1 || to > last
      ? html`<span class="button" aria-disabled="true">${label}</span>`
      : html`<a class="button" rel="${rel}" href="${address(hubId, q, to)}">${label}</a>`;
  return html`<nav class="paging" aria-label="Pages">
    ${step(current - 1, '← Newer', 'prev')}<span>Page ${current} of ${last.toLocaleString('en')}</span
    >${step(current + 1, 'Older →', 'next')}
  </nav>`;
}

/** The contacts of a portal, newest first, fifty a page. */
export function contactsPage(source: PagesSource, portal: PagePortal, query: ContactsQuery): string {
  const offset = (query.page - 1) * PAGE_SIZE;
  const { total, records } = source.contacts(portal.hubId, { query: query.q, offset, limit: PAGE_SIZE });
  const count = `${total.toLocaleString('en')} ${total === 1 ? 'contact' : 'contacts'}`;
  const list = html`<h1>Contacts <small>${count}${query.q === '' ? '' : html` for “${query.q}”`}</small></h1>
    <table class="list">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Email</th>
          <th scope="col">Phone</th>
          <th scope="col">Company</th>
          <th scope="col">Stage</th>
          <th scope="col">Owner</th>
          <th scope="col">Created</th>
        </tr>
      </thead>
      <tbody>
        ${records.map((record) => row(source, portal, record))}
      </tbody>
    </table>
    ${total > PAGE_SIZE && paging(portal.hubId, query, total)}`;
  const nothing =
    query.q === ''
      ? empty('No contacts', 'This portal is empty, or this page is past the last one.')
      : empty('No match', html`Nothing matches “${query.q}”. <a href="/contacts/${portal.hubId}">All contacts</a>`);
  return page({
    title: `Contacts · ${portal.name}`,
    crumbs: [{ label: portal.name }],
    tools: search(portal, query.q),
    main: records.length === 0 ? nothing : list,
  });
}
