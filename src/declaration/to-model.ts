import * as kplus from 'cdk8s-plus-28';
import { checkVersions } from './check-versions';
import { podLabelsOf, selectorOf } from './existing-deployment';
import { ExposeViaGatewayOptions } from './exposure';
import { Fault } from './fault';
import { Gateway } from './gateway';
import { HeaderChanges } from './header-changes';
import { Redirect } from './redirect';
import { Rewrite } from './rewrite';
import { RootSelector } from './root-selector';
import { RouteMatch, RouteProps } from './route';
import { ServiceDeclaration } from './service-declaration';
import { ServicePort } from './service-port';
import { trafficPolicyToModel } from './traffic-policy-to-model';
import { VersionProps } from './version';
import { gatewayKey, passesThrough } from '../model/exposed-rules';
import { Finding } from '../model/finding';
import { carriesHttp, rulesForPort, takesEverything } from '../model/protocols';
import { Report } from '../model/report';
import { Exposure, Forward, HeaderChanges as ChangesModel, Listener, Match, Metadata, PathRewrite, Port, Protocol as ProtocolModel, Redirect as RedirectModel, RoutingModel, Rule, Split, Version } from '../model/routing-model';

/** Where a declaration stands. */
export interface Surroundings {
  readonly path: string;
  readonly name: string;
  readonly namespace: string;
  readonly clusterDomain: string;
  /** What the mesh wants on each pod. */
  readonly meshPods: Metadata;
  /** Which pods the mesh wants behind the root where nothing is declared. */
  readonly rootSelector?: RootSelector;
  /** Numbers of pods by version, where they make the shares. */
  readonly replicas?: (model: RoutingModel) => ReadonlyMap<string, number>;
  readonly exposures: RoutingModel['exposures'];
}

export interface Declared {
  readonly model: RoutingModel;
  /** What the declaration says twice or against itself, so that the model has no room for it. */
  readonly findings: readonly Finding[];
}

/** The meaning of a declaration. The only place where defaults are filled in. */
export function toModel(declaration: ServiceDeclaration, surroundings: Surroundings): Declared {
  const report = new Report(surroundings.path);
  const { path, name, namespace, clusterDomain, exposures } = surroundings;
  const app = { key: declaration.appLabelKey ?? 'app', value: declaration.app ?? name };
  const versionKey = declaration.versionLabelKey ?? 'version';
  const versions = declaration.versions.map((version) =>
    versionModel(version, declaration, { root: name, app, versionKey, hostOf: (leaf) => hostName(leaf, namespace, clusterDomain) }));
  const ports = declaration.ports.map((port, _, all) => portModel(port, all));
  const rootSelector = declaration.rootSelector ?? defaultRootSelector(versions, surroundings);
  checkVersions(report, declaration, { app, versionKey, namespace, meshLabels: surroundings.meshPods.labels ?? {} });
  checkRoot(report, declaration, rootSelector);
  const model: RoutingModel = {
    path,
    namespace,
    root: {
      name,
      host: hostName(name, namespace, clusterDomain),
      type: declaration.serviceType ?? kplus.ServiceType.CLUSTER_IP,
      selector: rootSelector._toModel({
        appKey: app.key, app: app.value, versionKey, versionLabel: (wanted) => versions.find((version) => version.name === wanted)?.label,
      }),
    },
    app,
    versionKey,
    labels: { ...declaration.labels, [app.key]: app.value },
    ports,
    versions,
    rules: ruleModels(report, declaration, ports),
    exposures,
    trafficPolicy: trafficPolicyToModel(declaration.trafficPolicy),
    clients: declaration.allowFrom?.map((client) => client._toModel(namespace)),
  };
  return { model: withReplicas(model, surroundings.replicas?.(model)), findings: report.findings };
}

/** A root that is the leaf of a version has to select that version. */
function defaultRootSelector(versions: readonly Version[], { name, rootSelector }: Surroundings): RootSelector {
  const own = versions.find(({ leaf }) => leaf === name);
  return own ? RootSelector.version(own.name) : rootSelector ?? RootSelector.allVersions();
}

function withReplicas(model: RoutingModel, replicas: ReadonlyMap<string, number> | undefined): RoutingModel {
  if (!replicas) return model;
  return { ...model, versions: model.versions.map((version) => ({ ...version, replicas: replicas.get(version.name) ?? version.replicas })) };
}

export interface DeclaredExposure {
  readonly exposure: Exposure;
  readonly findings: readonly Finding[];
}

/** The meaning of an exposure. */
export function exposureToModel(path: string, root: string, gateway: Gateway, options: ExposeViaGatewayOptions): DeclaredExposure {
  const report = new Report(path);
  const model = gateway._toModel();
  const exposure = {
    path,
    name: options.name ?? `${root}-${model.name}`,
    gateway: model,
    hosts: options.hosts ?? hostsOf(model.listeners.find(({ name }) => name === options.listener)),
    matches: (options.matches ?? []).map((match, index) => matchModel(report, match, `matches[${index}]`)),
    port: options.port,
    listener: options.listener,
  };
  return { exposure, findings: report.findings };
}

