import { addressOf, EntryTable } from '../../evaluation/entries';
import { Destination, Forward, TableRule } from '../../evaluation/route-table';
import { LintRule } from '../lint-rule';
import { forwards } from '../tables';

export const BACKEND_MISSING: LintRule = {
  code: 'backend-missing',
  severity: 'error',
  like: ['IST0101', 'KIA1101', 'KIA1107', 'KIA1402'],
  *check({ tables }) {
    const told = new Set<string>();
    for (const { view, action, rule } of forwards(tables)) {
      for (const { to, loss } of [...action.destinations.map((one) => ({ to: one.to, loss: lossOf(one, view) })), ...copies(action)]) {
        const where = whose(view, rule);
        const key = `${where.object?.key} ${where.place} ${to.kind === 'lost' ? to.reason : ''}`;
        if (to.kind !== 'lost' || told.has(key)) continue;
        told.add(key);
        yield { ...where, message: `${to.reason}${loss}`, remedy: 'name what is there, or add what is missing before it is routed to' };
      }
    }
  },
};

function lossOf({ to, weight }: Destination, { entry }: EntryTable): string {
  return to.kind === 'lost' && weight > 0 ? `; its share of the traffic to ${addressOf(entry)} gets ${to.status}` : '';
}

function copies({ filters }: Forward) {
  return (filters?.mirrors ?? []).map(({ to }) => ({ to, loss: '; requests are to be copied there' }));
}

export const BACKEND_WITHOUT_PODS: LintRule = {
  code: 'backend-without-pods',
  severity: 'error',
  like: ['IST0173'],
  *check({ evaluator: { cluster }, tables }) {
    for (const { view, rule, destinations } of forwards(tables)) {
      for (const { to, weight } of destinations) {
        if (to.kind !== 'pods' || weight <= 0 || cluster.endpoints(to.service, to.port, to.labels).length > 0) continue;
        yield {
          ...whose(view, rule),
          message: `${to.service.object.title}${to.subset ? `, subset "${to.subset}",` : ''} has no pods on port ${to.port}, and traffic to ${addressOf(view.entry)} is sent there`,
          remedy: 'give it pods: labels, replicas and ports have to fit, or send no traffic there',
        };
      }
    }
  },
};

/** The rule's own object, or what the table comes from. */
export function whose({ entry }: EntryTable, rule: TableRule | undefined) {
  return { object: rule?.object ?? entry.objects[0], place: rule?.place ?? 'spec' };
}
