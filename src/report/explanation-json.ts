import { actionJson } from './decision-json';
import { conditionText } from '../evaluation/condition';
import { decideBy } from '../evaluation/decide';
import { EntryTable } from '../evaluation/entries';
import { TableRule } from '../evaluation/route-table';
import { Cluster } from '../manifests/cluster';

/**
 * All rules for programs: of each host and port those that are tried, in their order, the first whose conditions hold decides. Without conditions a
 * rule takes everything; the last one has no name where nobody wrote it. What becomes of a request stands there as in a decision, without access
 * rules: who calls is not known here.
 */
export function explanationJson(tables: readonly EntryTable[], cluster: Cluster) {
  return {
    hosts: tables.map((one) => {
      const { entry: { host, declaredHost, port, protocol, from }, table } = one;
      const rules = table.rules.some(({ conditions }) => conditions.length === 0) ? table.rules : [...table.rules, undefined];
      return { host: declaredHost ?? host, port, protocol, from, rules: rules.map((rule) => ruleJson(one, cluster, rule)), doubts: table.doubts };
    }),
  };
}

function ruleJson({ table, request }: EntryTable, cluster: Cluster, rule: TableRule | undefined) {
  const verdict = decideBy(cluster, { ...table, doubts: [] }, rule, request);
  return { when: rule?.conditions.map(conditionText) ?? [], ...actionJson(verdict) };
}
