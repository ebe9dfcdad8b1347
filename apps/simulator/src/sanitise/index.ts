export { sanitiseHtml } from './sanitise-html.js';
