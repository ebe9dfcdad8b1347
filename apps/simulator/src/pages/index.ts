export { registerPages } from './register-pages.js';
export type { PageAssociation, PagePortal, PageRecord, PagesSource } from './pages-source.js';
