import { FieldChange } from './field-changes';
import { ObjectChange } from './object-changes';
import { overviewRows } from './overview';
import { Plan } from './plan';
import { Block, blocksOf, titleOf, trafficTable, valueText } from './view';
import { textTable } from '../table';

/** The plan for a terminal. */
export function planText(plan: Plan): string {
  return [printable(titleOf(plan)), ...blocksOf(plan).flatMap((block) => blockText(block, plan))].map((part) => `${part}\n`).join('');
}

function blockText(block: Block, plan: Plan): string[] {
  switch (block.kind) {
    case 'heading': return [`\n${printable(block.text)}\n${'='.repeat(block.text.length)}`];
    case 'text': return [`\n${printable(block.tone === 'bad' ? `! ${block.text}` : block.text)}`];
    case 'table': return [`\n${printable(block.caption)}\n${table([block.head, ...block.rows])}`];
    case 'changes': return [`\n${printable(block.caption)}`, ...block.changes.flatMap(changeLines)];
    case 'overview': return [table(overviewRows(plan, block.steady))];
    case 'traffic': return blockText(trafficTable(block), plan);
    case 'fold': return block.blocks.flatMap((inner) => blockText(inner, plan));
    case 'picture': return [];
  }
}

const MARKS = { added: '+', changed: '~', removed: '-' } as const;

/** `~ Deployment shop/web-v1`, and below it `spec.replicas: 3 -> 0`. */
function changeLines({ object, how, fields }: ObjectChange): string[] {
  return [`  ${MARKS[how]} ${printable(object)}`, ...fields.map((field) => `      ${printable(fieldText(field))}`)];
}

function fieldText({ path, from, to }: FieldChange): string {
  if (from === undefined) return `${path}: + ${valueText(to)}`;
  return to === undefined ? `${path}: - ${valueText(from)}` : `${path}: ${valueText(from)} -> ${valueText(to)}`;
}

function table(rows: readonly (readonly string[])[]): string {
  return textTable(rows.map((cells) => cells.map(printable)));
}

/** Names come from manifests: none of them moves the cursor. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
