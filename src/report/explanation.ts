import { filtersInShort, percent, redirectText, ruleText } from './decision-text';
import { escapedMarkdown } from './markdown-text';
import { Arrow, flowchart, Node } from './mermaid';
import { markdownTable, textTable } from './table';
import { conditionText } from '../evaluation/condition';
import { filtersOf } from '../evaluation/decide';
import { addressOf, EntryTable } from '../evaluation/entries';
import { Evaluator } from '../evaluation/evaluator';
import { Action, RouteTable, TableRule, Target } from '../evaluation/route-table';
import { versionOf } from '../evaluation/version-of';
import { Cluster, Endpoint } from '../manifests/cluster';

interface Row {
  readonly when: string;
  readonly then: string;
  readonly by: string;
}

/** One table for each host and port. */
export function explainText(tables: readonly EntryTable[], { cluster, mesh }: Evaluator, markdown = false): string {
  if (tables.length === 0) return 'No host has rules: every Service shares its traffic out evenly among its pods.\n';
  return tables.map(({ entry, table }) => {
    const rows = rowsOf(table, cluster);
    const inside = mesh === undefined ? 'inside the cluster' : 'inside the mesh';
    const title = `${addressOf(entry)} (${entry.protocol}) ${entry.from === 'mesh' ? inside : `through gateway ${entry.from}`}`;
    const doubts = table.doubts.map((doubt) => `uncertain: ${doubt}\n`);
    if (!markdown) return `${title}\n${textTable(cells(rows))}\n${doubts.join('')}`;
    const body = markdownTable(cells(rows).map((line) => line.map(escapedMarkdown)));
    return `## ${escapedMarkdown(title)}\n\n${body}\n${doubts.map((doubt) => `\n${escapedMarkdown(doubt)}\n`).join('')}`;
  }).join('\n');
}

function rowsOf({ rules, otherwise }: RouteTable, cluster: Cluster): Row[] {
  const catchAll = rules.some(({ conditions }) => conditions.length === 0);
  const last = catchAll ? [] : [{ when: rules.length > 0 ? 'else' : 'always', then: actionText(otherwise, cluster), by: '' }];
  return [...rules.map((rule) => row(rule, cluster)), ...last];
}

function row(rule: TableRule, cluster: Cluster): Row {
  const when = rule.conditions.length === 0 ? 'always' : rule.conditions.map(conditionText).join(' and ');
  return { when, then: [actionText(rule.action, cluster), ...filtersInShort(filtersOf(rule.action))].join('; '), by: ruleText(rule) };
}

function actionText(action: Action, cluster: Cluster): string {
  switch (action.kind) {
    case 'redirect': return `${action.status}: ${redirectText(action)}`;
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
    case 'pods': return `${to.subset ?? to.service.name} (${podsText(cluster.endpoints(to.service, to.port, to.labels))})`;
  }
}

/** Versions behind a backend. Several share its traffic by their numbers of pods: `v1 75 %, v2 25 %`. */
function podsText(endpoints: readonly Endpoint[]): string {
  const pods = new Map<string, number>();
  for (const endpoint of endpoints) pods.set(versionOf(endpoint.workload), (pods.get(versionOf(endpoint.workload)) ?? 0) + endpoint.pods);
  const total = [...pods.values()].reduce((sum, number) => sum + number, 0);
  if (total === 0) return 'no pods';
  const ready = [...pods].filter(([, number]) => number > 0);
  return ready.map(([version, number]) => (ready.length === 1 ? version : `${version} ${percent(number / total)}`)).join(', ');
}

/** The heads of the columns, and the rows below them. */
function cells(rows: readonly Row[]): string[][] {
  return [['when', 'then', 'by'], ...rows.map(({ when, then, by }) => [when, then, by])];
}

/** A flowchart: hosts on the left, rules on the arrows, what answers on the right. */
export function explainMermaid(tables: readonly EntryTable[], cluster: Cluster): string {
  return flowchart(tables.flatMap(({ entry, table }) => {
    const from = named(`${entry.from === 'mesh' ? '' : `${entry.from}: `}${addressOf(entry)}`);
    const catchAll = table.rules.some(({ conditions }) => conditions.length === 0);
    const rules = table.rules.map(({ conditions, action }) => ({ when: conditions.map(conditionText).join(' and '), action }));
    return [...rules, ...catchAll ? [] : [{ when: 'else', action: table.otherwise }]].flatMap(({ when, action }) => arrows(from, when, action, cluster));
  }));
}

function arrows(from: Node, when: string, action: Action, cluster: Cluster): Arrow[] {
  if (action.kind !== 'forward') return [{ from, to: named(actionText(action, cluster)), label: when }];
  const used = shares(action).filter(({ share }) => share > 0);
  return used.map(({ share, to }) => ({ from, to: named(targetText(to, cluster)), label: [when, percent(share)].filter(Boolean).join(': ') }));
}

function named(text: string): Node {
  return { key: text, text };
}
