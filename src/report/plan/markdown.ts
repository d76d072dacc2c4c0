import { planMermaid } from './mermaid';
import { overviewRows } from './overview';
import { Plan } from './plan';
import { Block, blocksOf, changeTable, titleOf, trafficTable, verdictOf } from './view';
import { escapedMarkdown } from '../markdown-text';
import { markdownTable } from '../table';

/** The plan for a merge request or a file in Git. */
export function planMarkdown(plan: Plan): string {
  return [`# ${escapedMarkdown(titleOf(plan))}`, ...[verdictOf(plan), ...blocksOf(plan)].flatMap((block) => blockText(block, plan))].map((part) => `${part}\n`).join('\n');
}

function blockText(block: Block, plan: Plan): string[] {
  switch (block.kind) {
    case 'heading': return [`${'#'.repeat(block.level)} ${escapedMarkdown(block.text)}`];
    case 'text': return [block.tone === 'bad' ? `**${escapedMarkdown(block.text)}**` : escapedMarkdown(block.text)];
    case 'table': return [`**${escapedMarkdown(block.caption)}**\n\n${table([block.head, ...block.rows])}`];
    case 'changes': return blockText(changeTable(block), plan);
    case 'traffic': return blockText(trafficTable(block), plan);
    case 'fold': return block.blocks.flatMap((inner) => blockText(inner, plan));
    case 'overview': return [table(overviewRows(plan, block.steady))];
    case 'picture': return [`\`\`\`mermaid\n${planMermaid(block.rows)}\`\`\``];
  }
}

function table(rows: readonly (readonly string[])[]): string {
  return markdownTable(rows.map((cells) => cells.map(escapedMarkdown)));
}
