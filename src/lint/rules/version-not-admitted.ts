import { EntryTable } from '../../evaluation/entries';
import { Request } from '../../evaluation/request';
import { Verdict } from '../../evaluation/verdict';
import { LintContext, LintProblem, LintRule } from '../lint-rule';

/** Clients that one version lets in and another does not: an access rule that forgot a version. */
export const VERSION_NOT_ADMITTED: LintRule = {
  code: 'version-not-admitted',
  severity: 'error',
  *check(context) {
    const clients = clientsOf(context);
    for (const view of context.tables) {
      if (view.entry.from !== 'mesh') continue;
      for (const client of clients) {
        const problem = unequal(view, context.evaluator.decide({ ...view.request, source: client }), client);
        if (problem) {
          yield problem;
          break;
        }
      }
    }
  },
};

/** More would not say more, and the cost would grow with the square of the app. */
const MAX_CLIENTS = 20;

function clientsOf({ evaluator: { cluster } }: LintContext): Request['source'][] {
  const accounts = new Map(cluster.workloads.map(({ namespace, serviceAccount, labels }) => [`${namespace}/${serviceAccount}`, { namespace, serviceAccount, labels }]));
  return [...accounts.values()].slice(0, MAX_CLIENTS).map((account) => ({ kind: 'meshed', ...account }));
}

function unequal({ entry, called }: EntryTable, { outcomes }: Verdict, client: Request['source']): LintProblem | undefined {
  const denied = outcomes.filter((one) => one.kind === 'answered' && one.cause === 'denied');
  const served = outcomes.filter((one) => one.kind === 'pods');
  if (denied.length === 0 || served.length === 0 || client.kind !== 'meshed') return undefined;
  return {
    object: called?.object ?? entry.objects[0],
    place: 'spec',
    message: `${client.namespace}/${client.serviceAccount} is let in by ${[...new Set(served.map(({ version }) => version))].join(', ')} `
      + `and denied by the others: ${denied.map((one) => (one.kind === 'answered' ? one.reason : '')).join('; ')}`,
    remedy: 'give every version the same access rules',
  };
}
