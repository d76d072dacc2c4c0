import { shareBar } from './bar';
import { Colours, coloursOf } from './colours';
import { FieldChange } from './field-changes';
import { escaped, nonBreaking } from './markup';
import { ObjectChange } from './object-changes';
import { Plan } from './plan';
import { PlannedRow } from './rows';
import { byHost } from './steady';
import { STYLE } from './style';
import { besidesText, sharesText } from './summary';
import { planFigures } from './svg';
import { timeline } from './timeline';
import { Block, blocksOf, factsOf, titleOf, valueText, verdictOf } from './view';

/** The plan as one page that needs nothing else: no script, no network. */
export function planHtml(plan: Plan): string {
  const title = escaped(titleOf(plan));
  const page = { plan, colours: coloursOf(plan) };
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
${blockHtml(verdictOf(plan), page)}
<p class="quiet">${escaped(factsOf(plan))}</p>
${sections(blocksOf(plan)).map((blocks) => section(blocks, page)).join('\n')}
</main>
</body>
</html>
`;
}

interface Page {
  readonly plan: Plan;
  readonly colours: Colours;
}

/** What stands under one heading, together. */
function sections(blocks: readonly Block[]): Block[][] {
  const found: Block[][] = [[]];
  for (const block of blocks) {
    if (block.kind === 'heading') found.push([]);
    found[found.length - 1].push(block);
  }
  return found;
}

function section(blocks: readonly Block[], page: Page): string {
  const content = blocks.map((block) => blockHtml(block, page)).join('\n');
  const [first] = blocks;
  return first?.kind === 'heading' ? `<section${first.anchor === undefined ? '' : ` id="${escaped(first.anchor)}"`}>\n${content}\n</section>` : content;
}

/** @param named whether the block has a name of its own to show */
function blockHtml(block: Block, page: Page, named = true): string {
  switch (block.kind) {
    case 'heading': return `<h2>${escaped(block.text)}</h2>`;
    case 'text': return `<p class="${block.tone ?? 'quiet'}">${escaped(block.text)}</p>`;
    case 'table': return caption(block.caption, named) + table(block.head, block.rows);
    case 'changes': return caption(block.caption, named) + changes(block.changes);
    case 'traffic': return caption(block.caption, named) + trafficTable(block.rows, page.colours);
    case 'overview': return timeline(page.plan, block.steady, page.colours);
    case 'picture': return `<div class="flows">\n${planFigures(block.rows, page.colours).join('\n')}\n</div>`;
    case 'fold': return fold(block, page);
  }
}

function caption(text: string, named: boolean): string {
  return named ? `<h3>${escaped(text)}</h3>\n` : '';
}

/** One table needs no name besides what the fold says. */
function fold({ summary, open, blocks }: Block & { readonly kind: 'fold' }, page: Page): string {
  const named = blocks.filter((block) => 'caption' in block).length > 1;
  const content = blocks.map((block) => blockHtml(block, page, named)).join('\n');
  return `<details${open ? ' open' : ''}>\n<summary>${nonBreaking(summary)}</summary>\n<div class="fold">\n${content}\n</div>\n</details>`;
}

/** The roles are those of the elements: narrow screens show rows as blocks, and browsers forget then that it is a table. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const body = rows.map((cells) => `<tr role="row">${cells.map((cell, column) => tableCell(cell, column, head[column])).join('')}</tr>`);
  return tableHtml(head, [body]);
}

function tableHtml(head: readonly string[], bodies: readonly (readonly string[])[]): string {
  return [
    '<table role="table">',
    `<thead role="rowgroup"><tr role="row">${head.map((name) => `<th scope="col" role="columnheader">${escaped(name)}</th>`).join('')}</tr></thead>`,
    ...bodies.map((rows) => `<tbody role="rowgroup">\n${rows.join('\n')}\n</tbody>`),
    '</table>',
  ].join('\n');
}

function tableCell(text: string, column: number, label: string): string {
  if (column === 0 && text !== '') return `<th scope="row" role="rowheader"${text === 'error' ? ' class="error"' : ''}>${escaped(text)}</th>`;
  const kind = text === '-' || text === '' ? ' class="empty"' : /^\d/.test(text) && text.length < 12 ? ' class="number"' : '';
  return `<td role="cell"${kind} data-label="${escaped(label)}">${nonBreaking(text)}</td>`;
}

/** The rows of one host stand together, under its name. */
function trafficTable(rows: readonly PlannedRow[], colours: Colours): string {
  const more = rows.some((row) => besidesText(row) !== '');
  const bodies = [...byHost(rows)].map(([host, own]) => own.map((row, index) => [
    '<tr role="row">',
    ...index === 0 ? [`<th scope="rowgroup" role="rowheader" rowspan="${own.length}">${escaped(host)}</th>`] : [],
    `<td role="cell" data-label="requests">${escaped(row.when)}</td>`,
    `<td role="cell" class="shares" data-label="go to">${nonBreaking(sharesText(row))}${shareBar(row, colours)}</td>`,
    ...more ? [tableCell(besidesText(row), 3, 'besides')] : [],
    '</tr>',
  ].join('')));
  return tableHtml(['host', 'requests', 'go to', ...more ? ['besides'] : []], bodies);
}

function changes(objects: readonly ObjectChange[]): string {
  return `<ul class="changes">\n${objects.map(objectChange).join('\n')}\n</ul>`;
}

function objectChange({ object, how, fields }: ObjectChange): string {
  const below = fields.length === 0 ? '' : `\n<ul>\n${fields.map((field) => `<li>${fieldChange(field)}</li>`).join('\n')}\n</ul>`;
  return `<li><span class="how ${how}">${how}</span> <b>${escaped(object)}</b>${below}</li>`;
}

const LONGEST_VALUE = 2000;

function fieldChange({ path, from, to }: FieldChange): string {
  const value = (one: unknown) => escaped(valueText(one, LONGEST_VALUE));
  const what = `<code>${escaped(path).replace(/[.[]/g, '<wbr>$&')}</code>`;
  if (from === undefined) return `${what} <ins>+ ${value(to)}</ins>`;
  return to === undefined ? `${what} <del>- ${value(from)}</del>` : `${what} <del>${value(from)}</del> → <ins>${value(to)}</ins>`;
}
