/** Style of the page: no fonts, pictures or scripts from elsewhere. Text has a contrast of 4.5 to 1 or more on its ground in both schemes. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fbfbfa; --card: #ffffff; --ink: #1d2126; --quiet: #59626d; --line: #d9dde2; --bad: #a8261c; --good: #1d6b3a;
  --v0: #2f5f9e; --v1: #b3591b; --v2: #2b7a55; --v3: #7a4a9e; --v4: #8a6a10; --v5: #a33b66; --elsewhere: #6b7480; --on: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #15181c; --card: #1c2025; --ink: #e6e9ed; --quiet: #a3acb7; --line: #343a42; --bad: #ff9a8f; --good: #7fd09b;
    --v0: #84b1ea; --v1: #eda36b; --v2: #74c79d; --v3: #c29be3; --v4: #d6b755; --v5: #ec92b4; --elsewhere: #98a2ae; --on: #15181c; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 68rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 0 0 .75rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
p { margin: .4rem 0; }
a { color: inherit; }
.quiet { color: var(--quiet); }
.bad { color: var(--bad); font-weight: 600; }
.good { color: var(--good); font-weight: 600; }
section { margin-top: 1.25rem; padding: 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.timeline { list-style: none; margin: 1.25rem 0 0; padding: 0; }
.timeline > li { display: grid; grid-template-columns: 12rem 1fr 13rem; gap: .25rem 1rem; padding: .7rem 0; border-top: 1px solid var(--line); align-items: start; }
.timeline a { font-weight: 600; }
.timeline ul { list-style: none; margin: 0; padding: 0; }
.timeline ul li + li { margin-top: .5rem; }
.shares { font-size: .875rem; }
.bar { display: flex; height: .75rem; margin-top: .15rem; border-radius: 3px; overflow: hidden; background: var(--line); gap: 1px; }
.bar span { display: block; background: currentColor; }
.v0 { color: var(--v0); } .v1 { color: var(--v1); } .v2 { color: var(--v2); } .v3 { color: var(--v3); } .v4 { color: var(--v4); } .v5 { color: var(--v5); }
.elsewhere { color: var(--elsewhere); }
.facts { font-size: .875rem; color: var(--quiet); }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); min-width: 5rem; }
thead th { overflow-wrap: normal; }
th { color: var(--quiet); font-weight: 600; }
tbody th { color: inherit; font-weight: 400; }
td { font-variant-numeric: tabular-nums; }
.flows { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1.25rem 2rem; align-items: start; }
svg { display: block; width: 100%; max-width: 30rem; height: auto; }
svg text { font-size: 13px; fill: var(--ink); text-anchor: end; }
svg .when { fill: var(--quiet); }
svg .host { font-weight: 600; }
svg .name { text-anchor: middle; fill: var(--on); font-weight: 600; }
svg .box { fill: currentColor; }
svg .stream { fill: none; stroke: currentColor; opacity: .75; }
svg .copy { stroke-dasharray: 4 4; opacity: 1; }
@media (max-width: 44rem) {
  body { padding: 1rem .75rem 3rem; }
  section { padding: 1rem .75rem; }
  .timeline > li { grid-template-columns: 1fr; }
  .stage { display: flex; gap: .75rem; flex-wrap: wrap; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, th, td { display: block; min-width: 0; }
  tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  tbody th, td { padding: .05rem 0; border: 0; }
  td::before { content: attr(data-label) ": "; color: var(--quiet); }
  .empty { display: none; }
  tbody th { font-weight: 600; }
}
@media print { body { max-width: none; } section { break-inside: avoid; } }
`;
