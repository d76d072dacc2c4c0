import { IConstruct } from 'constructs';
import { checkRegexes } from './check';
import { NAME } from './name';
import { changed } from '../../app/app-services';
import { ExposedRules, exposedRules, gatewayKey } from '../../model/exposed-rules';
import { Finding } from '../../model/finding';
import { hostsOverlap } from '../../model/hosts';
import { bothMatches, EVERYTHING, isEverything } from '../../model/match';
import { carriesHttp } from '../../model/protocols';
import { Report } from '../../model/report';
import { Exposure, Gateway, Listener, Match, RoutingModel } from '../../model/routing-model';

/** An exposure on a gateway, and the service behind it. */
export interface BoundExposure {
  readonly model: RoutingModel;
  readonly exposure: Exposure;
}

/** A gateway of an app, by the pods that carry it out. */
export interface GatewayOfApp {
  readonly path: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly model: Gateway;
}

const gateways = new WeakMap<IConstruct, GatewayOfApp[]>();

const exposures = new WeakMap<IConstruct, Map<string, BoundExposure[]>>();

/** The list of everything that an app exposes on a gateway, by whichever construct it is declared. */
export function exposuresOn(construct: IConstruct, gateway: Gateway): BoundExposure[] {
  const app = construct.node.root;
  const ofApp = exposures.get(app) ?? new Map<string, BoundExposure[]>();
  exposures.set(app, ofApp);
  const list = ofApp.get(gatewayKey(gateway)) ?? [];
  ofApp.set(gatewayKey(gateway), list);
  return list;
}

/** Makes a gateway known to the others of its app, and returns the list that they all share. */
export function joinGateways(construct: IConstruct, gateway: GatewayOfApp): readonly GatewayOfApp[] {
  const app = construct.node.root;
  const ofApp = gateways.get(app) ?? [];
  gateways.set(app, ofApp);
  ofApp.push(gateway);
  changed(app);
  return ofApp;
}

/** The pods that a gateway is said to consist of. */
export function checkPods(path: string, selector: Readonly<Record<string, string>>, { client, listeners }: Gateway): Finding[] {
  const report = new Report(path);
  if (Object.keys(selector).length === 0) report.add('label-invalid', 'selector', 'the selector is empty', 'name the labels of the gateway\'s pods');
  for (const [key, value] of Object.entries(selector)) {
    report.name('selector', key, 'label-key', 'give a valid label key');
    report.name('selector', value, 'label-value', 'give a valid label value');
  }
  if (client.kind === 'service-account') report.name('serviceAccountName', client.name, 'dns-1123-subdomain', 'give the name of a service account');
  report.name('podNamespace', client.namespace, 'dns-1123-label', 'give the name of a namespace');
  listeners.forEach(({ tls }, index) => {
    if (tls?.secretName) report.name(`listeners[${index}].tls.secretName`, tls.secretName, 'dns-1123-subdomain', 'give the name of a Secret');
  });
  return report.findings;
}

/** Two gateways that want the same hosts on the same port of the same pods. @see https://istio.io/latest/docs/reference/config/analysis/ist0145/ */
export function checkNeighbours(path: string, ofApp: readonly GatewayOfApp[]): Finding[] {
  const report = new Report(path);
  const own = ofApp.find((gateway) => gateway.path === path);
  const earlier = own ? ofApp.slice(0, ofApp.indexOf(own)).filter(({ selector }) => sameLabels(selector, own.selector)) : [];
  own?.model.listeners.forEach((listener, index) => {
    const takes = ({ port, protocol, hosts }: Listener) => port === listener.port
      && (protocol !== listener.protocol || protocol === 'TCP' || hosts.some((host) => listener.hosts.includes(host)));
    const other = earlier.find(({ model }) => model.listeners.some(takes));
    if (other) {
      report.add('listener-duplicate', `listeners[${index}]`, `the gateway "${other.path}" takes the same hosts, or another protocol, on port ${listener.port} of the same pods`,
        'share one gateway, or give each its own hosts');
    }
  });
  return report.findings;
}

/** The gateway sends to subsets, which only services in Istio have. */
export function checkMesh(exposure: Exposure, mesh: string): Finding[] {
  const report = new Report(exposure.path);
  if (mesh !== NAME) {
    report.add('exposure-invalid', 'gateway', `a gateway of Istio sends to subsets of Istio, and the mesh of the service is "${mesh}"`,
      'use a gateway that goes with the mesh, or `Mesh.istio()`');
  }
  return report.findings;
}

/**
 * Exposures that take each other's requests. Istio puts the routes of one host together, oldest object first: nobody could say which decides.
 * Only a route that takes everything is always put last.
 * @see https://github.com/istio/istio/blob/master/pilot/pkg/networking/core/route/route.go (SortVHostRoutes)
 */
export function checkExposure(model: RoutingModel, exposure: Exposure, onGateway: readonly BoundExposure[]): Finding[] {
  const report = new Report(exposure.path);
  exposure.matches.forEach((match, index) => checkRegexes(report, match, `matches[${index}]`));
  const at = onGateway.findIndex((bound) => bound.exposure === exposure);
  for (const other of onGateway.slice(0, Math.max(at, 0))) {
    if (!meet({ model, exposure }, other)) continue;
    report.add('exposure-invalid', 'matches', `"${other.exposure.path}" exposes some of the same requests on the gateway "${exposure.gateway.name}", and the older object would decide`,
      'expose other hosts, paths or listeners');
  }
  return report.findings;
}

function meet(one: BoundExposure, other: BoundExposure): boolean {
  const [a, b] = [one, other].map(({ model, exposure }) => exposedRules(model, exposure));
  if (!a || !b || !a.listeners.some(({ port }) => b.listeners.some((listener) => listener.port === port))) return false;
  const [hosts, otherHosts] = [hostsOf(one.exposure, a), hostsOf(other.exposure, b)];
  // Routes of connections without server names hang on the port alone.
  if (!carriesHttp(a.port.protocol)) return hosts.some((host) => otherHosts.some((another) => hostsOverlap(host, another)));
  if (!hosts.some((host) => otherHosts.includes(host))) return false;
  return alternatives(a).some((match) => alternatives(b).some((another) => undecided(match, another)));
}

/** The hosts that really come in: "*" is what the listeners take. */
function hostsOf({ hosts }: Exposure, { listeners }: ExposedRules): string[] {
  return hosts.flatMap((host) => (host === '*' ? listeners.flatMap((listener) => [...listener.hosts]) : [host]));
}

function undecided(a: Match, b: Match): boolean {
  return isEverything(a) === isEverything(b) && bothMatches(a, b).kind !== 'never';
}

function alternatives({ rules }: ExposedRules): Match[] {
  return rules.flatMap(({ matches }) => (matches.length === 0 ? [EVERYTHING] : matches));
}

function sameLabels(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([key, value]) => b[key] === value);
}