/** Name that a Service has inside the cluster. */
function hostName(service: string, namespace: string, clusterDomain: string): string {
  return `${service}.${namespace}.svc.${clusterDomain}`;
}

/** Hosts of the listener that an exposure is limited to, where its traffic names hosts at all. */
function hostsOf(listener: Listener | undefined): readonly string[] {
  return listener && (carriesHttp(listener.protocol) || passesThrough(listener)) ? listener.hosts : ['*'];
}

function portModel(port: ServicePort, all: readonly ServicePort[]): Port {
  const protocol: ProtocolModel = port.protocol ?? 'HTTP';
  const shared = all.filter((other) => (other.protocol ?? 'HTTP') === protocol).length > 1;
  return {
    number: port.port,
    targetPort: port.targetPort ?? port.port,
    nodePort: port.nodePort,
    name: port.name ?? `${protocol.toLowerCase()}${shared ? `-${port.port}` : ''}`,
    protocol,
    sniHosts: port.sniHosts ?? [],
  };
}

/** What cdk8s-plus writes for a Deployment that does not say. */
const CDK8S_PLUS_REPLICAS = 2;

interface ServiceIdentity {
  readonly root: string;
  readonly app: RoutingModel['app'];
  readonly versionKey: string;
  readonly hostOf: (leaf: string) => string;
}

function versionModel(version: VersionProps, declaration: ServiceDeclaration, { root, app, versionKey, hostOf }: ServiceIdentity): Version {
  const label = version.versionLabel ?? version.name;
  const derived = `${root}-${version.name}`;
  const identity = { [app.key]: app.value, [versionKey]: label };
  const existing = version.deployment;
  return {
    name: version.name,
    label,
    leaf: version.leafName ?? derived,
    host: hostOf(version.leafName ?? derived),
    deployment: existing?.name ?? version.deploymentName ?? derived,
    serviceAccount: existing ? existing.serviceAccount?.name ?? 'default'
      : version.serviceAccount?.name ?? version.serviceAccountName ?? declaration.serviceAccountName ?? derived,
    replicas: existing ? existing.replicas ?? CDK8S_PLUS_REPLICAS : version.replicas ?? 1,
    declaredReplicas: existing ? existing.replicas ?? CDK8S_PLUS_REPLICAS : version.replicas,
    selector: existing ? selectorOf(existing) : { labels: identity, expressions: [] },
    podLabels: existing ? { ...identity, ...podLabelsOf(existing) } : { ...version.podLabels, ...identity },
    trafficPolicy: trafficPolicyToModel(version.trafficPolicy),
  };
}

function checkRoot(report: Report, declaration: ServiceDeclaration, rootSelector: RootSelector): void {
  if (declaration.serviceType === kplus.ServiceType.EXTERNAL_NAME) {
    report.add('service-type-invalid', 'serviceType', 'a Service of type ExternalName has no pods to share traffic between', 'use CLUSTER_IP, NODE_PORT or LOAD_BALANCER');
  }
  if (rootSelector._version !== undefined && !declaration.versions.some(({ name }) => name === rootSelector._version)) {
    report.add('version-unknown', 'rootSelector', `no version is named "${rootSelector._version}"`, 'name a declared version');
  }
  if (declaration.splitByPods && declaration.weights) {
    report.add('split-mixed', 'weights', 'weights beside `splitByPods`', 'drop one of them');
  }
}

function ruleModels(report: Report, declaration: ServiceDeclaration, ports: readonly Port[]): Rule[] {
  const split = serviceSplit(declaration);
  const routes = (declaration.routes ?? []).map((route, index) => routeModel(report, route, `routes[${index}]`, declaration, split));
  const open = ports.filter((port) => !rulesForPort(routes, port).some(takesEverything));
  checkLost(report, declaration, ports, open);
  return ports.length > 0 && open.length === 0 ? routes : [...routes, ownRule(report, declaration, split)];
}

/** Settings of the service itself for which the routes leave no request, on any port that they are for. */
function checkLost(report: Report, declaration: ServiceDeclaration, ports: readonly Port[], open: readonly Port[]): void {
  const settings = ['weights', 'splitByPods', 'fault', 'mirrors', 'requestHeaders', 'responseHeaders', 'rewrite'] as const;
  const inherited = (declaration.routes ?? []).some(({ weights, redirect }) => !weights && !redirect);
  for (const setting of settings.filter((candidate) => declaration[candidate] !== undefined && declaration[candidate] !== false)) {
    const ofHttp = setting !== 'weights' && setting !== 'splitByPods';
    if (!ofHttp && inherited) continue;
    const concerned = ports.filter(({ protocol }) => !ofHttp || carriesHttp(protocol));
    if (concerned.length > 0 && !concerned.some((port) => open.includes(port))) {
      report.add('rule-unreachable', setting, 'the routes take every request, and leave none for what stands on the service itself', 'set it on the routes, or drop it');
    }
  }
}

