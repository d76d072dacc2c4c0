import { conditionText } from '../../evaluation/condition';
import { decideBy } from '../../evaluation/decide';
import { addressOf, requestFor, serviceEntries } from '../../evaluation/entries';
import { Evaluator } from '../../evaluation/evaluator';
import { Entry } from '../../evaluation/reader';
import { Request } from '../../evaluation/request';
import { TableRule } from '../../evaluation/route-table';
import { Share } from '../../evaluation/share';
import { Outcome, sharesByVersion, Verdict } from '../../evaluation/verdict';
import { Cluster } from '../../manifests/cluster';
import { filtersInShort, outcomeText, percent } from '../decision-text';

/** Requests that one rule takes, or those of clients without a proxy, and what becomes of them. */
export interface PlannedRow {
  /** `mesh`, `plain` for clients without a proxy, or `namespace/name` of a gateway. */
  readonly from: string;
  /** `web.shop:80`. */
  readonly host: string;
  /** What a request has to be like; `always` or `else` for the rest. */
  readonly when: string;
  readonly shares: readonly VersionShare[];
  /** What becomes of the rest: `10 % 503: ...`. */
  readonly others: readonly string[];
  /** What happens besides, and what is uncertain. */
  readonly notes: readonly string[];
  readonly mirrors: readonly MirroredVersion[];
  /** Part that is sent to a backend which is missing or empty, from 0 to 1. */
  readonly lost: number;
}

export interface VersionShare {
  readonly version: string;
  /** From 0 to 1, the nearest number. */
  readonly share: number;
  /** `1/3`, or `1`. */
  readonly exact: string;
}

export interface MirroredVersion {
  readonly version: string;
  readonly percent: number;
}

/** `web.shop:80`, or `web.example.com:80 through shop/edge`. */
export function hostText({ from, host }: PlannedRow): string {
  return from === 'mesh' || from === 'plain' ? host : `${host} through ${from}`;
}

/** A row for each rule of each host that has some, and for each Service that clients may call. Access rules are not asked: who calls is not known here. */
export function trafficRows(evaluator: Evaluator, inner: ReadonlySet<string>): PlannedRow[] {
  const ruled = evaluator.entries();
  const covered = new Set(ruled.filter(({ from }) => from === 'mesh').map((entry) => calledHost(evaluator.cluster, requestFor(entry))));
  const others = outerEntries(evaluator, inner).filter((entry) => !covered.has(calledHost(evaluator.cluster, requestFor(entry))));
  return [...ruled, ...others].flatMap((entry) => rowsOf(evaluator, entry, requestFor(entry), entry.from));
}

/** What clients without a proxy get. */
export function plainRows(evaluator: Evaluator, inner: ReadonlySet<string>): PlannedRow[] {
  return outerEntries(evaluator, inner).flatMap((entry) => {
    const request = requestFor(entry);
    return rowsOf(evaluator, entry, { ...request, source: { kind: 'plain', namespace: request.source.namespace, labels: {} } }, 'plain');
  });
}

function outerEntries(evaluator: Evaluator, inner: ReadonlySet<string>): Entry[] {
  return serviceEntries(evaluator).filter((entry) => !inner.has(entry.objects[0].key) || hasRules(evaluator, entry));
}

function hasRules(evaluator: Evaluator, entry: Entry): boolean {
  return evaluator.tableFor(requestFor(entry)).table.rules.some(({ object }) => object !== undefined);
}

/** One for each rule, as if it were the only one; what stands behind a rule for everything never comes to its turn. */
function rowsOf(evaluator: Evaluator, entry: Entry, request: Request, from: string): PlannedRow[] {
  const { table } = evaluator.tableFor(request);
  const host = entry.declaredHost === undefined ? calledHost(evaluator.cluster, request) : addressOf(entry);
  const last = table.rules.findIndex(({ conditions }) => conditions.length === 0);
  const rules = last < 0 ? table.rules : table.rules.slice(0, last + 1);
  const row = (when: string, rule?: TableRule): PlannedRow => {
    return { from, host, when, ...resultOf(decideBy(evaluator.cluster, table, rule, request)) };
  };
  const rest = last < 0 ? [row(rules.length > 0 ? 'else' : 'always')] : [];
  return [...rules.map((rule) => row(whenText(rule, rules.length), rule)), ...rest];
}

function whenText({ conditions }: TableRule, rules: number): string {
  if (conditions.length === 0) return rules > 1 ? 'else' : 'always';
  return conditions.map(conditionText).join(' and ');
}

function resultOf({ outcomes, mirrors, filters, doubts }: Verdict): Omit<PlannedRow, 'from' | 'host' | 'when'> {
  const elsewhere = outcomes.filter(({ kind }) => kind !== 'pods');
  return {
    shares: [...sharesByVersion(outcomes)].map(([version, share]) => ({ version, share: share.toNumber(), exact: share.toString() })),
    others: elsewhere.map((one) => `${percent(one.share.toNumber())} ${outcomeText(one)}`),
    notes: [...filtersInShort(filters), ...doubts.map((doubt) => `uncertain: ${doubt}`)],
    mirrors: mirrored(mirrors),
    lost: elsewhere.filter((one) => one.kind === 'answered' && one.cause === 'lost').reduce((sum, { share }) => sum.plus(share), Share.none).toNumber(),
  };
}

/** What copies reach, in percent of the requests. */
function mirrored(mirrors: readonly Outcome[]): MirroredVersion[] {
  return [...sharesByVersion(mirrors)].map(([version, share]) => ({ version, percent: Number((share.toNumber() * 100).toFixed(4)) }));
}

/** Readers differ in how they write out the name of a Service. */
function calledHost(cluster: Cluster, { source, host, port }: Request): string {
  const called = source.kind === 'gateway' ? undefined : cluster.serviceCalled(host, source.namespace);
  return `${called ? `${called.name}.${called.namespace}` : host}:${port}`;
}
