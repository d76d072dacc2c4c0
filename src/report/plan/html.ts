import { colourOf, escaped } from './markup';
import { Plan, PlannedStage } from './plan';
import { STYLE } from './style';
import { changesText, Group, groupText, mainGroups, stateText, totals } from './summary';
import { planSvgs } from './svg';
import { anchorOf, Block, blocksOf, changeTable, titleOf } from './view';

/** The plan as one page that needs nothing else: no script, no network. */
export function planHtml(plan: Plan): string {
  const title = escaped(titleOf(plan));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${sections(blocksOf(plan)).map((blocks) => section(blocks, plan)).join('\n')}
</main>
</body>
</html>
`;
}

/** What stands under one heading, together. */
function sections(blocks: readonly Block[]): Block[][] {
  const found: Block[][] = [[]];
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === 2) found.push([]);
    found[found.length - 1].push(block);
  }
  return found;
}

function section(blocks: readonly Block[], plan: Plan): string {
  const content = blocks.map((block) => blockHtml(block, plan)).join('\n');
  const [first] = blocks;
  return first.kind === 'heading' ? `<section${first.anchor === undefined ? '' : ` id="${escaped(first.anchor)}"`}>\n${content}\n</section>` : content;
}

function blockHtml(block: Block, { versions }: Plan): string {
  switch (block.kind) {
    case 'heading': return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
    case 'text': return `<p${block.tone ? ` class="${block.tone}"` : ' class="quiet"'}>${escaped(block.text)}</p>`;
    case 'table': return table(block);
    case 'changes': return table(changeTable(block));
    case 'overview': return timeline(block.plan);
    case 'picture': return `<div class="flows">\n${planSvgs(block.set, versions).join('\n')}\n</div>`;
  }
}

/** The roles are those of the elements: narrow screens show rows as blocks, and browsers forget then that it is a table. */
function table({ caption, head, rows }: Block & { readonly kind: 'table' }): string {
  return [
    `<h3>${escaped(caption)}</h3>`,
    '<div class="table"><table role="table">',
    `<thead role="rowgroup"><tr role="row">${head.map((name) => `<th scope="col" role="columnheader">${escaped(name)}</th>`).join('')}</tr></thead>`,
    '<tbody role="rowgroup">',
    ...rows.map((cells) => `<tr role="row">${cells.map((cell, column) => tableCell(cell, column, head[column])).join('')}</tr>`),
    '</tbody></table></div>',
  ].join('\n');
}

function tableCell(text: string, column: number, label: string): string {
  if (column === 0 && text !== '') return `<th scope="row" role="rowheader">${escaped(text)}</th>`;
  const empty = text === '-' || text === '' ? ' class="empty"' : '';
  return `<td role="cell"${empty} data-label="${escaped(label)}">${escaped(text).replace(/(\d) %/g, '$1&nbsp;%')}</td>`;
}

function timeline({ stages, versions }: Plan): string {
  return `<h2>Stages</h2>\n<ol class="timeline">\n${stages.map((stage, index) => stageLine(stage, index, versions)).join('\n')}\n</ol>`;
}

function stageLine(stage: PlannedStage, index: number, versions: readonly string[]): string {
  const [pods, cpu, memory] = totals(stage);
  const state = stateText(stage);
  const requested = [...cpu === '-' ? [] : [`CPU ${cpu}`], ...memory === '-' ? [] : [`memory ${memory}`]];
  const facts = [`${pods} pods`, ...requested, index === 0 ? 'first stage' : `objects ${changesText(stage.changes)}`];
  return [
    '<li>',
    `<div class="stage"><a href="#${escaped(anchorOf(stage))}">${escaped(stage.name)}</a><div class="${state === 'ok' ? 'good' : 'bad'}">${escaped(state)}</div></div>`,
    `<ul class="shares">${mainGroups(stage).map((group) => `<li>${shareBar(group, versions)}</li>`).join('')}</ul>`,
    `<div class="facts">${escaped(facts.join(' · '))}</div>`,
    '</li>',
  ].join('\n');
}

/** The bar repeats what the text says, so that nobody needs its colours. */
function shareBar(group: Group, versions: readonly string[]): string {
  const parts = group.row.shares.map(({ version, share }) => `<span class="${colourOf(version, versions)}" style="width:${Number((share * 100).toFixed(4))}%"></span>`);
  return `${escaped(groupText(group))}<div class="bar" aria-hidden="true">${parts.join('')}</div>`;
}
