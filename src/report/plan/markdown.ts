import { planMermaid } from './mermaid';
import { overviewRows } from './overview';
import { Plan } from './plan';
import { Block, blocksOf, changeTable, titleOf } from './view';
import { markdownTable } from '../table';

/** The plan for a merge request or a file in Git. */
export function planMarkdown(plan: Plan): string {
  return [`# ${escaped(titleOf(plan))}`, ...blocksOf(plan).map(blockText)].map((part) => `${part}\n`).join('\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading': return `${'#'.repeat(block.level)} ${escaped(block.text)}`;
    case 'text': return block.tone === 'bad' ? `**${escaped(block.text)}**` : escaped(block.text);
    case 'table': return `**${escaped(block.caption)}**\n\n${table([block.head, ...block.rows])}`;
    case 'changes': return blockText(changeTable(block));
    case 'overview': return table(overviewRows(block.plan));
    case 'picture': return `\`\`\`mermaid\n${planMermaid(block.set)}\`\`\``;
  }
}

function table(rows: readonly (readonly string[])[]): string {
  return markdownTable(rows.map((cells) => cells.map(escaped)));
}

/**
 * Text that stays text, on one line and in its cell: names and header values of manifests may hold anything, a mention or an image too.
 * @see https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
function escaped(text: string): string {
  return text
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/@/g, '&#64;').replace(/\$/g, '&#36;').replace(/:\/\//g, '&#58;//')
    .replace(/[\\`*_[\]|~]/g, '\\$&');
}
