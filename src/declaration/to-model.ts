import * as kplus from 'cdk8s-plus-28';
import { checkVersions } from './check-versions';
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
import { Finding } from '../model/finding';
import { Forward, HeaderChanges as ChangesModel, Match, PathRewrite, Port, Protocol as ProtocolModel, Redirect as RedirectModel, RoutingModel, Rule, Split, Version } from '../model/routing-model';
import { Report } from '../model/validate/report';

/** Where a declaration stands. */
export interface Surroundings {
  readonly path: string;
  readonly name: string;
  readonly namespace: string;
  readonly clusterDomain: string;
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
  const rootSelector = declaration.rootSelector ?? RootSelector.allVersions();
  checkVersions(report, declaration, app, namespace);
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
    ports: declaration.ports.map((port, _, all) => portModel(port, all)),
    versions,
    rules: ruleModels(report, declaration),
    exposures,
    trafficPolicy: trafficPolicyToModel(declaration.trafficPolicy),
    clients: declaration.allowFrom?.map((client) => client._toModel(namespace)),
  };
  return { model, findings: report.findings };
}

/** The meaning of an exposure. */
export function exposureToModel(path: string, root: string, gateway: Gateway, options: ExposeViaGatewayOptions): RoutingModel['exposures'][number] {
  const model = gateway._toModel();
  return {
    path,
    name: options.name ?? `${root}-${model.name}`,
    gateway: model,
    hosts: options.hosts ?? ['*'],
    matches: (options.matches ?? []).map(matchModel),
    port: options.port,
    listener: options.listener,
  };
}

/** Name that a Service has inside the cluster. */
function hostName(service: string, namespace: string, clusterDomain: string): string {
  return `${service}.${namespace}.svc.${clusterDomain}`;
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
    serviceAccount: existing?.serviceAccount?.name ?? version.serviceAccount?.name
      ?? version.serviceAccountName ?? declaration.serviceAccountName ?? derived,
    replicas: existing ? existing.replicas ?? 1 : version.replicas ?? 1,
    selector: existing ? { ...existing.matchLabels } : identity,
    podLabels: { ...version.podLabels, ...(existing?.podMetadata.toJson() ?? {}).labels, ...identity },
    trafficPolicy: trafficPolicyToModel(version.trafficPolicy),
  };
}

function checkRoot(report: Report, declaration: ServiceDeclaration, rootSelector: RootSelector): void {
  if (declaration.serviceType === kplus.ServiceType.EXTERNAL_NAME) {
    report.add('port-invalid', 'serviceType', 'a Service of type ExternalName has no pods to share traffic between', 'use CLUSTER_IP, NODE_PORT or LOAD_BALANCER');
  }
  if (rootSelector._version !== undefined && !declaration.versions.some(({ name }) => name === rootSelector._version)) {
    report.add('version-unknown', 'rootSelector', `no version is named "${rootSelector._version}"`, 'name a declared version');
  }
  if (declaration.splitByPods && declaration.weights) {
    report.add('weight-invalid', 'weights', 'weights beside `splitByPods`', 'drop one of them');
  }
}

function ruleModels(report: Report, declaration: ServiceDeclaration): Rule[] {
  const split = serviceSplit(declaration);
  const routes = (declaration.routes ?? []).map((route, index) => routeModel(report, route, `routes[${index}]`, declaration, split));
  const last = routes[routes.length - 1];
  const complete = last !== undefined && last.matches.length === 0 && last.port === undefined;
  return complete && !declaration.weights ? routes : [...routes, ownRule(report, declaration, split)];
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
    matches: (route.matches ?? []).map(matchModel),
    action: route.redirect ? redirectModel(report, route, route.redirect, place) : forwardModel(route, declaration, split),
    fault: route.fault?._toModel(),
    requestHeaders: route.requestHeaders && changesModel(route.requestHeaders),
    responseHeaders: route.responseHeaders && changesModel(route.responseHeaders),
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

function matchModel(match: RouteMatch): Match {
  const gateway = match.gateway?._toModel();
  return {
    path: match.path?._toModel(),
    method: match.method,
    headers: [...(match.headers ?? []), ...(match.cookies ?? [])].map((condition) => condition._toModel()),
    queryParams: (match.queryParams ?? []).map((condition) => condition._toModel()),
    source: match.source?._toModel(),
    gateway: gateway && `${gateway.namespace}/${gateway.name}`,
  };
}
