import { EntryTable } from '../evaluation/entries';
import { Destination, Forward, TableRule, Target } from '../evaluation/route-table';
import { Service } from '../manifests/service';

export interface Use {
  readonly view: EntryTable;
  readonly rule?: TableRule;
  readonly action: Forward;
  readonly destinations: readonly Destination[];
}

/** Every forward of the tables that somebody wrote, and what the mesh does with requests that no rule takes, if there are any. */
export function forwards(tables: readonly EntryTable[]): Use[] {
  return tables.flatMap((view) => {
    const { rules, otherwise } = view.table;
    const last = rules.findIndex(({ conditions }) => conditions.length === 0);
    const left = rules.filter(({ object }, index) => object !== undefined || last < 0 || index <= last);
    const rest = last < 0 ? [{ rule: undefined, action: otherwise }] : [];
    const actions = [...left.map((rule) => ({ rule, action: rule.action })), ...rest];
    return actions.flatMap(({ rule, action }) => (action.kind === 'forward' ? [{ view, rule, action, destinations: action.destinations }] : []));
  });
}

/** Services that clients call and that rules send on to others: nobody in the mesh needs pods behind them. */
export function splitRoots(tables: readonly EntryTable[]): Set<Service> {
  const used = new Set(forwards(tables).flatMap(({ destinations }) => destinations.map(({ to }) => serviceOf(to))));
  return new Set(tables.map(({ called }) => called).filter((service): service is Service => service !== undefined && !used.has(service)));
}

function serviceOf(target: Target): Service | undefined {
  return target.kind === 'pods' ? target.service : undefined;
}
