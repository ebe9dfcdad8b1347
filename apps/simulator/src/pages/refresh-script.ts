/**
 * Keeps an open page fresh: asks for the same page every two seconds and replaces `main` only when it changed, so that
 * scrolling, typing, open details and selected text stay as they are.
 */
export const refreshScript = `'use strict';
(() => {
  const main = document.getElementById('main');
  let shown = null;
  const openDetails = () => [...main.querySelectorAll('details')].map((each) => each.open);
  const isReading = () => {
    const selection = getSelection();
    return selection !== null && !selection.isCollapsed && main.contains(selection.anchorNode);
  };
  const refresh = async () => {
    if (document.hidden || isReading()) return;
    const answer = await fetch(location.href, { headers: shown === null ? {} : { 'if-none-match': shown }, cache: 'no-store' });
    if (answer.status === 304) return;
    const tag = answer.headers.get('etag');
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('main');
    if (fresh === null) return;
    if (shown !== null || fresh.innerHTML !== main.innerHTML) {
      const open = openDetails();
      const bodies = new Map([...main.querySelectorAll('article[id]')].map((each) => [each.id, each.querySelector('.body')?.scrollTop ?? 0]));
      main.replaceChildren(...fresh.childNodes);
      main.querySelectorAll('details').forEach((each, index) => { each.open = open[index] ?? each.open; });
      for (const [id, top] of bodies) {
        const body = document.getElementById(id)?.querySelector('.body');
        if (body) body.scrollTop = top;
      }
    }
    shown = tag;
  };
  const loop = () => refresh().catch(() => {}).finally(() => setTimeout(loop, 2000));
  setTimeout(loop, 2000);
})();
`;
