import { fullName } from './hosts';
import { HttpMatch, httpMatch } from './http-match';
import { Visibility, visibilityOf } from './visibility';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';

/** Stands in `gateways` for the sidecars of the mesh. */
export const MESH = 'mesh';

export interface VirtualService {
  readonly object: KubeObject;
  /** Full names, as they are written; none: its rules are for others to delegate to. */
  readonly hosts: readonly string[];
  /** `mesh`, and `namespace/name` of gateways. */
  readonly gateways: readonly string[];
  readonly visibility: Visibility;
  readonly http: readonly HttpRule[];
  readonly tcp: readonly StreamRule[];
  readonly tls: readonly StreamRule[];
  /** Delegates that are not there, or not shown. */
  readonly doubts: readonly string[];
}

export interface HttpRule {
  /** Where the rule stands: with delegates, theirs. */
  readonly object: KubeObject;
  readonly place: string;
  readonly name: string;
  /** One of them has to hold; none: every request. */
  readonly matches: readonly HttpMatch[];
  /** What the rule says about `route`, `fault` and so on. */
  readonly field: (key: string) => Field;
}

/** Of `tcp` and `tls`. */
export interface StreamRule {
  readonly place: string;
  readonly matches: readonly StreamMatch[];
  readonly routes: readonly Field[];
}

export interface StreamMatch {
  readonly place: string;
  readonly sniHosts: readonly string[];
  readonly destinationSubnets: readonly string[];
  readonly port: number;
  readonly sourceLabels: Readonly<Record<string, string>>;
  readonly sourceNamespace: string;
  readonly gateways: readonly string[];
}

export function virtualService(object: KubeObject, clusterDomain: string): VirtualService {
  const { spec, namespace } = object;
  const gatewayName = (name: string) => fullGatewayName(name, namespace);
  const gateways = spec.at('gateways').texts().map(gatewayName);
  return {
    object,
    hosts: spec.at('hosts').texts().map((host) => fullName(host, namespace, clusterDomain)),
    gateways: gateways.length === 0 ? [MESH] : gateways,
    visibility: visibilityOf(spec.at('exportTo').texts(), namespace),
    http: spec.at('http').items().map((rule) => httpRule(object, rule, gatewayName)),
    tcp: spec.at('tcp').items().map((rule) => streamRule(rule, gatewayName)),
    tls: spec.at('tls').items().map((rule) => streamRule(rule, gatewayName)),
    doubts: [],
  };
}

/**
 * `namespace/name` of a gateway; names with dots are the host names of an older format.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/model/config.go resolveGatewayName
 */
function fullGatewayName(name: string, namespace: string): string {
  if (name === MESH) return name;
  if (name.startsWith('./')) return `${namespace}/${name.slice(2)}`;
  if (name.includes('/')) return name;
  const [first, second] = name.split('.');
  return `${second ?? namespace}/${first}`;
}

function httpRule(object: KubeObject, rule: Field, gatewayName: (name: string) => string): HttpRule {
  return {
    object,
    place: rule.place,
    name: rule.at('name').text() ?? '',
    matches: rule.at('match').items().map((match) => httpMatch(match, gatewayName)),
    field: (key) => rule.at(key),
  };
}

function streamRule(rule: Field, gatewayName: (name: string) => string): StreamRule {
  return {
    place: rule.place,
    matches: rule.at('match').items().map((match) => streamMatch(match, gatewayName)),
    routes: rule.at('route').items(),
  };
}

function streamMatch(match: Field, gatewayName: (name: string) => string): StreamMatch {
  return {
    place: match.place,
    sniHosts: match.at('sniHosts').texts(),
    destinationSubnets: match.at('destinationSubnets').texts(),
    port: match.at('port').integer() ?? 0,
    sourceLabels: match.at('sourceLabels').textMap(),
    sourceNamespace: match.at('sourceNamespace').text() ?? '',
    gateways: match.at('gateways').texts().map(gatewayName),
  };
}