/** What stands on the service itself is its last rule. */
function ownRule(report: Report, declaration: ServiceDeclaration, split: Split): Rule {
  const own: RouteProps = {
    fault: declaration.fault,
    mirrors: declaration.mirrors,
    requestHeaders: declaration.requestHeaders,
    responseHeaders: declaration.responseHeaders,
    rewrite: declaration.rewrite,
  };
  return routeModel(report, own, 'weights', declaration, split);
}

function serviceSplit(declaration: ServiceDeclaration): Split {
  if (declaration.splitByPods) return { kind: 'endpoints' };
  if (declaration.weights) return weightsSplit(declaration.weights);
  return declaration.versions.length === 1 ? weightsSplit({ [declaration.versions[0].name]: 1 }) : weightsSplit({});
}

function weightsSplit(weights: { [version: string]: number }): Split {
  return { kind: 'weights', weights: new Map(Object.entries(weights)) };
}

function routeModel(report: Report, route: RouteProps, place: string, declaration: ServiceDeclaration, split: Split): Rule {
  checkOnce(report, place, 'fault', 'fault-invalid', route.fault);
  checkOnce(report, place, 'rewrite', 'rewrite-invalid', route.rewrite);
  return {
    place,
    name: route.name,
    port: route.port,
    matches: (route.matches ?? []).map((match, index) => matchModel(report, match, `${place}.matches[${index}]`)),
    action: route.redirect ? redirectModel(report, route, route.redirect, place) : forwardModel(route, declaration, split),
    fault: route.fault?._toModel(),
    requestHeaders: route.requestHeaders && changesModel(route.requestHeaders),
    responseHeaders: route.responseHeaders && changesModel(route.responseHeaders),
    inherited: (['weights', 'timeout', 'retries'] as const).filter((part) => route[part] === undefined),
  };
}

function checkOnce(report: Report, place: string, part: string, code: 'fault-invalid' | 'rewrite-invalid', combined: Fault | Rewrite | undefined): void {
  const problem = combined?._problem();
  if (problem) report.add(code, place === 'weights' ? part : `${place}.${part}`, problem, 'drop one of the two');
}

function forwardModel(route: RouteProps, declaration: ServiceDeclaration, split: Split): Forward {
  const timeout = route.timeout ?? declaration.timeout;
  return {
    kind: 'forward',
    split: route.weights ? weightsSplit(route.weights) : split,
    rewrite: route.rewrite?._toModel(),
    mirrors: (route.mirrors ?? []).map((mirror) => mirror._toModel()),
    timeout: timeout?.toMilliseconds({ integral: false }),
    retries: (route.retries ?? declaration.retries)?._toModel(),
  };
}

function redirectModel(report: Report, route: RouteProps, redirect: Redirect, place: string): RedirectModel {
  for (const part of ['weights', 'mirrors', 'rewrite', 'requestHeaders', 'timeout', 'retries'] as const) {
    if (route[part] !== undefined) {
      report.add('redirect-mixed', `${place}.${part}`, 'a redirect forwards nothing, so that this would be lost', 'use two routes, or drop one of them');
    }
  }
  if (redirect.path !== undefined && redirect.prefix !== undefined) {
    report.add('redirect-invalid', `${place}.redirect`, 'both the full path and the prefix are to be replaced', 'give `path` or `prefix`');
  }
  return { kind: 'redirect', scheme: redirect.scheme, hostname: redirect.hostname, port: redirect.port, path: redirectPath(redirect), statusCode: redirect.statusCode ?? 302 };
}

function redirectPath({ path, prefix }: Redirect): PathRewrite | undefined {
  if (path !== undefined) return { kind: 'full', value: path };
  return prefix === undefined ? undefined : { kind: 'prefix', value: prefix };
}

function changesModel(changes: HeaderChanges): ChangesModel {
  return { set: changes.set ?? {}, add: changes.add ?? {}, remove: changes.remove ?? [] };
}

function matchModel(report: Report, match: RouteMatch, place: string): Match {
  const gateway = match.gateway?._toModel();
  (match.cookies ?? []).forEach((cookie, index) => {
    const problem = cookie._problem();
    if (problem) report.add(problem.code, `${place}.cookies[${index}]`, problem.message, problem.remedy);
  });
  return {
    path: match.path?._toModel(),
    method: match.method,
    headers: [...(match.headers ?? []), ...(match.cookies ?? [])].map((condition) => condition._toModel()),
    queryParams: (match.queryParams ?? []).map((condition) => condition._toModel()),
    source: match.source?._toModel(),
    gateway: gateway && gatewayKey(gateway),
  };
}
