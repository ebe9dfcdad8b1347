/** One stylesheet for all pages: system fonts, light and dark by the reader's setting, one column below 60rem. */
export const stylesheet = `:root {
  color-scheme: light dark;
  --ground: light-dark(#f4f6f8, #14181c);
  --card: light-dark(#ffffff, #1d2329);
  --ink: light-dark(#1c2733, #e6ebf0);
  --muted: light-dark(#586878, #9aa9b8);
  --line: light-dark(#dbe1e7, #323b45);
  --accent: light-dark(#0a6b66, #5ecfc6);
  --tint: light-dark(#e2f2f0, #17393a);
  --warn: light-dark(#fff1d6, #43340f);
  --note: light-dark(#c98a00, #e0b34a);
  --call: light-dark(#3367b3, #7fa9e8);
  --message: light-dark(#5b7d2a, #9fc267);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: .15em; }
a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible, .body:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h1, h2, h3, p { margin: 0; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.05rem; }
h3 { font-size: 1rem; }
small { font-size: .8em; font-weight: 400; color: var(--muted); }
.muted { color: var(--muted); font-size: .875rem; }
.capital { text-transform: capitalize; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: .5rem; top: .5rem; background: var(--card); padding: .5rem; z-index: 1; }
.bar { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; padding: .6rem 1.25rem; background: var(--card); border-bottom: 1px solid var(--line); }
.bar nav { min-width: 0; }
.bar ol { display: flex; flex-wrap: wrap; gap: .25rem .5rem; margin: 0; padding: 0; list-style: none; }
.bar li { min-width: 0; max-width: 60vw; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bar li + li::before { content: '›'; color: var(--muted); margin-right: .5rem; }
.brand { font-weight: 650; text-decoration: none; }
.search { display: flex; gap: .5rem; flex: 1 1 18rem; max-width: 32rem; }
.search input { flex: 1; min-width: 0; }
input, button, .button { font: inherit; color: inherit; padding: .35rem .75rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--card); }
button, .button { cursor: pointer; text-decoration: none; display: inline-block; }
button:hover, a.button:hover { border-color: var(--accent); color: var(--accent); }
.button[aria-disabled] { color: var(--muted); opacity: .6; cursor: default; }
main { max-width: 92rem; margin: 0 auto; padding: 1.25rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: 1rem; margin-top: 1rem; }
.portal { display: grid; gap: .6rem; align-content: start; }
.counts { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); gap: .35rem 1rem; margin: 0; }
.counts div { display: flex; justify-content: space-between; gap: .5rem; border-bottom: 1px solid var(--line); }
.counts dt { color: var(--muted); }
.counts dd { margin: 0; font-variant-numeric: tabular-nums; }
.tag { display: inline-block; padding: 0 .5rem; border-radius: 1rem; background: var(--tint); color: var(--accent); font-size: .8rem; white-space: nowrap; }
.list { width: 100%; margin-top: 1rem; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; font-size: .9rem; }
.list th, .list td { text-align: start; padding: .5rem .75rem; border-top: 1px solid var(--line); vertical-align: top; }
.list thead th { border-top: 0; color: var(--muted); font-weight: 500; white-space: nowrap; }
.list tbody th { font-weight: 600; max-width: 20rem; }
.list tbody th a { text-decoration: none; }
.list tbody tr:hover th a { text-decoration: underline; }
.list tbody tr:hover { background: var(--tint); }
.list td:nth-child(3), .list td:last-child { white-space: nowrap; font-variant-numeric: tabular-nums; }
.paging { display: flex; align-items: center; justify-content: center; gap: 1rem; margin-top: 1rem; }
.record { display: flex; gap: 1rem; align-items: center; margin-bottom: 1.25rem; }
.record > div { min-width: 0; }
.record h1 { display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; }
.badge { flex: none; display: grid; place-items: center; width: 3.25rem; height: 3.25rem; border-radius: 50%; color: #fff; font-weight: 600; overflow: hidden; }
.hue-0 { background: #0a6b66; } .hue-1 { background: #7a4a9e; } .hue-2 { background: #3367b3; }
.hue-3 { background: #a04d2e; } .hue-4 { background: #567323; } .hue-5 { background: #9c3461; }
.banner { background: var(--warn); border: 1px solid var(--line); border-radius: .6rem; padding: .6rem 1rem; margin-bottom: 1rem; }
.columns { display: grid; grid-template-columns: minmax(15rem, 20rem) minmax(0, 1fr) minmax(13rem, 17rem); gap: 1.25rem; align-items: start; }
.side, .middle { display: grid; gap: 1rem; min-width: 0; }
.properties { margin: .6rem 0 0; display: grid; gap: .55rem; }
.properties dt { color: var(--muted); font-size: .8rem; }
.properties dd { margin: 0; }
.plain { margin: .5rem 0 0; padding: 0; list-style: none; display: grid; gap: .35rem; }
summary { cursor: pointer; color: var(--accent); margin-top: .8rem; }
.timeline-title { margin-top: .15rem; }
.entry { overflow: hidden; border-inline-start: 4px solid var(--line); padding: 0; scroll-margin-top: 1rem; }
.entry.notes { border-inline-start-color: var(--note); }
.entry.calls { border-inline-start-color: var(--call); }
.entry.communications { border-inline-start-color: var(--message); }
.entry:target { outline: 2px solid var(--accent); outline-offset: 2px; }
.entry > header { display: flex; flex-wrap: wrap; gap: .1rem 1rem; justify-content: space-between; padding: .7rem 1rem .5rem; }
.entry h3 span { font-weight: 400; }
.entry > p { padding: 0 1rem .6rem; }
.body { padding: .25rem 1rem 1rem; max-height: 42rem; overflow: auto; background:
  linear-gradient(var(--card) 30%, transparent) local top / 100% 3rem no-repeat,
  linear-gradient(transparent, var(--card) 70%) local bottom / 100% 3rem no-repeat,
  linear-gradient(var(--line), transparent) scroll top / 100% .75rem no-repeat,
  linear-gradient(transparent, var(--line)) scroll bottom / 100% .75rem no-repeat; }
.body > :first-child { margin-top: 0; }
.body > :last-child { margin-bottom: 0; }
.body p, .body ul, .body ol, .body blockquote, .body pre, .body table { margin: .5rem 0; }
.body pre { overflow: auto; }
.body table { border-collapse: collapse; }
.body th, .body td { border: 1px solid var(--line); padding: .25rem .5rem; }
.empty { text-align: center; padding: 4rem 1rem; display: grid; gap: .5rem; }
@media (max-width: 70rem) {
  .columns { grid-template-columns: minmax(14rem, 18rem) minmax(0, 1fr); }
  .columns > .side:last-child { grid-column: 1 / -1; grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr)); }
}
@media (max-width: 46rem) {
  main { padding: 1rem .75rem; }
  .bar { padding: .6rem .75rem; }
  .columns { grid-template-columns: minmax(0, 1fr); }
  .list thead { position: absolute; left: -100vw; }
  .list, .list tbody, .list tr, .list th, .list td { display: block; }
  .list tr { border-top: 1px solid var(--line); padding: .6rem .75rem; }
  .list tr:first-child { border-top: 0; }
  .list tbody th { max-width: none; font-size: 1rem; }
  .list th, .list td, .list td:nth-child(3), .list td:last-child { border: 0; padding: 0; white-space: normal; }
  .list td:empty { display: none; }
  .list td[data-label]::before { content: attr(data-label) ' '; color: var(--muted); font-size: .8rem; }
}
`;
