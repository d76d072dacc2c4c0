import { requestFor, serviceEntries } from './entries';
import { Evaluator } from './evaluator';
import { Entry } from './reader';
import { Request } from './request';
import { Redirect } from './route-table';
import { Outcome, Verdict } from './verdict';
import { witness } from './witness';

/** Told how far it is: so many done, of how many. */
export type Told = (done: number, all: number) => void;

/** A request that two sets of manifests decide differently. */
export interface Change {
  readonly entry: Entry;
  readonly request: Request;
  readonly before: Verdict;
  readonly after: Verdict;
  /** More of it is lost than before: no rule takes it, the backend is missing or empty, or it is no longer let in. */
  readonly loses: boolean;
}

export interface Comparison {
  readonly changes: readonly Change[];
  /** Requests that were decided by both. */
  readonly compared: number;
}

/**
 * Decides a request for every rule of either set by both, one that no rule names for every host and port, and one for each pair of a rule before and
 * one after: a new rule may stand before an old one and take a part of what that took. Of pairs only what single rules do not show is told.
 */
export function compare(before: Evaluator, after: Evaluator, tell: Told = () => {}): Comparison {
  const probes = new Map([before, after].flatMap((evaluator) => probesOf(evaluator).map((probe) => [keyOf(probe, evaluator), probe] as const)));
  const pairs = new Map(pairsOf(before, after).map((probe) => [keyOf(probe, after), probe] as const).filter(([key]) => !probes.has(key)));
  const all = probes.size + pairs.size;
  const single = [...probes.values()].flatMap((probe, index) => {
    tell(index, all);
    return changesAt(probe, before, after);
  });
  const told = new Set(single.map((change) => effectsOf(change)));
  const paired = [...pairs.values()].flatMap((probe, index) => {
    tell(probes.size + index, all);
    const fresh = changesAt(probe, before, after).filter((change) => !told.has(effectsOf(change)));
    for (const change of fresh) told.add(effectsOf(change));
    return fresh;
  });
  return { changes: [...single, ...paired], compared: all };
}

/** What differs, and for which host. */
function effectsOf({ entry, before, after }: Change): string {
  return JSON.stringify([entry.from, entry.host, entry.port, effectOf(before), effectOf(after)]);
}

function changesAt({ entry, request }: Probe, before: Evaluator, after: Evaluator): Change[] {
  const asked = [before.decide(request), after.decide(request)] as const;
  // Who calls is not known here: where access rules refuse the example, clients that they let in may still be sent elsewhere.
  const letIn = () => [before.decideLetIn(request), after.decideLetIn(request)] as const;
  const [old, now] = differ(asked) ? asked : letIn();
  if (!differ([old, now])) return [];
  return [{ entry, request, before: old, after: now, loses: lost(now) > lost(old) + Number.EPSILON }];
}

interface Probe {
  readonly entry: Entry;
  readonly request: Request;
}

/** Services without rules are called too. */
function probesOf(evaluator: Evaluator): Probe[] {
  return [...evaluator.entries(), ...serviceEntries(evaluator)].flatMap((entry) => {
    const base = requestFor(entry);
    const requests = evaluator.tableFor(base).table.rules.map(({ conditions }) => witness(conditions, base));
    return [base, ...requests].filter((request) => request !== undefined).map((request) => ({ entry, request }));
  });
}

/** Rules of one host whose pairs are asked for; a host with more has too many. */
const MOST_RULES = 50;

/** Requests that a rule before and a rule after both take. */
function pairsOf(before: Evaluator, after: Evaluator): Probe[] {
  return after.entries().flatMap((entry) => {
    const base = requestFor(entry);
    const conditionsOf = (evaluator: Evaluator) => evaluator.tableFor(base).table.rules.map(({ conditions }) => conditions);
    const [old, now] = [before, after].map((evaluator) => conditionsOf(evaluator).filter(({ length }) => length > 0));
    if (old.length > MOST_RULES || now.length > MOST_RULES) return [];
    const requests = old.flatMap((one) => now.map((other) => witness([...one, ...other], base)));
    return requests.filter((request) => request !== undefined).map((request) => ({ entry, request }));
  });
}

/** A Service has one name here, however long readers write it. */
function keyOf({ request }: Probe, { cluster }: Evaluator): string {
  const called = request.source.kind === 'gateway' ? undefined : cluster.serviceCalled(request.host, request.source.namespace);
  const host = called ? `${called.name}.${called.namespace}` : request.host;
  return JSON.stringify({ ...request, host, serverName: called ? '' : request.serverName, headers: [...request.headers].sort(), query: [...request.query].sort() });
}

function differ([old, now]: readonly [Verdict, Verdict]): boolean {
  return effectOf(old) !== effectOf(now);
}

/** Where a request gets, and what it meets on the way. Retries are left out: each mesh has some of its own. */
function effectOf({ outcomes, filters }: Verdict): string {
  const { delay, timeoutMilliseconds, mirrors = [], hostRewrite, pathRewrite } = filters;
  const copies = mirrors.map(({ to, percent }) => [to.kind === 'pods' ? [to.service.object.key, to.subset] : to, percent]);
  return JSON.stringify([outcomes.map((one) => `${nameOf(one)} ${one.share}`).sort(), delay, timeoutMilliseconds, copies, hostRewrite, pathRewrite]);
}

function nameOf(one: Outcome): string {
  switch (one.kind) {
    case 'pods': return one.workload.object.key;
    case 'answered': return `${one.status}`;
    case 'redirected': return `redirect ${JSON.stringify(toOf(one.redirect))}`;
    case 'outside': return one.host;
  }
}

/** Where it leads, without what happens besides. */
function toOf({ status, scheme, host, port, path }: Redirect) {
  return { status, scheme, host, port, path };
}

function lost({ outcomes }: Verdict): number {
  return outcomes.filter((one) => one.kind === 'answered' && ['lost', 'unmatched', 'denied'].includes(one.cause)).reduce((sum, { share }) => sum + share.toNumber(), 0);
}
