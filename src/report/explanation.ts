import { filtersText, percent, ruleText } from './decision-text';
import { conditionText } from '../evaluation/condition';
import { EntryTable } from '../evaluation/entries';
import { Action, Filters, RouteTable, TableRule, Target } from '../evaluation/route-table';
import { versionOf } from '../evaluation/version-of';
import { Cluster } from '../manifests/cluster';

interface Row {
  readonly when: string;
  readonly then: string;
  readonly by: string;
}

/** One table for each host and port. */
export function explainText(tables: readonly EntryTable[], cluster: Cluster, markdown = false): string {
  if (tables.length === 0) return 'No host has rules: every Service shares its traffic out evenly among its pods.\n';
  return tables.map(({ entry, table }) => {
    const rows = rowsOf(table, cluster);
    const title = `${entry.host}:${entry.port} (${entry.protocol}) ${entry.from === 'mesh' ? 'inside the mesh' : `through gateway ${entry.from}`}`;
    const doubts = table.doubts.map((doubt) => `uncertain: ${doubt}\n`).join('');
    return markdown ? `## ${title}\n\n${markdownTable(rows)}\n${doubts}` : `${title}\n${textTable(rows)}\n${doubts}`;
  }).join('\n');
}

function rowsOf({ rules, otherwise }: RouteTable, cluster: Cluster): Row[] {
  const catchAll = rules.some(({ conditions }) => conditions.length === 0);
  const last = catchAll ? [] : [{ when: rules.length > 0 ? 'else' : 'always', then: actionText(otherwise, cluster), by: '' }];
  return [...rules.map((rule) => row(rule, cluster)), ...last];
}

function row(rule: TableRule, cluster: Cluster): Row {
  const when = rule.conditions.length === 0 ? 'always' : rule.conditions.map(conditionText).join(' and ');
  return { when, then: [actionText(rule.action, cluster), ...filtersText(short(rule.action.filters ?? {}))].join('; '), by: ruleText(rule) };
}

/** What it is tried again on is often what the mesh does by itself, and longer than all the rest of a row. */
function short({ retries, ...filters }: Filters): Filters {
  return retries ? { ...filters, retries: { ...retries, on: undefined } } : filters;
}

function actionText(action: Action, cluster: Cluster): string {
  switch (action.kind) {
    case 'redirect': return `redirect ${action.status}`;
    case 'answer': return `${action.status}: ${action.reason}`;
    case 'forward': return shares(action).map(({ share, to }) => `${percent(share)} ${targetText(to, cluster)}`).join(', ');
  }
}

function shares({ destinations }: Action & { kind: 'forward' }) {
  const total = destinations.reduce((sum, { weight }) => sum + weight, 0);
  return destinations.map(({ weight, to }) => ({ share: weight / total, to }));
}

function targetText(to: Target, cluster: Cluster): string {
  switch (to.kind) {
    case 'lost': return `lost (${to.status}: ${to.reason})`;
    case 'outside': return `outside ${to.host}`;
    case 'pods': {
      const versions = [...new Set(cluster.endpoints(to.service, to.port, to.labels).map(({ workload }) => versionOf(workload)))];
      return `${to.subset ?? to.service.name} (${versions.length > 0 ? versions.join(', ') : 'no pods'})`;
    }
  }
}

const HEADER: Row = { when: 'when', then: 'then', by: 'by' };

function textTable(rows: readonly Row[]): string {
  const all = [HEADER, ...rows];
  const width = (column: keyof Row) => Math.max(...all.map((cells) => cells[column].length));
  return all.map((cells) => `  ${cells.when.padEnd(width('when'))}  ${cells.then.padEnd(width('then'))}  ${cells.by}`.trimEnd()).join('\n');
}

function markdownTable(rows: readonly Row[]): string {
  const line = ({ when, then, by }: Row) => `| ${[when, then, by].map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [line(HEADER), '|---|---|---|', ...rows.map(line)].join('\n');
}

/** A flowchart: hosts on the left, rules on the edges, what answers on the right. @see https://mermaid.js.org/syntax/flowchart.html */
export function explainMermaid(tables: readonly EntryTable[], cluster: Cluster): string {
  const ids = new Map<string, string>();
  const lines: string[] = [];
  const node = (text: string): string => {
    const known = ids.get(text);
    if (known) return known;
    const id = `n${ids.size + 1}`;
    ids.set(text, id);
    lines.push(`  ${id}["${escaped(text)}"]`);
    return id;
  };
  for (const { entry, table } of tables) {
    const from = node(`${entry.from === 'mesh' ? '' : `${entry.from}: `}${entry.host}:${entry.port}`);
    const actions = [...table.rules.map(({ conditions, action }) => ({ when: conditions.map(conditionText).join(' and '), action })),
      ...table.rules.some(({ conditions }) => conditions.length === 0) ? [] : [{ when: 'else', action: table.otherwise }]];
    for (const { when, action } of actions) {
      const ends = action.kind === 'forward'
        ? shares(action).filter(({ share }) => share > 0).map(({ share, to }) => ({ label: [when, percent(share)].filter(Boolean).join(': '), to: targetText(to, cluster) }))
        : [{ label: when, to: actionText(action, cluster) }];
      for (const { label, to } of ends) lines.push(`  ${from} -->${label ? `|"${escaped(label)}"|` : ''} ${node(to)}`);
    }
  }
  return ['flowchart LR', ...lines, ''].join('\n');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/[<>]/g, (mark) => (mark === '<' ? '&lt;' : '&gt;'));
}
