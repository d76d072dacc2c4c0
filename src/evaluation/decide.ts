import { holds } from './condition';
import { Admission, ADMITTED } from './reader';
import { Request } from './request';
import { Action, Answer, Destination, Filters, PodsTarget, RouteTable, TableRule, Target } from './route-table';
import { Share } from './share';
import { Cause, Verdict, Outcome, PassedOver } from './verdict';
import { versionOf } from './version-of';
import { Cluster, Endpoint } from '../manifests/cluster';

/** Whether the pods let a request in. */
export type Admit = (endpoint: Endpoint, target: PodsTarget) => Admission;

/** The first rule whose conditions hold decides; then the shares are followed to the pods, whose access rules come last. */
export function decide(cluster: Cluster, table: RouteTable, asked: Request, admit: Admit = () => ADMITTED): Verdict {
  const request: Request = table.endsTls ? { ...asked, scheme: 'https' } : asked;
  const passedOver: PassedOver[] = [];
  for (const rule of table.rules) {
    const failed = rule.conditions.find((condition) => !holds(condition, request));
    if (!failed) return outcome(cluster, { table, request, passedOver, rule, action: rule.action, admit });
    passedOver.push({ rule, failed });
  }
  return outcome(cluster, { table, request, passedOver, action: table.otherwise, admit });
}

/** What one rule of the table does, or what is done with the rest, as if nothing stood before it. */
export function decideBy(cluster: Cluster, table: RouteTable, rule: TableRule | undefined, request: Request): Verdict {
  return decide(cluster, { ...table, rules: rule ? [{ ...rule, conditions: [] }] : [] }, request);
}

interface Found {
  readonly table: RouteTable;
  readonly request: Request;
  readonly passedOver: readonly PassedOver[];
  readonly rule?: TableRule;
  readonly action: Action;
  readonly admit: Admit;
}

function outcome(cluster: Cluster, { table, request, passedOver, rule, action, admit }: Found): Verdict {
  const unsure = new Set<string>();
  const noting: Admit = (endpoint, target) => {
    const admission = admit(endpoint, target);
    if (admission.doubt !== undefined) unsure.add(admission.doubt);
    return admission;
  };
  const reached = follow(cluster, action, rule ? 'rule' : 'unmatched', noting);
  const outcomes = merged(aborted(reached, action.filters?.abort));
  const filters = outcomes.some(isSentOn) ? action.filters ?? {} : beforeSending(action.filters ?? {});
  return {
    request,
    outcomes,
    mirrors: mirrored(cluster, filters, admit),
    rule,
    passedOver,
    filters,
    doubts: [...table.doubts, ...rule?.doubts ?? [], ...unsure],
  };
}

function follow(cluster: Cluster, action: Action, cause: Cause, admit: Admit): Outcome[] {
  switch (action.kind) {
    case 'redirect': return [{ kind: 'redirected', redirect: action, share: Share.all }];
    case 'answer': return [answered(action, cause)];
    case 'forward': return forwarded(action.destinations).flatMap(({ to, share }) => reach(cluster, to, share, admit));
  }
}

function answered({ status, reason }: Answer, cause: Cause): Outcome {
  return { kind: 'answered', status, cause, reason, share: Share.all };
}

/** Readers leave no forward without weights: what a mesh does then differs, and is theirs to say. */
function forwarded(destinations: readonly Destination[]): { readonly to: Target; readonly share: Share }[] {
  const total = destinations.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0)) throw new Error('a reader made a forward whose weights add up to 0');
  return destinations.filter(({ weight }) => weight > 0).map(({ to, weight }) => ({ to, share: Share.of(weight, total) }));
}

function reach(cluster: Cluster, target: Target, share: Share, admit: Admit): Outcome[] {
  switch (target.kind) {
    case 'outside': return [{ kind: 'outside', host: target.host, share }];
    case 'lost': return [{ kind: 'answered', status: target.status, cause: 'lost', reason: target.reason, share }];
    case 'pods': return reachPods(cluster, target, share, admit);
  }
}

/** Every ready pod gets the same part: which one is chosen depends on load, and evens out. */
function reachPods(cluster: Cluster, target: PodsTarget, share: Share, admit: Admit): Outcome[] {
  const endpoints = cluster.endpoints(target.service, target.port, target.labels)
    .filter(({ workload }) => target.accounts?.includes(`${workload.namespace}/${workload.serviceAccount}`) ?? true);
  const total = endpoints.reduce((sum, { pods }) => sum + pods, 0);
  if (total === 0) {
    const whose = `${target.service.object.title}${target.subset ? `, subset "${target.subset}",` : ''}`;
    return [{ kind: 'answered', status: target.emptyStatus ?? 503, cause: 'lost', reason: `${whose} has no pods on port ${target.port}`, share }];
  }
  return endpoints.map((endpoint): Outcome => {
    const part = share.times(Share.of(endpoint.pods, total));
    const admission = admit(endpoint, target);
    if (!admission.allowed) {
      const { status, reason, object } = admission;
      return { kind: 'answered', status, cause: 'denied', reason, object, share: part };
    }
    const { workload, port } = endpoint;
    return { kind: 'pods', workload, version: versionOf(workload), service: target.service, port, share: part };
  });
}

/** An abort comes before a backend is chosen, so that it takes its share of everything. */
function aborted(outcomes: readonly Outcome[], abort: Filters['abort']): readonly Outcome[] {
  const share = shareOf(abort?.percent ?? 0);
  if (!abort || share.isNone) return outcomes;
  const rest = share.rest();
  const left = rest.isNone ? [] : outcomes.map((one) => ({ ...one, share: one.share.times(rest) }));
  return [...left, { kind: 'answered', status: abort.status, cause: 'fault', reason: 'a fault is injected', share }];
}

/** A copy is made of what is sent on, and follows the same rules of access. */
function mirrored(cluster: Cluster, { mirrors = [], abort }: Filters, admit: Admit): Outcome[] {
  const left = shareOf(abort?.percent ?? 0).rest();
  return merged(mirrors.flatMap(({ to, percent }) => reach(cluster, to, shareOf(percent).times(left), admit))).filter(({ share }) => !share.isNone);
}

/** It left the proxy for a backend, whatever that does with it. */
function isSentOn(one: Outcome): boolean {
  return one.kind === 'pods' || one.kind === 'outside' || (one.kind === 'answered' && one.cause === 'denied');
}

/** What is done to requests that an action takes. */
export function filtersOf(action: Action): Filters {
  return action.kind === 'forward' ? action.filters ?? {} : beforeSending(action.filters ?? {});
}

/** Without what is done on the way to a backend. A fault, and changes of the answer, are for what the proxy answers too. */
function beforeSending({ delay, abort, responseHeaders }: Filters): Filters {
  return { delay, abort, responseHeaders };
}

function shareOf(percent: number): Share {
  return Share.of(Math.min(Math.max(percent, 0), 100), 100);
}

/** Outcomes that nobody can tell apart, as one. */
function merged(outcomes: readonly Outcome[]): Outcome[] {
  const found = new Map<string, Outcome>();
  for (const one of outcomes) {
    const key = keyOf(one);
    const same = found.get(key);
    found.set(key, same ? { ...same, share: same.share.plus(one.share) } : one);
  }
  return [...found.values()];
}

function keyOf(one: Outcome): string {
  switch (one.kind) {
    case 'pods': return `pods ${one.workload.object.key} ${one.port}`;
    case 'answered': return `answered ${one.status} ${one.cause} ${one.reason}`;
    case 'redirected': return 'redirected';
    case 'outside': return `outside ${one.host}`;
  }
}
