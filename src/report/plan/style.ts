/** Style of the page: no fonts, pictures or scripts from elsewhere. Text has a contrast of 4.5 to 1 or more on its ground in both schemes. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #f6f7f8; --card: #ffffff; --ink: #1d2126; --quiet: #59626d; --line: #d9dde2; --bad: #a8261c; --good: #1d6b3a;
  --v0: #2f5f9e; --v1: #b3591b; --v2: #2b7a55; --v3: #7a4a9e; --v4: #8a6a10; --v5: #a33b66; --v6: #0f7285; --v7: #7d5a3c; --elsewhere: #6b7480; --on: #ffffff; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ground: #15181c; --card: #1c2025; --ink: #e6e9ed; --quiet: #a3acb7; --line: #343a42; --bad: #ff9a8f; --good: #7fd09b;
    --v0: #84b1ea; --v1: #eda36b; --v2: #74c79d; --v3: #c29be3; --v4: #d6b755; --v5: #ec92b4; --v6: #6cc5d6; --v7: #c9a98a; --elsewhere: #98a2ae; --on: #15181c; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 72rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 0 0 .75rem; }
main > h2 { margin-top: 1.75rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .4rem; }
p { margin: .4rem 0; }
ul { list-style: none; margin: 0; padding: 0; }
a { color: inherit; text-underline-offset: .2em; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--v0); outline-offset: 2px; border-radius: 3px; }
code, del, ins { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .8125rem; text-decoration: none; }
del { color: var(--bad); }
ins { color: var(--good); }
.quiet { color: var(--quiet); }
.bad { color: var(--bad); font-weight: 600; }
.good { color: var(--good); font-weight: 600; }
section { margin-top: 1.25rem; padding: 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; scroll-margin-top: .5rem; }
section:target { border-color: var(--v0); box-shadow: 0 0 0 1px var(--v0); }
.timeline { list-style: none; margin: 0; padding: 0 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.timeline > li { display: grid; grid-template-columns: 11rem 1fr 13rem; gap: .25rem 1.5rem; padding: .8rem 0; border-top: 1px solid var(--line); align-items: start; }
.timeline > li:first-child { border-top: 0; }
.timeline a { display: inline-block; min-height: 1.5rem; font-weight: 600; }
.timeline ul li + li { margin-top: .5rem; }
.share { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
.shares, .facts { font-size: .875rem; }
.bar { display: flex; height: .75rem; margin: .15rem 0; border-radius: 3px; overflow: hidden; background: var(--line); gap: 1px; }
.bar span { display: block; background: currentColor; }
.v0 { color: var(--v0); } .v1 { color: var(--v1); } .v2 { color: var(--v2); } .v3 { color: var(--v3); } .v4 { color: var(--v4); } .v5 { color: var(--v5); }
.v6 { color: var(--v6); } .v7 { color: var(--v7); } .lost { color: var(--bad); }
.elsewhere { color: var(--elsewhere); }
.facts { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem 1.25rem .4rem 0; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
th { color: var(--quiet); font-weight: 600; }
thead th { overflow-wrap: normal; }
tbody th { color: inherit; font-weight: 400; }
td { font-variant-numeric: tabular-nums; }
.number { white-space: nowrap; }
.error { color: var(--bad); font-weight: 600; }
td.shares { width: 38%; }
details { border-top: 1px solid var(--line); }
table + details, .flows + details { border-top: 0; }
section > p { margin: .65rem 0; }
section > :last-child { margin-bottom: 0; }
details + p { border-top: 1px solid var(--line); padding-top: .65rem; }
summary { padding: .65rem 0; cursor: pointer; font-weight: 600; }
.fold { padding-bottom: .5rem; }
.changes > li { padding: .4rem 0; border-bottom: 1px solid var(--line); font-size: .875rem; }
.changes > li:last-child { border-bottom: 0; }
.changes ul { margin: .2rem 0 0 1rem; }
.changes ul li { padding: .1rem 0; }
.how { display: inline-block; min-width: 4.5rem; color: var(--quiet); }
.added { color: var(--good); } .removed { color: var(--bad); }
.flows { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 336px), 1fr)); gap: 1.25rem 1.5rem; align-items: start; }
figure { margin: 0; }
figcaption { font-size: .875rem; font-weight: 600; margin-bottom: .25rem; }
svg { display: block; max-width: 100%; height: auto; }
svg text { font-size: 13px; fill: var(--ink); text-anchor: end; }
svg .when { fill: var(--quiet); }
svg .name { text-anchor: middle; fill: var(--on); font-weight: 600; }
svg .box { fill: currentColor; }
svg .stream { fill: none; stroke: currentColor; opacity: .75; }
svg .copy { stroke-dasharray: 4 4; opacity: 1; }
@media (max-width: 44rem) {
  body { padding: 1rem .75rem 3rem; }
  section { padding: 1rem .75rem; }
  .timeline { padding: 0 .75rem; }
  .timeline > li { grid-template-columns: 1fr; }
  .stage { display: flex; gap: .75rem; flex-wrap: wrap; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, th, td { display: block; }
  tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  tbody th, td { padding: .05rem 0; border: 0; }
  td.shares { width: auto; }
  td::before { content: attr(data-label) ": "; color: var(--quiet); }
  .empty { display: none; }
  tbody th { font-weight: 600; }
  .changes ul { margin-left: 0; }
}
@media print {
  body { max-width: none; padding: 0; background: none; font-size: 10pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: 1rem 0; }
  details::details-content { display: block; content-visibility: visible; block-size: auto; }
  summary { list-style: none; break-after: avoid; }
  h2, h3 { break-after: avoid; }
  tr, figure, .timeline > li, .changes > li { break-inside: avoid; }
}
`;
