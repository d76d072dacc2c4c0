import { meshObject, meshOf } from './kuma';
import { Call, Item, itemsFor } from './policies';
import { Filters } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Defaults of Kuma's own policies, which a new Mesh gets. @see https://github.com/kumahq/kuma/tree/v2.14.3/pkg/defaults/mesh */
const DEFAULTS = { timeoutMilliseconds: 15_000, attempts: 5, perTryMilliseconds: 16_000 };

/** @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/meshretry/plugin/xds/configurer.go */
const RETRY_ON = {
  http: 'gateway-error,connect-failure,refused-stream',
  grpc: 'cancelled,connect-failure,gateway-error,refused-stream,reset,resource-exhausted,unavailable',
};

/** How long requests may take and how often they are tried, by the last policy that says so. */
export function timing(call: Call, route?: KubeObject): Pick<Filters, 'timeoutMilliseconds' | 'retries'> {
  const { cluster, source } = call;
  const own = (kind: string) => !leavesOut(cluster, meshOf(cluster, source.namespace), kind);
  const time = last(itemsFor('MeshTimeout', call), route, (conf) => milliseconds(conf.at('http').at('requestTimeout').text()));
  return {
    timeoutMilliseconds: (time ?? (own('MeshTimeout') ? DEFAULTS.timeoutMilliseconds : undefined)) || undefined,
    retries: retries(itemsFor('MeshRetry', call), call, own('MeshRetry'), route),
  };
}

function retries(items: readonly Item[], { port }: Call, own: boolean, route?: KubeObject): Filters['retries'] {
  const protocol = port.appProtocol === 'grpc' ? 'grpc' : 'http';
  const said = <T>(read: (conf: Field) => T | undefined) => last(items, route, (conf) => read(conf.at(protocol)));
  const attempts = said((conf) => conf.at('numRetries').integer()) ?? (own ? DEFAULTS.attempts : undefined);
  if (!attempts || attempts < 0) return undefined;
  const on = said((conf) => (conf.at('retryOn').exists ? conf.at('retryOn').texts().join(',') : undefined));
  const perTry = said((conf) => milliseconds(conf.at('perTryTimeout').text())) ?? (own ? DEFAULTS.perTryMilliseconds : undefined);
  return { attempts, on: on || RETRY_ON[protocol], perTryMilliseconds: perTry || undefined };
}

/** What is about the route prevails over what is about its Service. */
function last<T>(items: readonly Item[], route: KubeObject | undefined, read: (conf: Field) => T | undefined): T | undefined {
  const values = items.filter((item) => isAbout(item, route)).map(({ to }) => read(to.at('default')));
  return values.reverse().find((value) => value !== undefined);
}

function isAbout({ kind, to, policy }: Item, route: KubeObject | undefined): boolean {
  if (kind !== 'MeshHTTPRoute') return kind === 'Mesh' || kind === 'MeshService';
  const ref = to.at('targetRef');
  return route !== undefined && ref.at('name').text() === route.name && (ref.at('namespace').text() || policy.namespace) === route.namespace;
}

function leavesOut(cluster: Cluster, mesh: string, kind: string): boolean {
  const left = meshObject(cluster, mesh)?.spec.at('skipCreatingInitialPolicies').texts() ?? [];
  return left.includes('*') || left.includes(kind);
}

/** `1m30s`, `0s`. */
function milliseconds(text: string | undefined): number | undefined {
  if (text === undefined || !/^([0-9]{1,9}(\.[0-9]{1,9})?(ms|h|m|s))+$/.test(text)) return undefined;
  return [...text.matchAll(/([0-9.]+)(ms|h|m|s)/g)].reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit], 0);
}
