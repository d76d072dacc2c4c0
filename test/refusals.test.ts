import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CanaryService, CanaryServiceProps, Client, CookieMatch, ExposeViaGatewayOptions, Fault, GatewayListener, GrpcStatus, HeaderMatch, HttpMethod,
  InjectionMode, IstioGateway, LoadBalancing, Mesh, MeshNamespace, Mirror, PathMatch, Protocol, QueryMatch, Retries, Rewrite, RootSelector,
  RouteMatch, RouteProps, SourceMatch, TlsMode, VersionProps, Warnings,
} from '../src';
import { findingsOf, reported } from './findings';
import { ERROR_CODES } from '../src/model/finding-codes';

const V1: VersionProps = { name: 'v1', image: 'example/web:1' };
const V2: VersionProps = { name: 'v2', image: 'example/web:2' };
const CANARY = { weights: { v2: 1 } };
const UNDER_A: RouteMatch = { path: PathMatch.prefix('/a') };
const AT_A: RouteMatch = { path: PathMatch.exact('/a') };
const HTTP: GatewayListener = { port: 80, protocol: Protocol.HTTP };
const TCP: GatewayListener = { port: 9000, protocol: Protocol.TCP };
const TWO = [{ port: 80 }, { port: 8080 }];
const BOTH = [{ port: 80 }, { port: 9000, protocol: Protocol.TCP }];
const SHOP = SourceMatch.namespace('shop');
const INJECT = 'sidecar.istio.io/inject';
const BY_POD = Mesh.istio({ injection: InjectionMode.pod() });

/** A service named "web" of which all is right but for what `props` say. */
function web(chart: Chart, props: Partial<CanaryServiceProps> = {}, id = 'web'): CanaryService {
  return new CanaryService(chart, id, { ports: [{ port: 80 }], versions: [V1, V2], weights: { v1: 90, v2: 10 }, ...props });
}

/** The same with one version and no weights. */
function single(chart: Chart, version: Partial<VersionProps>, props: Partial<CanaryServiceProps> = {}): CanaryService {
  return web(chart, { versions: [{ ...V1, ...version }], weights: undefined, ...props });
}

function routes(chart: Chart, ...declared: RouteProps[]): CanaryService {
  return web(chart, { routes: declared });
}

function gateway(chart: Chart, listeners: GatewayListener[] = [HTTP], id = 'gw'): IstioGateway {
  return new IstioGateway(chart, id, { listeners });
}

function exposed(chart: Chart, options: ExposeViaGatewayOptions = {}, props: Partial<CanaryServiceProps> = {}, listeners?: GatewayListener[]): void {
  web(chart, props).exposeViaGateway(gateway(chart, listeners), options);
}

function deployment(chart: Chart, id: string, podLabels: Record<string, string> = {}, props: kplus.DeploymentProps = {}): kplus.Deployment {
  return new kplus.Deployment(chart, id, {
    metadata: { name: id }, podMetadata: { labels: podLabels }, containers: [{ image: 'example/old:1', portNumber: 80 }], ...props,
  });
}

function selecting(chart: Chart, id: string, labels: Record<string, string>, ...expressions: kplus.LabelExpression[]): kplus.Deployment {
  const made = deployment(chart, id, {}, { select: false });
  made.select(kplus.LabelSelector.of({ labels, expressions }));
  return made;
}

/** A Deployment that takes every pod of the app for its own. */
function greedy(chart: Chart, id: string): kplus.Deployment {
  return selecting(chart, id, { app: 'web' });
}

function account(chart: Chart, namespace?: string): kplus.ServiceAccount {
  return new kplus.ServiceAccount(chart, 'account', { metadata: { name: 'account', namespace } });
}

/** What JavaScript lets pass where TypeScript would not. */
function fromJs<T>(value: string): T {
  return value as T;
}

/** A map with one key of its own, whatever its name. */
function map(key: string, value: string): Record<string, string> {
  return Object.fromEntries([[key, value]]);
}

/** A mesh that can split HTTP by weight and nothing else. */
function poorMesh(): Mesh {
  const mesh = Mesh.istio();
  return Object.assign(mesh, { _driver: { ...mesh._driver, name: 'poor', capabilities: new Set(['HTTPRoute', 'WeightedSplit']) } });
}

type Refusal = readonly [sentence: string, build: (chart: Chart) => unknown, findings: readonly string[]];

const WEIGHTS: Refusal[] = [
  ['fails if a weight is negative', (chart) => web(chart, { weights: { v1: -1, v2: 10 } }), [
    '[test/web] weight-invalid at weights.v1: the weight is -1; give a whole number from 0 to 1000000',
  ]],
  ['fails if a weight is fractional', (chart) => web(chart, { weights: { v1: 0.5, v2: 10 } }), [
    '[test/web] weight-invalid at weights.v1: the weight is 0.5; give a whole number from 0 to 1000000',
  ]],
  ['fails if a weight is NaN', (chart) => web(chart, { weights: { v1: NaN, v2: 10 } }), [
    '[test/web] weight-invalid at weights.v1: the weight is NaN; give a whole number from 0 to 1000000',
  ]],
  ['fails if a weight is infinite', (chart) => web(chart, { weights: { v1: Infinity, v2: 10 } }), [
    '[test/web] weight-invalid at weights.v1: the weight is Infinity; give a whole number from 0 to 1000000',
  ]],
  ['fails if a weight is above the limit', (chart) => web(chart, { weights: { v1: 1_000_001, v2: 10 } }), [
    '[test/web] weight-invalid at weights.v1: the weight is 1000001; give a whole number from 0 to 1000000',
  ]],
  ['fails if all weights are 0', (chart) => web(chart, { weights: { v1: 0, v2: 0 } }), [
    '[test/web] weights-zero at weights: all weights are 0; give at least one version a weight above 0',
  ]],
  ['fails if all weights of a route are 0', (chart) => routes(chart, { matches: [UNDER_A], weights: { v1: 0 } }), [
    '[test/web] weights-zero at routes[0].weights: all weights are 0; give at least one version a weight above 0',
  ]],
  ['fails if a weight names an unknown version, and offers the nearest', (chart) => web(chart, { weights: { v1: 90, V2: 10 } }), [
    '[test/web] version-unknown at weights.V2: no version is named "V2", declared are "v1", "v2"; did you mean "v2"?',
  ]],
  ['fails if a weight names an unknown version, and offers none that is far', (chart) => web(chart, { weights: { v1: 90, production: 10 } }), [
    '[test/web] version-unknown at weights.production: no version is named "production", declared are "v1", "v2"; name a declared version',
  ]],
  ['fails if a weight is named like a property of every object', (chart) =>
    web(chart, { weights: { v1: 90, constructor: 10 } as Record<string, number> }), [
    '[test/web] version-unknown at weights.constructor: no version is named "constructor", declared are "v1", "v2"; name a declared version',
  ]],
  ['fails if a weight is named __proto__', (chart) =>
    web(chart, { weights: JSON.parse('{ "v1": 90, "__proto__": 10 }') as Record<string, number> }), [
    '[test/web] version-unknown at weights.__proto__: no version is named "__proto__", declared are "v1", "v2"; name a declared version',
  ]],
  ['fails if a route names an unknown version', (chart) => routes(chart, { matches: [UNDER_A], weights: { v22: 1 } }), [
    '[test/web] version-unknown at routes[0].weights.v22: no version is named "v22", declared are "v1", "v2"; did you mean "v2"?',
  ]],
  ['fails if several things are wrong with the weights of one route', (chart) =>
    routes(chart, { matches: [UNDER_A], weights: { v1: -1, v3: 0, v2: NaN } }), [
    '[test/web] weight-invalid at routes[0].weights.v1: the weight is -1; give a whole number from 0 to 1000000',
    '[test/web] weight-invalid at routes[0].weights.v2: the weight is NaN; give a whole number from 0 to 1000000',
    '[test/web] version-unknown at routes[0].weights.v3: no version is named "v3", declared are "v1", "v2"; did you mean "v1"?',
  ]],
  ['fails if several versions come without weights', (chart) => web(chart, { weights: undefined }), [
    '[test/web] weights-missing at weights: nothing says how the versions ("v1", "v2") share the traffic; '
      + 'give `weights`, or `splitByPods: true` to leave the shares to the number of pods',
  ]],
  ['fails if the weights are empty', (chart) => web(chart, { weights: {} }), [
    '[test/web] weights-missing at weights: nothing says how the versions ("v1", "v2") share the traffic; '
      + 'give `weights`, or `splitByPods: true` to leave the shares to the number of pods',
  ]],
  ['fails if the weights are inherited', (chart) => web(chart, { weights: Object.create({ v1: 90, v2: 10 }) as Record<string, number> }), [
    '[test/web] weights-missing at weights: nothing says how the versions ("v1", "v2") share the traffic; '
      + 'give `weights`, or `splitByPods: true` to leave the shares to the number of pods',
  ]],
  ['fails if the weights of a route are empty', (chart) => routes(chart, { matches: [UNDER_A], weights: {} }), [
    '[test/web] weights-missing at routes[0].weights: nothing says how the versions ("v1", "v2") share the traffic; '
      + 'give `weights`, or `splitByPods: true` to leave the shares to the number of pods',
  ]],
  ['fails if weights stand beside splitByPods', (chart) => web(chart, { splitByPods: true }), [
    '[test/web] split-mixed at weights: weights beside `splitByPods`; drop one of them',
  ]],
  ['fails if a version with a weight has 0 replicas', (chart) => web(chart, { versions: [V1, { ...V2, replicas: 0 }] }), [
    '[test/web] version-without-replicas at weights.v2: the version "v2" gets traffic and has 0 replicas; give it replicas, or the weight 0',
  ]],
  ['fails if the only version has 0 replicas', (chart) => single(chart, { replicas: 0 }), [
    '[test/web] version-without-replicas at weights.v1: the version "v1" gets traffic and has 0 replicas; give it replicas, or the weight 0',
  ]],
  ['fails if a version with a weight in a route has 0 replicas', (chart) =>
    web(chart, { versions: [V1, { ...V2, replicas: 0 }], weights: { v1: 1 }, routes: [{ matches: [UNDER_A], weights: { v2: 1 } }] }), [
    '[test/web] version-without-replicas at routes[0].weights.v2: the version "v2" gets traffic and has 0 replicas; '
      + 'give it replicas, or the weight 0',
  ]],
  ['fails if a redirect takes all of HTTP and nothing says how versions share TCP', (chart) =>
    web(chart, { ports: BOTH, weights: undefined, routes: [{ redirect: { scheme: 'https' } }] }), [
    '[test/web] weights-missing at weights: nothing says how the versions ("v1", "v2") share the traffic; '
      + 'give `weights`, or `splitByPods: true` to leave the shares to the number of pods',
  ]],
  ['fails if a catch-all is limited to one of two ports and nothing says how versions share the other', (chart) =>
    web(chart, { ports: TWO, weights: undefined, routes: [{ port: 80, ...CANARY }] }), [
    '[test/web] weights-missing at weights: nothing says how the versions ("v1", "v2") share the traffic; '
      + 'give `weights`, or `splitByPods: true` to leave the shares to the number of pods',
  ]],
];

const VERSIONS: Refusal[] = [
  ['fails if there is no version', (chart) => web(chart, { versions: [], weights: undefined, splitByPods: true }), [
    '[test/web] versions-missing at versions: the service has no version; declare at least one version',
  ]],
  ['fails if a version is declared twice', (chart) => web(chart, { versions: [V1, V2, V1] }), [
    '[test/web] version-duplicate at versions[2].name: the version "v1" is declared twice; give each version a name of its own',
  ]],
  ['fails if two versions share a label value', (chart) => web(chart, { versions: [V1, { ...V2, versionLabel: 'v1' }] }), [
    '[test/web] version-duplicate at versions[1].versionLabel: the versions "v1" and "v2" share the label value "v1"; '
      + 'give each version a `versionLabel` of its own',
  ]],
  ['fails if the replicas are negative', (chart) => single(chart, { replicas: -1 }), [
    '[test/web] replicas-invalid at versions.v1.replicas: the value is -1; give a whole number from 0 to 2147483647',
  ]],
  ['fails if the replicas are fractional', (chart) => single(chart, { replicas: 1.5 }), [
    '[test/web] replicas-invalid at versions.v1.replicas: the value is 1.5; give a whole number from 0 to 2147483647',
  ]],
  ['fails if the replicas are NaN', (chart) => single(chart, { replicas: NaN }), [
    '[test/web] replicas-invalid at versions.v1.replicas: the value is NaN; give a whole number from 0 to 2147483647',
  ]],
  ['fails if there are more replicas than Kubernetes can count', (chart) => single(chart, { replicas: 2 ** 31 }), [
    '[test/web] replicas-invalid at versions.v1.replicas: the value is 2147483648; give a whole number from 0 to 2147483647',
  ]],
  ['fails if nothing says what the pods run', (chart) => single(chart, { image: undefined }), [
    '[test/web] pods-invalid at versions.v1: nothing says what its pods run; give just one of `image`, `containers`, `deployment` and `existing`',
  ]],
  ['fails if the image is empty', (chart) => single(chart, { image: '' }), [
    '[test/web] pods-invalid at versions.v1.image: the image is empty; name an image',
  ]],
  ['fails if image and containers are both given', (chart) => single(chart, { containers: [{ image: 'example/web:1' }] }), [
    '[test/web] pods-invalid at versions.v1: several things say what its pods run; give just one of `image`, `containers`, `deployment` and `existing`',
  ]],
  ['fails if the list of containers is empty', (chart) => single(chart, { image: undefined, containers: [] }), [
    '[test/web] pods-invalid at versions.v1.containers: the list of containers is empty; declare at least one container',
  ]],
  ['fails if settings for the image stand beside containers', (chart) =>
    single(chart, { image: undefined, containers: [{ image: 'example/web:1' }], args: ['-v'], tty: true }), [
    '[test/web] deployment-mixed at versions.v1: args, tty beside `containers`; set this on the containers themselves',
  ]],
  ['fails if no container listens on the target port', (chart) =>
    single(chart, { image: undefined, containers: [{ image: 'example/web:1', portNumber: 8080 }] }), [
    '[test/web] target-port-missing at ports[0].targetPort: the version "v1" listens on 8080, and the Services send to 80; '
      + 'set `targetPort` to one of 8080',
  ]],
  ['fails if pod labels take the identity of the version', (chart) => single(chart, { podLabels: { app: 'web', version: 'v1', tier: 'front' } }), [
    '[test/web] deployment-labels at versions.v1.podLabels: the label "app" belongs to the identity of the version; use `app` and `versionLabel`',
    '[test/web] deployment-labels at versions.v1.podLabels: the label "version" belongs to the identity of the version; use `app` and `versionLabel`',
  ]],
  ['fails if the root selector names an unknown version', (chart) => single(chart, {}, { rootSelector: RootSelector.version('v3') }), [
    '[test/web] version-unknown at rootSelector: no version is named "v3"; name a declared version',
    '[test/web] root-selector-unfit at rootSelector: Istio takes the pods of a subset from the root Service, whose selector leaves out "v1"; '
      + 'use `RootSelector.allVersions()`',
  ]],
  ['fails if the root selector leaves out a version', (chart) => web(chart, { rootSelector: RootSelector.version('v1') }), [
    '[test/web] root-selector-unfit at rootSelector: Istio takes the pods of a subset from the root Service, whose selector leaves out "v2"; '
      + 'use `RootSelector.allVersions()`',
  ]],
  ['fails if the root selector asks for a label that no pod has', (chart) => web(chart, { rootSelector: RootSelector.labels({ tier: 'front' }) }), [
    '[test/web] root-selector-unfit at rootSelector: Istio takes the pods of a subset from the root Service, whose selector leaves out "v1", "v2"; '
      + 'use `RootSelector.allVersions()`',
  ]],
  ['fails if the root Service is of type ExternalName', (chart) => web(chart, { serviceType: kplus.ServiceType.EXTERNAL_NAME }), [
    '[test/web] service-type-invalid at serviceType: a Service of type ExternalName has no pods to share traffic between; '
      + 'use CLUSTER_IP, NODE_PORT or LOAD_BALANCER',
  ]],
  ['fails if the selector of the root is empty', (chart) => web(chart, { rootSelector: RootSelector.labels({}) }), [
    '[test/web] root-selector-unfit at rootSelector: the selector is empty, so that the root Service has no pods; '
      + 'give it a label, or use `RootSelector.none()`',
  ]],
  ['fails if the selector of the root is malformed', (chart) => web(chart, { rootSelector: RootSelector.labels({ 'my app': 'one two' }) }), [
    '[test/web] label-invalid at rootSelector: "my app" is not made of an optional DNS prefix and "/", then letters, digits, "-", "_" and "."; '
      + 'give a valid label key',
    '[test/web] label-invalid at rootSelector: "one two" is not made of letters, digits, "-", "_" and ".", beginning and ending with a letter or '
      + 'digit; give a valid label value',
  ]],
  ['fails if two containers have one name', (chart) =>
    single(chart, { image: undefined, containers: [{ image: 'a', name: 'main', portNumber: 80 }, { image: 'b' }] }), [
    '[test/web] name-invalid at versions.v1.containers[1].name: the container name "main" is used twice; give each container a `name` of its own',
  ]],
  ['fails if the name of a container is malformed', (chart) =>
    single(chart, { image: undefined, containers: [{ image: 'a', name: 'Main', portNumber: 80 }] }), [
    '[test/web] name-invalid at versions.v1.containers[0].name: "Main" is not made of lower-case letters, digits and "-", beginning and ending '
      + 'with a letter or digit; give the container a valid `name`',
  ]],
  ['fails if a container declares a port twice', (chart) =>
    single(chart, { image: undefined, containers: [{ image: 'a', ports: [{ number: 80 }, { number: 80 }] }] }), [
    '[test/web] pods-invalid at versions.v1: Port with number 80 and protocol TCP already exists; mend the pod settings',
  ]],
  ['fails if the port of a container is out of range', (chart) =>
    single(chart, { image: undefined, containers: [{ image: 'a', ports: [{ number: 80 }, { number: 65_536 }] }] }), [
    '[test/web] port-invalid at versions.v1.containers[0].ports: the value is 65536; give a whole number from 1 to 65535',
  ]],
  ['fails if a pod has to be ready for a fraction of a second', (chart) => single(chart, { minReady: Duration.millis(1500) }), [
    '[test/web] pods-invalid at versions.v1: \'1500 millis\' cannot be converted into a whole number of seconds.; mend the pod settings',
  ]],
  ['fails if a service account is in another namespace', (chart) => single(chart, { serviceAccount: account(chart, 'other') }), [
    '[test/web] pods-invalid at versions.v1.serviceAccount: it is in namespace "other", the pods in "default"; use an account of the same namespace',
  ]],
  ['fails if a service account stands beside a name for a new one', (chart) =>
    single(chart, { serviceAccount: account(chart), serviceAccountName: 'web' }), [
    '[test/web] pods-invalid at versions.v1.serviceAccountName: a name for a new account beside an existing one; drop one of them',
  ]],
  ['fails if the labels of the service are malformed', (chart) => web(chart, { labels: { 'my team': 'one two' } }), [
    '[test/web] label-invalid at labels: "my team" is not made of an optional DNS prefix and "/", then letters, digits, "-", "_" and "."; '
      + 'give a valid label key',
    '[test/web] label-invalid at labels: "one two" is not made of letters, digits, "-", "_" and ".", beginning and ending with a letter or digit; '
      + 'give a valid label value',
  ]],
  ['fails if pod labels are malformed', (chart) => single(chart, { podLabels: { 'a/b/c': '-' } }), [
    '[test/web] label-invalid at versions.v1.podLabels: "a/b/c" is not made of an optional DNS prefix and "/", then letters, digits, "-", "_" and '
      + '"."; give a valid label key',
    '[test/web] label-invalid at versions.v1.podLabels: "-" is not made of letters, digits, "-", "_" and ".", beginning and ending with a letter '
      + 'or digit; give a valid label value',
  ]],
  ['fails if the key of a pod annotation is malformed', (chart) => single(chart, { podAnnotations: { 'my note': 'one two' } }), [
    '[test/web] label-invalid at versions.v1.podAnnotations: "my note" is not made of an optional DNS prefix and "/", then letters, digits, "-", '
      + '"_" and "."; give a valid annotation key',
  ]],
  ['fails if the name of an environment variable is malformed', (chart) => single(chart, { env: { '1A': kplus.EnvValue.fromValue('1') } }), [
    '[test/web] name-invalid at versions.v1.env: "1A" is no name of an environment variable; '
      + 'use letters, digits, "-", "_" and ".", not beginning with a digit',
  ]],
  ['fails if the name of a pull secret is malformed', (chart) => single(chart, { imagePullSecrets: ['ok', 'My_Secret'] }), [
    '[test/web] name-invalid at versions.v1.imagePullSecrets[1]: "My_Secret" is not made of lower-case letters, digits, "-" and ".", beginning and '
      + 'ending with a letter or digit; give the name of a Secret',
  ]],
];

const DEPLOYMENTS: Refusal[] = [
  ['fails if an existing Deployment stands beside an image', (chart) => single(chart, { deployment: deployment(chart, 'old') }), [
    '[test/web] pods-invalid at versions.v1: several things say what its pods run; give just one of `image`, `containers`, `deployment` and `existing`',
  ]],
  ['fails if an existing Deployment comes with pod settings', (chart) =>
    single(chart, { image: undefined, deployment: deployment(chart, 'old'), replicas: 2, podLabels: { tier: 'front' } }), [
    '[test/web] deployment-mixed at versions.v1: replicas, podLabels beside an existing Deployment; set this on the Deployment itself',
  ]],
  ['fails if an existing Deployment carries another app', (chart) =>
    single(chart, { image: undefined, deployment: deployment(chart, 'old', { app: 'other' }) }), [
    '[test/web] deployment-labels at versions.v1.deployment: its pods carry app=other, and the version needs app=web; set `app` to "other"',
  ]],
  ['fails if an existing Deployment carries another version', (chart) =>
    single(chart, { image: undefined, deployment: deployment(chart, 'old', { app: 'web', version: 'v9' }) }), [
    '[test/web] deployment-labels at versions.v1.deployment: its pods carry version=v9, and the version needs version=v1; set `versionLabel` to "v9"',
  ]],
  ['fails if an existing Deployment is in another namespace', (chart) =>
    single(chart, { image: undefined, deployment: deployment(chart, 'old', {}, { metadata: { name: 'old', namespace: 'other' } }) }), [
    '[test/web] deployment-mixed at versions.v1.deployment: it is in namespace "other", the service in "default"; put both in one namespace',
  ]],
  ['fails if an existing Deployment is in a chart of another namespace', (chart) =>
    single(chart, { image: undefined, deployment: deployment(new Chart(chart, 'other', { namespace: 'other' }), 'old') }), [
    '[test/web] deployment-mixed at versions.v1.deployment: it is in namespace "other", the service in "default"; put both in one namespace',
  ]],
  ['fails if an existing Deployment listens on another port', (chart) =>
    single(chart, { image: undefined, deployment: deployment(chart, 'old', {}, { containers: [{ image: 'example/old:1', portNumber: 8080 }] }) }), [
    '[test/web] target-port-missing at ports[0].targetPort: the version "v1" listens on 8080, and the Services send to 80; '
      + 'set `targetPort` to one of 8080',
  ]],
  ['fails if an existing Deployment with a weight has 0 replicas', (chart) =>
    web(chart, { versions: [{ name: 'v1', deployment: deployment(chart, 'old', {}, { replicas: 0 }) }, V2] }), [
    '[test/web] version-without-replicas at weights.v1: the version "v1" gets traffic and has 0 replicas; give it replicas, or the weight 0',
  ]],
  ['fails if two existing Deployments select the pods of each other', (chart) =>
    web(chart, { versions: [{ name: 'v1', deployment: greedy(chart, 'old') }, { name: 'v2', deployment: greedy(chart, 'new') }] }), [
    '[test/web] selector-overlap at versions[1].deployment: the Deployment "old" also selects the pods of "new"; '
      + 'give its selector a label that tells the versions apart',
    '[test/web] selector-overlap at versions[1].deployment: the Deployment "new" also selects the pods of "old"; '
      + 'give its selector a label that tells the versions apart',
  ]],
  ['fails if the expressions of a selector take in another version', (chart) =>
    web(chart, {
      versions: [{ name: 'v1', deployment: selecting(chart, 'old', { app: 'web' }, kplus.LabelExpression.notIn('version', ['v3'])) }, V2],
    }), [
    '[test/web] selector-overlap at versions[1].deployment: the Deployment "old" also selects the pods of "web-v2"; '
      + 'give its selector a label that tells the versions apart',
  ]],
  ['fails if one of two selectors takes in the pods of the other', (chart) =>
    web(chart, { versions: [{ name: 'v1', deployment: greedy(chart, 'old') }, V2] }), [
    '[test/web] selector-overlap at versions[1].deployment: the Deployment "old" also selects the pods of "web-v2"; '
      + 'give its selector a label that tells the versions apart',
  ]],
  ['fails if a selector does not take its own pods', (chart) =>
    single(chart, { image: undefined, deployment: selecting(chart, 'old', { tier: 'front' }) }), [
    '[test/web] deployment-labels at versions.v1.deployment: the selector of "old" does not select its own pods; '
      + 'give the pods the labels that it selects',
  ]],
  ['fails if one Deployment is used for two versions', (chart) => {
    const old = deployment(chart, 'old', { app: 'web' });
    web(chart, { versions: [{ name: 'v1', deployment: old }, { name: 'v2', deployment: old }] });
  }, [
    '[test/web] deployment-mixed at versions.v2.deployment: the Deployment "old" is the version "v1" already; '
      + 'give each version a Deployment of its own',
  ]],
  ['fails if the labels of an existing Deployment change after the service was declared', (chart) => {
    const old = deployment(chart, 'old');
    single(chart, { image: undefined, deployment: old });
    old.podMetadata.addLabel('version', 'v9');
  }, [
    '[test/web] deployment-labels at versions.v1.deployment: its pods carry version=v9, and the version needs version=v1; set `versionLabel` to "v9"',
  ]],
  ['fails if the selector of an existing Deployment changes after the service was declared', (chart) => {
    const old = selecting(chart, 'old', { app: 'web' }, kplus.LabelExpression.notIn('version', ['v2']));
    web(chart, { versions: [{ name: 'v1', deployment: old }, V2] });
    old.select(kplus.LabelSelector.of({ labels: { version: 'v2' } }));
  }, [
    '[test/web] deployment-labels at versions.v1.deployment: the selector of "old" does not select its own pods; '
      + 'give the pods the labels that it selects',
  ]],
  ['fails if pod labels keep the pods out of the mesh', (chart) =>
    single(chart, { podLabels: { [INJECT]: 'false' } }, { mesh: BY_POD }), [
    '[test/web] deployment-labels at versions.v1: its pods carry sidecar.istio.io/inject=false, and the mesh needs sidecar.istio.io/inject=true; '
      + 'drop the label',
  ]],
  ['fails if the labels of an existing Deployment keep the pods out of the mesh', (chart) =>
    single(chart, { image: undefined, deployment: deployment(chart, 'old', { [INJECT]: 'false' }) }, { mesh: BY_POD }), [
    '[test/web] deployment-labels at versions.v1: its pods carry sidecar.istio.io/inject=false, and the mesh needs sidecar.istio.io/inject=true; '
      + 'drop the label',
  ]],
];

const PORTS: Refusal[] = [
  ['fails if there is no port', (chart) => web(chart, { ports: [] }), [
    '[test/web] port-invalid at ports: the service has no port; declare at least one port',
  ]],
  ['fails if a port is 0', (chart) => web(chart, { ports: [{ port: 0, targetPort: 80 }] }), [
    '[test/web] port-invalid at ports[0].port: the value is 0; give a whole number from 1 to 65535',
  ]],
  ['fails if a port is NaN', (chart) => web(chart, { ports: [{ port: NaN, targetPort: 80 }] }), [
    '[test/web] port-invalid at ports[0].port: the value is NaN; give a whole number from 1 to 65535',
  ]],
  ['fails if a port is fractional', (chart) => web(chart, { ports: [{ port: 80.5, targetPort: 80 }] }), [
    '[test/web] port-invalid at ports[0].port: the value is 80.5; give a whole number from 1 to 65535',
  ]],
  ['fails if a target port is above the limit', (chart) => web(chart, { ports: [{ port: 80, targetPort: 65_536 }] }), [
    '[test/web] port-invalid at ports[0].targetPort: the value is 65536; give a whole number from 1 to 65535',
  ]],
  ['fails if a node port is above the limit', (chart) =>
    web(chart, { serviceType: kplus.ServiceType.NODE_PORT, ports: [{ port: 80, nodePort: 65_536 }] }), [
    '[test/web] port-invalid at ports[0].nodePort: the value is 65536; give a whole number from 1 to 65535',
  ]],
  ['fails if a Service inside the cluster has a node port', (chart) => web(chart, { ports: [{ port: 80, nodePort: 30_080 }] }), [
    '[test/web] port-invalid at ports[0].nodePort: node port 30080 on a Service of type ClusterIP; set `serviceType` to NODE_PORT or LOAD_BALANCER',
  ]],
  ['fails if two ports have one node port', (chart) =>
    web(chart, { serviceType: kplus.ServiceType.NODE_PORT, ports: [{ port: 80, nodePort: 30_080 }, { port: 81, nodePort: 30_080 }] }), [
    '[test/web] port-duplicate at ports[1].nodePort: node port 30080 is used twice; give each port a node port of its own',
  ]],
  ['fails if a port is declared twice', (chart) => web(chart, { ports: [{ port: 80 }, { port: 80 }] }), [
    '[test/web] port-duplicate at ports[1].port: port 80 is declared twice; give each port a number of its own',
  ]],
  ['fails if a port is declared twice with different protocols', (chart) =>
    web(chart, { ports: [{ port: 80 }, { port: 80, protocol: Protocol.TCP }] }), [
    '[test/web] port-duplicate at ports[1].port: port 80 is declared twice; give each port a number of its own',
  ]],
  ['fails if a port carries HTTPS', (chart) => web(chart, { ports: [{ port: 443, protocol: Protocol.HTTPS }] }), [
    '[test/web] port-invalid at ports[0].protocol: HTTPS is a protocol of gateway listeners; '
      + 'declare TLS: the pods terminate it, so no mesh sees the requests inside',
  ]],
  ['fails if server names stand on a TCP port', (chart) =>
    web(chart, { ports: [{ port: 9000, protocol: Protocol.TCP, sniHosts: ['db.example.com'] }] }), [
    '[test/web] port-invalid at ports[0].sniHosts: server names on a port of protocol TCP; only TLS connections name a server: set `protocol` to TLS',
  ]],
  ['fails if a port has an upper-case name', (chart) => web(chart, { ports: [{ port: 80, name: 'HTTP' }] }), [
    '[test/web] name-invalid at ports[0].name: "HTTP" is not made of lower-case letters, digits and "-", beginning and ending with a letter '
      + 'or digit; give the port a valid `name`',
  ]],
  ['fails if a port has an empty name', (chart) => web(chart, { ports: [{ port: 80, name: '' }] }), [
    '[test/web] name-invalid at ports[0].name: "" is not made of lower-case letters, digits and "-", beginning and ending with a letter or digit; '
      + 'give the port a valid `name`',
  ]],
  ['fails if a route is limited to an unknown port', (chart) => routes(chart, { matches: [UNDER_A], port: 8080, ...CANARY }), [
    '[test/web] port-unknown at routes[0].port: the service has no port 8080, declared are 80; name a declared port',
  ]],
  ['fails if a route is limited to port NaN', (chart) => routes(chart, { matches: [UNDER_A], port: NaN, ...CANARY }), [
    '[test/web] port-unknown at routes[0].port: the service has no port NaN, declared are 80; name a declared port',
  ]],
  ['fails if an HTTP condition stands on a service without HTTP', (chart) =>
    web(chart, { ports: [{ port: 9000, protocol: Protocol.TCP }], routes: [{ matches: [UNDER_A], ...CANARY }] }), [
    '[test/web] rule-needs-http at routes[0].matches[0]: this needs HTTP, and port 9000 carries TCP; '
      + 'declare the port as HTTP, HTTP2 or GRPC, or drop it',
  ]],
  ['fails if an HTTP condition is limited to a TCP port', (chart) =>
    web(chart, { ports: [{ port: 80 }, { port: 9000, protocol: Protocol.TCP }], routes: [{ matches: [UNDER_A], port: 9000, ...CANARY }] }), [
    '[test/web] rule-needs-http at routes[0].matches[0]: this needs HTTP, and port 9000 carries TCP; '
      + 'declare the port as HTTP, HTTP2 or GRPC, or drop it',
  ]],
  ['fails if filters of HTTP stand on a service without HTTP', (chart) => web(chart, {
    ports: [{ port: 9000, protocol: Protocol.TCP }],
    timeout: Duration.seconds(1),
    retries: Retries.none(),
    fault: Fault.abort(503, { allTraffic: true }),
    mirrors: [Mirror.to('v2')],
    requestHeaders: { set: { 'x-a': '1' } },
    responseHeaders: { remove: ['x-a'] },
    rewrite: Rewrite.path('/b'),
  }), [
    '[test/web] rule-needs-http at fault: this needs HTTP, and port 9000 carries TCP; declare the port as HTTP, HTTP2 or GRPC, or drop it',
    '[test/web] rule-needs-http at requestHeaders: this needs HTTP, and port 9000 carries TCP; declare the port as HTTP, HTTP2 or GRPC, or drop it',
    '[test/web] rule-needs-http at responseHeaders: this needs HTTP, and port 9000 carries TCP; declare the port as HTTP, HTTP2 or GRPC, or drop it',
    '[test/web] rule-needs-http at rewrite: this needs HTTP, and port 9000 carries TCP; declare the port as HTTP, HTTP2 or GRPC, or drop it',
    '[test/web] rule-needs-http at mirrors: this needs HTTP, and port 9000 carries TCP; declare the port as HTTP, HTTP2 or GRPC, or drop it',
    '[test/web] rule-needs-http at timeout: this needs HTTP, and port 9000 carries TCP; declare the port as HTTP, HTTP2 or GRPC, or drop it',
    '[test/web] rule-needs-http at retries: this needs HTTP, and port 9000 carries TCP; declare the port as HTTP, HTTP2 or GRPC, or drop it',
  ]],
  ['fails if a redirect stands on a service without HTTP', (chart) =>
    web(chart, { ports: [{ port: 443, protocol: Protocol.TLS }], routes: [{ matches: [UNDER_A], redirect: { path: '/b' } }] }), [
    '[test/web] rule-needs-http at routes[0].matches[0]: this needs HTTP, and port 443 carries TLS; '
      + 'declare the port as HTTP, HTTP2 or GRPC, or drop it',
    '[test/web] rule-needs-http at routes[0].redirect: this needs HTTP, and port 443 carries TLS; '
      + 'declare the port as HTTP, HTTP2 or GRPC, or drop it',
  ]],
  ['fails if two ports have one name', (chart) => web(chart, { ports: [{ port: 80, name: 'web' }, { port: 81, name: 'web' }] }), [
    '[test/web] port-duplicate at ports[1].name: the port name "web" is used twice; give each port a `name` of its own',
  ]],
  ['fails if a port carries something unknown', (chart) => web(chart, { ports: [{ port: 80, protocol: fromJs('UDP') }] }), [
    '[test/web] port-invalid at ports[0].protocol: the protocol is "UDP"; use one of HTTP, HTTP2, GRPC, HTTPS, TCP, TLS',
  ]],
  ['fails if two protocols are sent to one target port', (chart) =>
    web(chart, { ports: [{ port: 80, targetPort: 8080 }, { port: 81, targetPort: 8080, protocol: Protocol.TCP }] }), [
    '[test/web] port-invalid at ports[1].targetPort: the containers\' port 8080 is sent HTTP and TCP; give each protocol a target port of its own',
  ]],
  ['fails if a server name is short', (chart) => web(chart, { ports: [{ port: 443, protocol: Protocol.TLS, sniHosts: ['web'] }] }), [
    '[test/web] port-invalid at ports[0].sniHosts[0]: "web" is a short name, which Istio takes for the root Service once more; give it in full',
  ]],
  ['fails if a server name is an address', (chart) => web(chart, { ports: [{ port: 443, protocol: Protocol.TLS, sniHosts: ['10.0.0.1'] }] }), [
    '[test/web] name-invalid at ports[0].sniHosts[0]: "10.0.0.1" is not made of a DNS name, of labels with 63 characters at most; give a DNS name',
  ]],
  ['fails if a label of a server name has 64 characters', (chart) =>
    web(chart, { ports: [{ port: 443, protocol: Protocol.TLS, sniHosts: [`${'a'.repeat(64)}.example.com`] }] }), [
    '[test/web] name-invalid at ports[0].sniHosts[0]: "' + 'a'.repeat(64) + '.example.com" is not made of a DNS name, of labels with 63 characters '
      + 'at most; give a DNS name',
  ]],
  ['fails if a server name stands beside a port of HTTP', (chart) =>
    web(chart, { ports: [{ port: 80 }, { port: 443, protocol: Protocol.TLS, sniHosts: ['db.example.com'] }] }), [
    '[test/web] port-invalid at ports[1].sniHosts[0]: "db.example.com" would take HTTP requests to that host as well; '
      + 'declare the TLS port in a service of its own',
  ]],
  ['fails if filters of a route are limited to a TCP port', (chart) =>
    web(chart, { ports: BOTH, routes: [{ matches: [{ source: SHOP }], port: 9000, timeout: Duration.seconds(1), ...CANARY }] }), [
    '[test/web] rule-needs-http at routes[0].timeout: this needs HTTP, and port 9000 carries TCP; '
      + 'declare the port as HTTP, HTTP2 or GRPC, or drop it',
  ]],
];

const NAMES: Refusal[] = [
  ['fails if the root begins with a digit, which a DNS-1035 label may not', (chart) =>
    single(chart, { leafName: 'web-v1' }, { name: '1web' }), [
    '[test/web] name-invalid at name: "1web" is not made of lower-case letters, digits and "-", beginning with a letter and ending with a '
      + 'letter or digit; give the root Service a valid `name`',
  ]],
  ['fails if the root has 64 characters', (chart) =>
    single(chart, { leafName: 'web-v1' }, { name: 'w'.repeat(64), app: 'web' }), [
    '[test/web] name-invalid at name: "' + 'w'.repeat(64) + '" has 64 characters, the limit is 63; give the root Service a valid `name`',
  ]],
  ['fails if the suffix makes the name of the leaf too long', (chart) => web(chart, { name: 'w'.repeat(61) }), [
    '[test/web] name-invalid at versions.v1.leafName: "' + 'w'.repeat(61)
      + '-v1" has 64 characters, the limit is 63; give the version a `leafName` of its own',
    '[test/web] name-invalid at versions.v2.leafName: "' + 'w'.repeat(61)
      + '-v2" has 64 characters, the limit is 63; give the version a `leafName` of its own',
  ]],
  ['fails if a leaf begins with a digit', (chart) => single(chart, { leafName: '1web' }), [
    '[test/web] name-invalid at versions.v1.leafName: "1web" is not made of lower-case letters, digits and "-", beginning with a letter and '
      + 'ending with a letter or digit; give the version a `leafName` of its own',
  ]],
  ['fails if a version holds a dot', (chart) => single(chart, { name: '1.2', leafName: 'web-12' }), [
    '[test/web] name-invalid at versions.1.2.name: "1.2" is not made of lower-case letters, digits and "-", beginning and ending with a '
      + 'letter or digit; rename the version; `versionLabel` keeps a label value of its own',
  ]],
  ['fails if a version has 64 characters', (chart) => single(chart, { name: 'v'.repeat(64), leafName: 'web-v1', versionLabel: 'v1' }), [
    '[test/web] name-invalid at versions.' + 'v'.repeat(64) + '.name: "' + 'v'.repeat(64)
      + '" has 64 characters, the limit is 63; rename the version; `versionLabel` keeps a label value of its own',
  ]],
  ['fails if a version is empty', (chart) => single(chart, { name: '', leafName: 'web-v1', deploymentName: 'web-v1', serviceAccountName: 'web' }), [
    '[test/web] name-invalid at versions..name: "" is not made of lower-case letters, digits and "-", beginning and ending with a letter or digit; '
      + 'rename the version; `versionLabel` keeps a label value of its own',
  ]],
  ['fails if a version is not ASCII', (chart) =>
    single(chart, { name: 'vé', versionLabel: 'v1', leafName: 'web-v1', deploymentName: 'web-v1', serviceAccountName: 'web' }), [
    '[test/web] name-invalid at versions.vé.name: "vé" is not made of lower-case letters, digits and "-", beginning and ending with a letter '
      + 'or digit; rename the version; `versionLabel` keeps a label value of its own',
  ]],
  ['fails if a version is named __proto__', (chart) =>
    single(chart, { name: '__proto__', versionLabel: 'v1', leafName: 'web-v1', deploymentName: 'web-v1', serviceAccountName: 'web' }), [
    '[test/web] name-invalid at versions.__proto__.name: "__proto__" is a word that JavaScript keeps for itself; '
      + 'rename the version; `versionLabel` keeps a label value of its own',
  ]],
  ['fails if a version is named like a construct of the service', (chart) =>
    single(chart, { name: 'Root', leafName: 'web-v1', deploymentName: 'web-v1', serviceAccountName: 'web' }), [
    '[test/web] name-invalid at versions.Root.name: "Root" is not made of lower-case letters, digits and "-", beginning and ending with a '
      + 'letter or digit; rename the version; `versionLabel` keeps a label value of its own',
  ]],
  ['fails if a Deployment has 243 characters, so that its ReplicaSets would have 254', (chart) =>
    single(chart, { deploymentName: 'd'.repeat(243) }), [
    '[test/web] name-invalid at versions.v1.deploymentName: "' + 'd'.repeat(243)
      + '" has 243 characters, the limit is 242; give the version a `deploymentName` of its own',
  ]],
  ['fails if a service account is malformed', (chart) => single(chart, { serviceAccountName: 'Web_1' }), [
    '[test/web] name-invalid at versions.v1.serviceAccountName: "Web_1" is not made of lower-case letters, digits, "-" and ".", beginning '
      + 'and ending with a letter or digit; give the version a `serviceAccountName` of its own',
  ]],
  ['fails if the namespace is malformed', (chart) => web(chart, { namespace: 'my_shop' }), [
    '[test/web] name-invalid at namespace: "my_shop" is not made of lower-case letters, digits and "-", beginning and ending with a letter '
      + 'or digit; give a valid `namespace`',
  ]],
  ['fails if the namespace is empty', (chart) => web(chart, { namespace: '' }), [
    '[test/web] name-invalid at namespace: "" is not made of lower-case letters, digits and "-", beginning and ending with a letter or digit; '
      + 'give a valid `namespace`',
  ]],
  ['fails if a version label is malformed', (chart) => single(chart, { versionLabel: 'one two' }), [
    '[test/web] label-invalid at versions.v1.versionLabel: "one two" is not made of letters, digits, "-", "_" and ".", beginning and ending '
      + 'with a letter or digit; give a valid `versionLabel`',
  ]],
  ['fails if a version label has 64 characters', (chart) => single(chart, { versionLabel: 'v'.repeat(64) }), [
    '[test/web] label-invalid at versions.v1.versionLabel: "' + 'v'.repeat(64) + '" has 64 characters, the limit is 63; give a valid `versionLabel`',
  ]],
  ['fails if the key of the version label is malformed', (chart) => web(chart, { versionLabelKey: 'a/b/c' }), [
    '[test/web] label-invalid at versionLabelKey: "a/b/c" is not made of an optional DNS prefix and "/", then letters, digits, "-", "_" and "."; '
      + 'give a valid `versionLabelKey`',
  ]],
  ['fails if the key of the version label has 64 characters', (chart) => web(chart, { versionLabelKey: 'k'.repeat(64) }), [
    '[test/web] label-invalid at versionLabelKey: "' + 'k'.repeat(64)
      + '" is not made of an optional DNS prefix and "/", then letters, digits, "-", "_" and "."; give a valid `versionLabelKey`',
  ]],
  ['fails if the name of a namespace is malformed', (chart) => new MeshNamespace(chart, 'Shop'), [
    '[test/Shop] name-invalid at name: "Shop" is not made of lower-case letters, digits and "-", beginning and ending with a letter or digit; '
      + 'give a valid `name`',
  ]],
  ['fails if a version is named constructor', (chart) => single(chart, { name: 'constructor', leafName: 'web-v1' }), [
    '[test/web] name-invalid at versions.constructor.name: "constructor" is a word that JavaScript keeps for itself; rename the version; '
      + '`versionLabel` keeps a label value of its own',
  ]],
  ['fails if a label is named like a property of every object', (chart) => web(chart, { labels: map('constructor', 'a') }), [
    '[test/web] label-invalid at labels: "constructor" is a word that JavaScript keeps for itself; give a valid label key',
  ]],
  ['fails if a pod label is named __proto__', (chart) => single(chart, { podLabels: map('__proto__', 'a') }), [
    '[test/web] label-invalid at versions.v1.podLabels: "__proto__" is a word that JavaScript keeps for itself; give a valid label key',
  ]],
  ['fails if the namespace has a malformed label', (chart) => new MeshNamespace(chart, 'shop', { labels: { 'my team': 'a' } }), [
    '[test/shop] label-invalid at labels: "my team" is not made of an optional DNS prefix and "/", then letters, digits, "-", "_" and "."; '
      + 'give a valid label key',
  ]],
];

const OBJECTS: Refusal[] = [
  ['fails if two services have one root in one namespace', (chart) => {
    web(chart, {}, 'a');
    web(chart, { name: 'a' }, 'b');
  }, [
    '[test/a] root-duplicate at name: "test/b" has the root "a" in namespace "default" too; give one of them another `name`',
    '[test/b] root-duplicate at name: "test/a" has the root "a" in namespace "default" too; give one of them another `name`',
  ]],
  ['fails if two services in two charts have one root in one namespace', (chart) => {
    web(chart);
    web(new Chart(chart, 'more'));
  }, [
    '[test/web] root-duplicate at name: "test/more/web" has the root "web" in namespace "default" too; give one of them another `name`',
    '[test/more/web] root-duplicate at name: "test/web" has the root "web" in namespace "default" too; give one of them another `name`',
  ]],
  ['fails if a leaf is the root of another service', (chart) => {
    web(chart);
    web(chart, {}, 'web-v1');
  }, [
    '[test/web] object-duplicate at v1/Resource: core/Service "web-v1" in namespace "default" is declared by "test/web-v1/Root/Resource" too; '
      + 'give one of them another name',
    '[test/web-v1] object-duplicate at Root/Resource: core/Service "web-v1" in namespace "default" is declared by "test/web/v1/Resource" too; '
      + 'give one of them another name',
  ]],
  ['fails if two services make one service account', (chart) => {
    single(chart, { serviceAccountName: 'shared' });
    web(chart, { versions: [{ ...V1, serviceAccountName: 'shared' }], weights: undefined }, 'api');
  }, [
    '[test/web] object-duplicate at v1-ServiceAccount/Resource: core/ServiceAccount "shared" in namespace "default" is declared by '
      + '"test/api/v1-ServiceAccount/Resource" too; give one of them another name',
    '[test/api] object-duplicate at v1-ServiceAccount/Resource: core/ServiceAccount "shared" in namespace "default" is declared by '
      + '"test/web/v1-ServiceAccount/Resource" too; give one of them another name',
  ]],
  ['fails if a Service of the user has the name of the root', (chart) => {
    new kplus.Service(chart, 'mine', { metadata: { name: 'web' }, ports: [{ port: 80 }] });
    web(chart);
  }, [
    '[test/web] object-duplicate at Root/Resource: core/Service "web" in namespace "default" is declared by "test/mine/Resource" too; '
      + 'give one of them another name',
  ]],
  ['fails if a Service of the user has the name of a leaf, with the namespace written out', (chart) => {
    new kplus.Service(chart, 'mine', { metadata: { name: 'web-v1', namespace: 'default' }, ports: [{ port: 80 }] });
    web(chart);
  }, [
    '[test/web] object-duplicate at v1/Resource: core/Service "web-v1" in namespace "default" is declared by "test/mine/Resource" too; '
      + 'give one of them another name',
  ]],
  ['fails if an object of the user has the name of the VirtualService, in another API version', (chart) => {
    new ApiObject(chart, 'mine', { apiVersion: 'networking.istio.io/v1beta1', kind: 'VirtualService', metadata: { name: 'web' } });
    web(chart);
  }, [
    '[test/web] object-duplicate at VirtualService: networking.istio.io/VirtualService "web" in namespace "default" is declared by '
      + '"test/mine" too; give one of them another name',
  ]],
  ['fails if two services share a mesh with a fixed name', (chart) => {
    const mesh = Mesh.istio({ destinationRuleName: 'rule' });
    web(chart, { mesh }, 'a');
    web(chart, { mesh }, 'b');
  }, [
    '[test/a] object-duplicate at DestinationRule: networking.istio.io/DestinationRule "rule" in namespace "default" is declared by '
      + '"test/b/DestinationRule" too; give one of them another name',
    '[test/b] object-duplicate at DestinationRule: networking.istio.io/DestinationRule "rule" in namespace "default" is declared by '
      + '"test/a/DestinationRule" too; give one of them another name',
  ]],
  ['fails if two services share the label of their pods', (chart) => {
    web(chart, { app: 'shop' }, 'a');
    web(chart, { app: 'shop' }, 'b');
  }, [
    '[test/a] selector-overlap at app: the pods of "test/b" carry app=shop too, so that each of the two selects the pods of both; '
      + 'give one of them another `app`',
    '[test/b] selector-overlap at app: the pods of "test/a" carry app=shop too, so that each of the two selects the pods of both; '
      + 'give one of them another `app`',
  ]],
  ['fails if two namespaces have one name', (chart) => {
    new MeshNamespace(chart, 'a', { name: 'shop' });
    new MeshNamespace(chart, 'b', { name: 'shop' });
  }, [
    '[test/a] object-duplicate at Resource: core/Namespace "shop" is declared by "test/b/Resource" too; give one of them another name',
    '[test/b] object-duplicate at Resource: core/Namespace "shop" is declared by "test/a/Resource" too; give one of them another name',
  ]],
  ['fails if two gateways have one name', (chart) => {
    gateway(chart, [HTTP], 'a');
    new IstioGateway(chart, 'b', { name: 'a', listeners: [TCP] });
  }, [
    '[test/a] object-duplicate at Resource: networking.istio.io/Gateway "a" in namespace "default" is declared by "test/b/Resource" too; '
      + 'give one of them another name',
    '[test/b] object-duplicate at Resource: networking.istio.io/Gateway "a" in namespace "default" is declared by "test/a/Resource" too; '
      + 'give one of them another name',
  ]],
];

const CONDITIONS: Refusal[] = [
  ['fails if a path has no slash in front', (chart) => routes(chart, { matches: [{ path: PathMatch.exact('a') }], ...CANARY }), [
    '[test/web] path-invalid at routes[0].matches[0].path: "a" does not start with "/"; write "/a"',
  ]],
  ['fails if a prefix is empty', (chart) => routes(chart, { matches: [{ path: PathMatch.prefix('') }], ...CANARY }), [
    '[test/web] path-invalid at routes[0].matches[0].path: "" does not start with "/"; write "/"',
  ]],
  ['fails if a path holds a query', (chart) => routes(chart, { matches: [{ path: PathMatch.exact('/a?b=c') }], ...CANARY }), [
    '[test/web] path-invalid at routes[0].matches[0].path: "/a?b=c" holds "?", "#" or a space, which no path has; give the path alone; '
      + 'query parameters have conditions of their own',
  ]],
  ['fails if a path holds a space', (chart) => routes(chart, { matches: [{ path: PathMatch.prefix('/a b') }], ...CANARY }), [
    '[test/web] path-invalid at routes[0].matches[0].path: "/a b" holds "?", "#" or a space, which no path has; give the path alone; '
      + 'query parameters have conditions of their own',
  ]],
  ['fails if a regular expression is empty', (chart) => routes(chart, { matches: [{ path: PathMatch.regex('') }], ...CANARY }), [
    '[test/web] regex-invalid at routes[0].matches[0].path: "" is no RE2 expression: it is empty; use RE2 syntax: no look-around, no back-references',
  ]],
  ['fails if a regular expression does not parse', (chart) => routes(chart, { matches: [{ path: PathMatch.regex('/a(') }], ...CANARY }), [
    '[test/web] regex-invalid at routes[0].matches[0].path: "/a(" is no RE2 expression: missing closing ): `/a(`; '
      + 'use RE2 syntax: no look-around, no back-references',
  ]],
  ['fails if a regular expression looks ahead', (chart) => routes(chart, { matches: [{ path: PathMatch.regex('/a(?=b).*') }], ...CANARY }), [
    '[test/web] regex-invalid at routes[0].matches[0].path: "/a(?=b).*" is no RE2 expression: invalid or unsupported Perl syntax: `(?=`; '
      + 'use RE2 syntax: no look-around, no back-references',
  ]],
  ['fails if a regular expression looks behind', (chart) => routes(chart, { matches: [{ path: PathMatch.regex('/.*(?<!b)') }], ...CANARY }), [
    '[test/web] regex-invalid at routes[0].matches[0].path: "/.*(?<!b)" is no RE2 expression: invalid named capture: `(?<!b)`; '
      + 'use RE2 syntax: no look-around, no back-references',
  ]],
  ['fails if a regular expression refers back', (chart) =>
    routes(chart, { matches: [{ headers: [HeaderMatch.regex('x-a', '(a)\\1')] }], ...CANARY }), [
    '[test/web] regex-invalid at routes[0].matches[0].headers[0]: "(a)\\1" is no RE2 expression: invalid escape sequence: `\\1`; '
      + 'use RE2 syntax: no look-around, no back-references',
  ]],
  ['fails if a regular expression repeats too often for RE2', (chart) =>
    routes(chart, { matches: [{ queryParams: [QueryMatch.regex('a', 'x{1001}')] }], ...CANARY }), [
    '[test/web] regex-invalid at routes[0].matches[0].queryParams[0]: "x{1001}" is no RE2 expression: invalid repeat count: `{1001}`; '
      + 'use RE2 syntax: no look-around, no back-references',
  ]],
  ['fails if a header name is empty', (chart) => routes(chart, { matches: [{ headers: [HeaderMatch.present('')] }], ...CANARY }), [
    '[test/web] header-invalid at routes[0].matches[0].headers[0]: the header name is empty; name the header',
  ]],
  ['fails if a header name holds a space', (chart) => routes(chart, { matches: [{ headers: [HeaderMatch.present('x a')] }], ...CANARY }), [
    '[test/web] header-invalid at routes[0].matches[0].headers[0]: "x a" is no header name; use letters, digits and "-"',
  ]],
  ['fails if a header name is a pseudo-header', (chart) =>
    routes(chart, { matches: [{ headers: [HeaderMatch.exact(':authority', 'a')] }], ...CANARY }), [
    '[test/web] header-invalid at routes[0].matches[0].headers[0]: ":authority" is no header name; use letters, digits and "-"',
  ]],
  ['fails if a header name is not ASCII', (chart) => routes(chart, { matches: [{ headers: [HeaderMatch.absent('x-é')] }], ...CANARY }), [
    '[test/web] header-invalid at routes[0].matches[0].headers[0]: "x-é" is no header name; use letters, digits and "-"',
  ]],
  ['fails if a header is to be empty', (chart) => routes(chart, { matches: [{ headers: [HeaderMatch.exact('x-a', '')] }], ...CANARY }), [
    '[test/web] match-invalid at routes[0].matches[0].headers[0]: the value is empty, and proxies differ on empty values; '
      + 'give a value, or use `present`',
  ]],
  ['fails if the prefix of a header is empty', (chart) => routes(chart, { matches: [{ headers: [HeaderMatch.prefix('x-a', '')] }], ...CANARY }), [
    '[test/web] match-invalid at routes[0].matches[0].headers[0]: the prefix is empty; use `present` for any value',
  ]],
  ['fails if the name of a query parameter is empty', (chart) =>
    routes(chart, { matches: [{ queryParams: [QueryMatch.present('')] }], ...CANARY }), [
    '[test/web] match-invalid at routes[0].matches[0].queryParams[0]: the name of the query parameter is empty; name the parameter',
  ]],
  ['fails if a source says nothing', (chart) => routes(chart, { matches: [{ source: SourceMatch.labels({}) }], ...CANARY }), [
    '[test/web] match-invalid at routes[0].matches[0].source: the source has neither labels nor a namespace; give one, or drop the condition',
  ]],
  ['fails if the label of a source is malformed', (chart) =>
    routes(chart, { matches: [{ source: SourceMatch.labels({ 'my app': 'one two' }) }], ...CANARY }), [
    '[test/web] label-invalid at routes[0].matches[0].source: "my app" is not made of an optional DNS prefix and "/", then letters, digits, '
      + '"-", "_" and "."; give a valid label key',
    '[test/web] label-invalid at routes[0].matches[0].source: "one two" is not made of letters, digits, "-", "_" and ".", beginning and '
      + 'ending with a letter or digit; give a valid label value',
  ]],
  ['fails if the namespace of a source is malformed', (chart) => routes(chart, { matches: [{ source: SourceMatch.namespace('*') }], ...CANARY }), [
    '[test/web] name-invalid at routes[0].matches[0].source: "*" is not made of lower-case letters, digits and "-", beginning and ending '
      + 'with a letter or digit; give the name of a namespace',
  ]],
  ['fails if one header is to have two values', (chart) =>
    routes(chart, { matches: [{ headers: [HeaderMatch.exact('x-a', '1'), HeaderMatch.exact('X-A', '2')] }], ...CANARY }), [
    '[test/web] conditions-contradict at routes[0].matches[0]: no request can meet the two conditions on the header "x-a"; '
      + 'use two matches if either will do',
  ]],
  ['fails if one query parameter is to begin in two ways', (chart) =>
    routes(chart, { matches: [{ queryParams: [QueryMatch.prefix('a', 'x'), QueryMatch.prefix('a', 'y')] }], ...CANARY }), [
    '[test/web] conditions-contradict at routes[0].matches[0]: no request can meet the two conditions on the query parameter "a"; '
      + 'use two matches if either will do',
  ]],
  ['fails if the Cookie header is to be absent and to hold a cookie', (chart) =>
    routes(chart, { matches: [{ headers: [HeaderMatch.absent('Cookie')], cookies: [CookieMatch.present('user')] }], ...CANARY }), [
    '[test/web] conditions-contradict at routes[0].matches[0]: no request can meet the two conditions on the header "cookie"; '
      + 'use two matches if either will do',
  ]],
  ['fails if two regular expressions stand on one header', (chart) =>
    routes(chart, { matches: [{ headers: [HeaderMatch.regex('x-a', 'a.*'), HeaderMatch.regex('x-a', '.*b')] }], ...CANARY }), [
    '[test/web] conditions-inexpressible at routes[0].matches[0]: no single condition says the two conditions on the header "x-a"; '
      + 'say it with one regular expression, or in a rule of its own',
  ]],
  ['fails if two regular expressions stand on one query parameter', (chart) =>
    routes(chart, { matches: [{ queryParams: [QueryMatch.regex('a', 'a.*'), QueryMatch.regex('a', '.*b')] }], ...CANARY }), [
    '[test/web] conditions-inexpressible at routes[0].matches[0]: no single condition says the two conditions on the query parameter "a"; '
      + 'say it with one regular expression, or in a rule of its own',
  ]],
  ['fails if a condition asks for a gateway that the service is not exposed on', (chart) =>
    routes(chart, { matches: [{ gateway: gateway(chart), ...UNDER_A }], ...CANARY }), [
    '[test/web] gateway-unknown at routes[0].matches[0].gateway: the service is not exposed via the gateway "default/gw", exposures: none; '
      + 'call `exposeViaGateway` with it, or drop the condition',
  ]],
  ['fails if a condition asks for a gateway and a source', (chart) => {
    const way = gateway(chart);
    routes(chart, { matches: [{ gateway: way, source: SourceMatch.namespace('shop') }], ...CANARY }).exposeViaGateway(way);
  }, [
    '[test/web] conditions-contradict at routes[0].matches[0]: a request through a gateway comes from the gateway, not from a source in the mesh; '
      + 'use `source` and `gateway` in two matches',
  ]],
  ['fails if a condition is on a header named like a property of every object', (chart) =>
    routes(chart, { matches: [{ headers: [HeaderMatch.exact('constructor', 'a'), HeaderMatch.absent('__proto__')] }], ...CANARY }), [
    '[test/web] header-invalid at routes[0].matches[0].headers[0]: "constructor" is a word that JavaScript keeps for itself; use another header',
    '[test/web] header-invalid at routes[0].matches[0].headers[1]: "__proto__" is a word that JavaScript keeps for itself; use another header',
  ]],
  ['fails if a query parameter is named like a property of every object', (chart) =>
    routes(chart, { matches: [{ queryParams: [QueryMatch.exact('constructor', 'a'), QueryMatch.present('__proto__')] }], ...CANARY }), [
    '[test/web] match-invalid at routes[0].matches[0].queryParams[0]: "constructor" is a word that JavaScript keeps for itself; '
      + 'use another parameter',
    '[test/web] match-invalid at routes[0].matches[0].queryParams[1]: "__proto__" is a word that JavaScript keeps for itself; use another parameter',
  ]],
  ['fails if the label of a source is named like a property of every object', (chart) =>
    routes(chart, { matches: [{ source: SourceMatch.labels(map('constructor', 'a')) }], ...CANARY }), [
    '[test/web] label-invalid at routes[0].matches[0].source: "constructor" is a word that JavaScript keeps for itself; give a valid label key',
  ]],
  ['fails if the method does not exist', (chart) => routes(chart, { matches: [{ method: fromJs('BREW') }], ...CANARY }), [
    '[test/web] match-invalid at routes[0].matches[0].method: the method is "BREW"; '
      + 'use one of GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH',
  ]],
  ['fails if the value of a query parameter is empty', (chart) =>
    routes(chart, { matches: [{ queryParams: [QueryMatch.exact('a', '')] }], ...CANARY }), [
    '[test/web] match-invalid at routes[0].matches[0].queryParams[0]: the value is empty, and proxies differ on empty values; '
      + 'give a value, or use `present`',
  ]],
  ['fails if the name of a cookie is malformed', (chart) =>
    routes(chart, { matches: [{ cookies: [CookieMatch.exact('my user', 'a')] }], ...CANARY }), [
    '[test/web] match-invalid at routes[0].matches[0].cookies[0]: "my user" is no cookie name; use letters, digits, "-" and "_"',
  ]],
  ['fails if the value of a cookie holds a semicolon', (chart) =>
    routes(chart, { matches: [{ cookies: [CookieMatch.exact('user', 'a;b')] }], ...CANARY }), [
    '[test/web] match-invalid at routes[0].matches[0].cookies[0]: "a;b" is no cookie value; leave out ";" and spaces at the ends, or use `present`',
  ]],
  ['fails if the value of a cookie begins with a space', (chart) =>
    routes(chart, { matches: [{ cookies: [CookieMatch.exact('user', ' a')] }], ...CANARY }), [
    '[test/web] match-invalid at routes[0].matches[0].cookies[0]: " a" is no cookie value; leave out ";" and spaces at the ends, or use `present`',
  ]],
  ['fails if the pattern of a cookie names a semicolon', (chart) =>
    routes(chart, { matches: [{ cookies: [CookieMatch.regex('user', 'a;.*')] }], ...CANARY }), [
    '[test/web] match-invalid at routes[0].matches[0].cookies[0]: "a;.*" can match ";", where the next cookie begins; '
      + 'leave ";" and classes of punctuation out',
  ]],
  ['fails if the pattern of a cookie has a class that holds the semicolon', (chart) =>
    routes(chart, { matches: [{ cookies: [CookieMatch.regex('user', '[[:punct:]]+')] }], ...CANARY }), [
    '[test/web] match-invalid at routes[0].matches[0].cookies[0]: "[[:punct:]]+" can match ";", where the next cookie begins; '
      + 'leave ";" and classes of punctuation out',
  ]],
  ['fails if the pattern of a cookie does not parse', (chart) =>
    routes(chart, { matches: [{ cookies: [CookieMatch.regex('user', 'ja(')] }], ...CANARY }), [
    '[test/web] regex-invalid at routes[0].matches[0].cookies[0]: "ja(" is no RE2 expression: missing closing ): `ja(`; '
      + 'use RE2 syntax: no look-around, no back-references',
  ]],
  ['fails if there are two conditions on cookies', (chart) =>
    routes(chart, { matches: [{ cookies: [CookieMatch.exact('user', 'a'), CookieMatch.present('group')] }], ...CANARY }), [
    '[test/web] conditions-inexpressible at routes[0].matches[0]: no single condition says the two conditions on the header "cookie"; '
      + 'say it with one regular expression, or in a rule of its own',
  ]],
  ['fails if a regular expression has 1025 characters', (chart) =>
    routes(chart, { matches: [{ path: PathMatch.regex(`/${'a'.repeat(1024)}`) }], ...CANARY }), [
    '[test/web] regex-invalid at routes[0].matches[0]: a regular expression of 1025 characters, and Istio takes 1024; split it over several matches',
  ]],
  ['fails if a regular expression of an exposure has 1025 characters', (chart) =>
    exposed(chart, { matches: [{ path: PathMatch.regex(`/${'a'.repeat(1024)}`) }] }), [
    '[test/web/Exposure1] regex-invalid at matches[0]: a regular expression of 1025 characters, and Istio takes 1024; split it over several matches',
  ]],
];

const ORDER: Refusal[] = [
  ['fails if an exact path stands after its prefix', (chart) =>
    routes(chart, { matches: [UNDER_A], ...CANARY }, { matches: [{ path: PathMatch.exact('/a/b') }], ...CANARY }), [
    '[test/web] rule-unreachable at routes[1]: all its requests are taken by routes[0]; put it first, or drop it',
  ]],
  ['fails if a prefix stands after a wider one', (chart) =>
    routes(chart, { matches: [UNDER_A], ...CANARY }, { matches: [{ path: PathMatch.prefix('/a/b') }], ...CANARY }), [
    '[test/web] rule-unreachable at routes[1]: all its requests are taken by routes[0]; put it first, or drop it',
  ]],
  ['fails if a prefix is repeated with a slash at its end', (chart) =>
    routes(chart, { matches: [UNDER_A], ...CANARY }, { matches: [{ path: PathMatch.prefix('/a/') }], ...CANARY }), [
    '[test/web] rule-duplicate at routes[1]: it has the same conditions as routes[0], which comes first; drop one of them, or change its conditions',
  ]],
  ['fails if a regular expression is repeated', (chart) =>
    routes(chart, { matches: [{ path: PathMatch.regex('/a.*') }], ...CANARY }, { matches: [{ path: PathMatch.regex('/a.*') }] }), [
    '[test/web] rule-duplicate at routes[1]: it has the same conditions as routes[0], which comes first; drop one of them, or change its conditions',
  ]],
  ['fails if an exact path stands after a regular expression that takes it', (chart) =>
    routes(chart, { matches: [{ path: PathMatch.regex('/a.*') }], ...CANARY }, { matches: [{ path: PathMatch.exact('/ab') }], ...CANARY }), [
    '[test/web] rule-unreachable at routes[1]: all its requests are taken by routes[0]; put it first, or drop it',
  ]],
  ['fails if more headers are asked for after fewer', (chart) => routes(chart,
    { matches: [{ headers: [HeaderMatch.exact('x-a', '1')] }], ...CANARY },
    { matches: [{ headers: [HeaderMatch.exact('X-A', '1'), HeaderMatch.present('x-b')] }], ...CANARY }), [
    '[test/web] rule-unreachable at routes[1]: all its requests are taken by routes[0]; put it first, or drop it',
  ]],
  ['fails if a value of a header is asked for after its presence', (chart) => routes(chart,
    { matches: [{ headers: [HeaderMatch.present('x-a')] }], ...CANARY },
    { matches: [{ headers: [HeaderMatch.regex('x-a', 'a.*')] }], ...CANARY }), [
    '[test/web] rule-unreachable at routes[1]: all its requests are taken by routes[0]; put it first, or drop it',
  ]],
  ['fails if a source stands after a wider one', (chart) => routes(chart,
    { matches: [{ source: SourceMatch.namespace('shop') }], ...CANARY },
    { matches: [{ source: SourceMatch.labels({ app: 'cart' }, 'shop') }], ...CANARY }), [
    '[test/web] rule-unreachable at routes[1]: all its requests are taken by routes[0]; put it first, or drop it',
  ]],
  ['fails if a gateway is asked for after any way in', (chart) => {
    const way = gateway(chart);
    routes(chart, { matches: [AT_A], ...CANARY }, { matches: [{ ...AT_A, gateway: way }], ...CANARY }).exposeViaGateway(way);
  }, [
    '[test/web] rule-unreachable at routes[1]: all its requests are taken by routes[0]; put it first, or drop it',
  ]],
  ['fails if one of the matches of a route is taken by an earlier route', (chart) =>
    routes(chart, { matches: [AT_A], ...CANARY }, { matches: [AT_A, { path: PathMatch.exact('/b') }], ...CANARY }), [
    '[test/web] rule-unreachable at routes[1].matches[0]: all its requests are taken by routes[0]; put the route first, or drop the match',
  ]],
  ['fails if a route is limited to a port after one with the same conditions for all ports', (chart) =>
    routes(chart, { matches: [UNDER_A], ...CANARY }, { matches: [AT_A], port: 80, ...CANARY }), [
    '[test/web] rule-unreachable at routes[1]: all its requests are taken by routes[0]; put it first, or drop it',
  ]],
  ['fails if a route stands after a catch-all', (chart) =>
    web(chart, { weights: undefined, routes: [CANARY, { matches: [AT_A], weights: { v1: 1 } }, CANARY] }), [
    '[test/web] rule-unreachable at routes[1]: all its requests are taken by routes[0]; put it first, or drop it',
    '[test/web] rule-duplicate at routes[2]: it has the same conditions as routes[0], which comes first; drop one of them, or change its conditions',
  ]],
  ['fails if weights stand after a catch-all', (chart) => routes(chart, CANARY), [
    '[test/web] rule-unreachable at weights: the routes take every request, and leave none for what stands on the service itself; set it on the routes, or drop it',
  ]],
  ['fails if a filter of the service is lost behind a catch-all', (chart) =>
    web(chart, { weights: undefined, timeout: Duration.seconds(1), requestHeaders: { set: { 'x-a': '1' } }, routes: [CANARY] }), [
    '[test/web] rule-unreachable at requestHeaders: the routes take every request, and leave none for what stands on the service itself; set it on the routes, or drop it',
  ]],
  ['fails if splitByPods is lost behind a catch-all', (chart) => web(chart, { weights: undefined, splitByPods: true, routes: [CANARY] }), [
    '[test/web] rule-unreachable at splitByPods: the routes take every request, and leave none for what stands on the service itself; set it on the routes, or drop it',
  ]],
  ['fails if catch-alls take each port in turn', (chart) =>
    web(chart, { ports: TWO, routes: [{ port: 80, ...CANARY }, { port: 8080, ...CANARY }] }), [
    '[test/web] rule-unreachable at weights: the routes take every request, and leave none for what stands on the service itself; set it on the routes, or drop it',
  ]],
  ['fails if a catch-all of one port is said twice', (chart) =>
    web(chart, { ports: TWO, routes: [{ port: 80, ...CANARY }, { port: 80, weights: { v1: 1 } }] }), [
    '[test/web] rule-duplicate at routes[1]: it has the same conditions as routes[0], which comes first; drop one of them, or change its conditions',
  ]],
  ['fails if a route for all ports comes after one for each', (chart) => web(chart, {
    ports: TWO, routes: [{ matches: [UNDER_A], port: 80, ...CANARY }, { matches: [UNDER_A], port: 8080, ...CANARY }, { matches: [AT_A], ...CANARY }],
  }), [
    '[test/web] rule-unreachable at routes[2]: all its requests are taken by routes[0] and routes[1]; put it first, or drop it',
  ]],
  ['fails if a source is asked for after a catch-all of its port', (chart) => web(chart, {
    ports: BOTH, routes: [{ port: 9000, ...CANARY }, { matches: [{ source: SHOP }], port: 9000, weights: { v1: 1 } }],
  }), [
    '[test/web] rule-unreachable at routes[1]: all its requests are taken by routes[0]; put it first, or drop it',
  ]],
  ['fails if alternatives of one route are equal', (chart) => routes(chart, { matches: [UNDER_A, { path: PathMatch.prefix('/a/') }], ...CANARY }), [
    '[test/web] rule-duplicate at routes[0].matches[1]: it has the same conditions as matches[0]; drop one of them, or change its conditions',
  ]],
];

const FAULTS: Refusal[] = [
  ['fails if the share of a fault is negative', (chart) => routes(chart, { matches: [UNDER_A], fault: Fault.abort(503, { percent: -1 }) }), [
    '[test/web] fault-invalid at routes[0].fault: the share is -1; give a percentage from 0 to 100',
  ]],
  ['fails if the share of a fault is above 100', (chart) =>
    routes(chart, { matches: [UNDER_A], fault: Fault.delay(Duration.seconds(1), { percent: 100.1 }) }), [
    '[test/web] fault-invalid at routes[0].fault: the share is 100.1; give a percentage from 0 to 100',
  ]],
  ['fails if the share of a fault is NaN', (chart) =>
    routes(chart, { matches: [UNDER_A], fault: Fault.abortGrpc(GrpcStatus.UNAVAILABLE, { percent: NaN }) }), [
    '[test/web] fault-invalid at routes[0].fault: the share is NaN; give a percentage from 0 to 100',
  ]],
  ['fails if the share of a fault is less than Istio takes', (chart) =>
    routes(chart, { matches: [UNDER_A], fault: Fault.abort(503, { percent: 0.00001 }) }), [
    '[test/web] fault-invalid at routes[0].fault: the share is 0.00001, and the least that Istio takes is 0.0001; give a larger share',
  ]],
  ['fails if the status of a fault is 199', (chart) => routes(chart, { matches: [UNDER_A], fault: Fault.abort(199) }), [
    '[test/web] fault-invalid at routes[0].fault: the value is 199; give a whole number from 200 to 599',
  ]],
  ['fails if the status of a fault is 600', (chart) => routes(chart, { matches: [UNDER_A], fault: Fault.abort(600) }), [
    '[test/web] fault-invalid at routes[0].fault: the value is 600; give a whole number from 200 to 599',
  ]],
  ['fails if the status of a fault is NaN', (chart) => routes(chart, { matches: [UNDER_A], fault: Fault.abort(NaN) }), [
    '[test/web] fault-invalid at routes[0].fault: the value is NaN; give a whole number from 200 to 599',
  ]],
  ['fails if a fault delays by nothing', (chart) => routes(chart, { matches: [UNDER_A], fault: Fault.delay(Duration.millis(0)) }), [
    '[test/web] fault-invalid at routes[0].fault: the duration is 0 ms; give whole milliseconds, from 1 ms to 365 days, or drop the fault',
  ]],
  ['fails if a fault delays by less than a millisecond', (chart) =>
    routes(chart, { matches: [UNDER_A], fault: Fault.delay(Duration.millis(0.5)) }), [
    '[test/web] fault-invalid at routes[0].fault: the duration is 0.5 ms; give whole milliseconds, from 1 ms to 365 days, or drop the fault',
  ]],
  ['fails if a fault is empty', (chart) => routes(chart, { matches: [UNDER_A], fault: Fault.all() }), [
    '[test/web] fault-invalid at routes[0].fault: the fault neither delays nor aborts; use `Fault.delay` or `Fault.abort`',
  ]],
  ['fails if a fault aborts twice', (chart) => routes(chart, { matches: [UNDER_A], fault: Fault.all(Fault.abort(500), Fault.abort(503)) }), [
    '[test/web] fault-invalid at routes[0].fault: a fault has one abort at most; drop one of the two',
  ]],
  ['fails if a fault of the service does not say that it is meant for all traffic', (chart) =>
    web(chart, { fault: Fault.abort(503, { percent: 1 }) }), [
    '[test/web] fault-all-traffic at fault: the fault has no condition and would hit every request; '
      + 'move it to a route with `matches`, or say `allTraffic: true` if that is meant',
  ]],
  ['fails if a fault of a route without matches does not say that it is meant for all traffic', (chart) =>
    web(chart, { weights: undefined, routes: [{ ...CANARY, fault: Fault.delay(Duration.seconds(1)) }] }), [
    '[test/web] fault-all-traffic at routes[0].fault: the fault has no condition and would hit every request; '
      + 'move it to a route with `matches`, or say `allTraffic: true` if that is meant',
  ]],
  ['fails if a fault has no condition but an empty one', (chart) =>
    web(chart, { weights: undefined, routes: [{ ...CANARY, matches: [{ headers: [] }], port: 80, fault: Fault.abort(503) }] }), [
    '[test/web] fault-all-traffic at routes[0].fault: the fault has no condition and would hit every request; '
      + 'move it to a route with `matches`, or say `allTraffic: true` if that is meant',
  ]],
  ['fails if a fault inside another aborts twice', (chart) =>
    routes(chart, { matches: [UNDER_A], fault: Fault.all(Fault.all(Fault.abort(500), Fault.abort(503)), Fault.delay(Duration.seconds(1))) }), [
    '[test/web] fault-invalid at routes[0].fault: a fault has one abort at most; drop one of the two',
  ]],
  ['fails if a fault delays by a fraction of a millisecond', (chart) =>
    routes(chart, { matches: [UNDER_A], fault: Fault.delay(Duration.millis(1.5)) }), [
    '[test/web] fault-invalid at routes[0].fault: the duration is 1.5 ms; give whole milliseconds, from 1 ms to 365 days, or drop the fault',
  ]],
  ['fails if a fault delays by more than a year', (chart) => routes(chart, { matches: [UNDER_A], fault: Fault.delay(Duration.days(366)) }), [
    '[test/web] fault-invalid at routes[0].fault: the duration is 31622400000 ms; give whole milliseconds, from 1 ms to 365 days, or drop the fault',
  ]],
  ['fails if the gRPC status of a fault does not exist', (chart) => routes(chart, { matches: [UNDER_A], fault: Fault.abortGrpc(fromJs('OK')) }), [
    '[test/web] fault-invalid at routes[0].fault: "OK" is no gRPC status; use one of `GrpcStatus`',
  ]],
];

const FORWARDING: Refusal[] = [
  ['fails if a version is mirrored to itself', (chart) => routes(chart, { matches: [UNDER_A], ...CANARY, mirrors: [Mirror.to('v2')] }), [
    '[test/web] mirror-self at routes[0].mirrors[0]: "v2" answers every request of this rule and would get each of them again; '
      + 'mirror to another version',
  ]],
  ['fails if the only version is mirrored to itself', (chart) => single(chart, {}, { mirrors: [Mirror.to('v1')] }), [
    '[test/web] mirror-self at mirrors[0]: "v1" answers every request of this rule and would get each of them again; mirror to another version',
  ]],
  ['fails if a mirror names a missing version', (chart) => routes(chart, { matches: [UNDER_A], mirrors: [Mirror.to('v11')] }), [
    '[test/web] version-unknown at routes[0].mirrors[0]: no version is named "v11", declared are "v1", "v2"; did you mean "v1"?',
  ]],
  ['fails if a mirror of the service names a missing version', (chart) => web(chart, { mirrors: [Mirror.to('shadow')] }), [
    '[test/web] version-unknown at mirrors[0]: no version is named "shadow", declared are "v1", "v2"; name a declared version',
  ]],
  ['fails if the share of a mirror is above 100', (chart) => web(chart, { mirrors: [Mirror.to('v2', 101)] }), [
    '[test/web] mirror-invalid at mirrors[0]: the share is 101; give a percentage from 0 to 100',
  ]],
  ['fails if the share of a mirror is NaN', (chart) => web(chart, { mirrors: [Mirror.to('v2', NaN)] }), [
    '[test/web] mirror-invalid at mirrors[0]: the share is NaN; give a percentage from 0 to 100',
  ]],
  ['fails if a version with 0 replicas gets copies', (chart) =>
    web(chart, { versions: [V1, { ...V2, replicas: 0 }], weights: { v1: 1 }, mirrors: [Mirror.to('v2')] }), [
    '[test/web] version-without-replicas at mirrors[0]: requests are mirrored to the version "v2", which has 0 replicas; '
      + 'give it replicas, or drop the mirror',
  ]],
  ['fails if the timeout of the service is 0', (chart) => web(chart, { timeout: Duration.seconds(0) }), [
    '[test/web] timeout-invalid at timeout: the duration is 0 ms; give whole milliseconds, from 1 ms to 365 days, or leave it out for none',
  ]],
  ['fails if the timeout of a route is less than a millisecond', (chart) => routes(chart, { matches: [UNDER_A], timeout: Duration.millis(0.5) }), [
    '[test/web] timeout-invalid at routes[0].timeout: the duration is 0.5 ms; '
      + 'give whole milliseconds, from 1 ms to 365 days, or leave it out for none',
  ]],
  ['fails if the attempts are negative', (chart) => web(chart, { retries: Retries.attempts(-1) }), [
    '[test/web] retries-invalid at retries.attempts: the value is -1; give a whole number from 1 to 1000',
  ]],
  ['fails if the attempts are fractional', (chart) => web(chart, { retries: Retries.attempts(1.5) }), [
    '[test/web] retries-invalid at retries.attempts: the value is 1.5; give a whole number from 1 to 1000',
  ]],
  ['fails if the attempts are 0', (chart) => web(chart, { retries: Retries.attempts(0) }), [
    '[test/web] retries-invalid at retries.attempts: the number of attempts is 0; use `Retries.none()` to switch retries off',
  ]],
  ['fails if the times of retries are 0', (chart) =>
    web(chart, { retries: Retries.attempts(2, { perTryTimeout: Duration.millis(0), backoff: Duration.millis(0) }) }), [
    '[test/web] retries-invalid at retries.perTryTimeout: the duration is 0 ms; give whole milliseconds, from 1 ms to 365 days, or leave it out',
    '[test/web] retries-invalid at retries.backoff: the duration is 0 ms; give whole milliseconds, from 1 ms to 365 days, or leave it out',
  ]],
  ['fails if a retry condition is misspelt, and offers the nearest', (chart) =>
    web(chart, { retries: Retries.attempts(2, { retryOn: ['gatway-error'] }) }), [
    '[test/web] retries-invalid at retries.retryOn: "gatway-error" is neither a status nor one of "5xx", "gateway-error", "reset", '
      + '"reset-before-request", "connect-failure", "retriable-4xx", "refused-stream", "retriable-status-codes", "retriable-headers", '
      + '"envoy-ratelimited", "http3-post-connect-failure", "cancelled", '
      + '"deadline-exceeded", "internal", "resource-exhausted", "unavailable"; did you mean "gateway-error"?',
  ]],
  ['fails if a retry condition is a status that does not exist', (chart) =>
    web(chart, { retries: Retries.attempts(2, { retryOn: ['5xx', '600'] }) }), [
    '[test/web] retries-invalid at retries.retryOn: "600" is neither a status nor one of "5xx", "gateway-error", "reset", '
      + '"reset-before-request", "connect-failure", "retriable-4xx", "refused-stream", "retriable-status-codes", "retriable-headers", '
      + '"envoy-ratelimited", "http3-post-connect-failure", "cancelled", '
      + '"deadline-exceeded", "internal", "resource-exhausted", "unavailable"; name a condition',
  ]],
  ['fails if a header change is empty', (chart) => web(chart, { requestHeaders: {}, responseHeaders: { set: {}, add: {}, remove: [] } }), [
    '[test/web] header-invalid at requestHeaders: no header is changed; name a header, or drop the filter',
    '[test/web] header-invalid at responseHeaders: no header is changed; name a header, or drop the filter',
  ]],
  ['fails if a changed header has no name', (chart) => web(chart, { requestHeaders: { remove: [''] } }), [
    '[test/web] header-invalid at requestHeaders: the header name is empty; name the header',
  ]],
  ['fails if a changed header is malformed', (chart) => web(chart, { responseHeaders: { add: { 'x a': '1' } } }), [
    '[test/web] header-invalid at responseHeaders: "x a" is no header name; use letters, digits and "-"',
  ]],
  ['fails if the Host header is changed', (chart) => web(chart, { requestHeaders: { set: { Host: 'example.com' } } }), [
    '[test/web] header-invalid at requestHeaders: the host is no header to change; use `Rewrite.hostname`',
  ]],
  ['fails if the value of a header holds a line break', (chart) => web(chart, { requestHeaders: { set: { 'x-a': '1\r\nx-b: 2' } } }), [
    '[test/web] header-invalid at requestHeaders: the value of "x-a" holds a line break or another control character; give one line of text',
  ]],
  ['fails if a prefix is rewritten where nothing is matched', (chart) => web(chart, { rewrite: Rewrite.prefix('/b') }), [
    '[test/web] rewrite-invalid at rewrite: the matched prefix is to be replaced, and the rule has no `matches`; '
      + 'match with `PathMatch.prefix`, or replace the full path',
  ]],
  ['fails if a prefix is rewritten where an exact path is matched', (chart) => routes(chart, { matches: [AT_A], rewrite: Rewrite.prefix('/b') }), [
    '[test/web] rewrite-invalid at routes[0].rewrite: the matched prefix is to be replaced, and matches[0] has no path prefix; '
      + 'match with `PathMatch.prefix`, or replace the full path',
  ]],
  ['fails if a prefix is rewritten where one of the matches has none', (chart) =>
    routes(chart, { matches: [UNDER_A, { method: HttpMethod.GET }], rewrite: Rewrite.prefix('/b') }), [
    '[test/web] rewrite-invalid at routes[0].rewrite: the matched prefix is to be replaced, and matches[1] has no path prefix; '
      + 'match with `PathMatch.prefix`, or replace the full path',
  ]],
  ['fails if the path is rewritten twice', (chart) =>
    routes(chart, { matches: [UNDER_A], rewrite: Rewrite.all(Rewrite.path('/b'), Rewrite.prefix('/c')) }), [
    '[test/web] rewrite-invalid at routes[0].rewrite: the path is rewritten twice; drop one of the two',
  ]],
  ['fails if a path is rewritten to none', (chart) => web(chart, { rewrite: Rewrite.path('b') }), [
    '[test/web] rewrite-invalid at rewrite: "b" does not start with "/"; write "/b"',
  ]],
  ['fails if a path is rewritten to one with a query', (chart) => routes(chart, { matches: [UNDER_A], rewrite: Rewrite.prefix('/b?c=d') }), [
    '[test/web] rewrite-invalid at routes[0].rewrite: "/b?c=d" holds "?", "#" or a space, which no path has; give the path alone; '
      + 'query parameters have conditions of their own',
  ]],
  ['fails if the host is rewritten to an address with a port', (chart) => web(chart, { rewrite: Rewrite.hostname('example.com:80') }), [
    '[test/web] name-invalid at rewrite: "example.com:80" is not made of a DNS name, of labels with 63 characters at most; give a host name',
  ]],
  ['fails if the share of a mirror is less than Istio takes', (chart) => web(chart, { mirrors: [Mirror.to('v2', 0.00001)] }), [
    '[test/web] mirror-invalid at mirrors[0]: the share is 0.00001, and the least that Istio takes is 0.0001; give a larger share',
  ]],
  ['fails if a version is mirrored twice', (chart) => web(chart, { mirrors: [Mirror.to('v2', 10), Mirror.to('v2', 20)] }), [
    '[test/web] mirror-invalid at mirrors[1]: requests are mirrored to "v2" twice; drop one of the two',
  ]],
  ['fails if a timeout is a fraction of a millisecond', (chart) => web(chart, { timeout: Duration.millis(1.5) }), [
    '[test/web] timeout-invalid at timeout: the duration is 1.5 ms; give whole milliseconds, from 1 ms to 365 days, or leave it out for none',
  ]],
  ['fails if a timeout is more than a year', (chart) => web(chart, { timeout: Duration.days(366) }), [
    '[test/web] timeout-invalid at timeout: the duration is 31622400000 ms; give whole milliseconds, from 1 ms to 365 days, or leave it out for none',
  ]],
  ['fails if nothing is retried', (chart) => web(chart, { retries: Retries.attempts(2, { retryOn: [] }) }), [
    '[test/web] retries-invalid at retries.retryOn: nothing is retried; name a condition, or use `Retries.none()`',
  ]],
  ['fails if a header is named like a property of every object', (chart) =>
    web(chart, { requestHeaders: { set: map('constructor', 'a'), add: map('__proto__', 'a') } }), [
    '[test/web] header-invalid at requestHeaders: "constructor" is a word that JavaScript keeps for itself; use another header',
    '[test/web] header-invalid at requestHeaders: "__proto__" is a word that JavaScript keeps for itself; use another header',
  ]],
  ['fails if the value of a header holds a control character', (chart) => web(chart, { responseHeaders: { set: { 'x-a': 'a\u0000' } } }), [
    '[test/web] header-invalid at responseHeaders: the value of "x-a" holds a line break or another control character; give one line of text',
  ]],
  ['fails if a rewrite is empty', (chart) => web(chart, { rewrite: Rewrite.all() }), [
    '[test/web] rewrite-invalid at rewrite: nothing is rewritten; name a host or a path, or drop it',
  ]],
  ['fails if a rewrite inside another is said twice', (chart) =>
    web(chart, { rewrite: Rewrite.all(Rewrite.all(Rewrite.path('/a'), Rewrite.path('/b')), Rewrite.hostname('example.com')) }), [
    '[test/web] rewrite-invalid at rewrite: the path is rewritten twice; drop one of the two',
  ]],
  ['fails if the host is rewritten to an address', (chart) => web(chart, { rewrite: Rewrite.hostname('10.0.0.1') }), [
    '[test/web] name-invalid at rewrite: "10.0.0.1" is not made of a DNS name, of labels with 63 characters at most; give a host name',
  ]],
  ['fails if a label of the host has 64 characters', (chart) => web(chart, { rewrite: Rewrite.hostname('a'.repeat(64)) }), [
    '[test/web] name-invalid at rewrite: "' + 'a'.repeat(64) + '" is not made of a DNS name, of labels with 63 characters at most; give a host name',
  ]],
];

const REDIRECTS: Refusal[] = [
  ['fails if a redirect changes nothing', (chart) => routes(chart, { matches: [UNDER_A], redirect: { statusCode: 301 } }), [
    '[test/web] redirect-invalid at routes[0].redirect: the redirect leads back to the same address; change the scheme, host, port or path',
  ]],
  ['fails if a redirect has an unknown scheme', (chart) => routes(chart, { matches: [UNDER_A], redirect: { scheme: 'HTTPS' } }), [
    '[test/web] redirect-invalid at routes[0].redirect: the scheme is "HTTPS"; use "http" or "https"',
  ]],
  ['fails if a redirect has a malformed host', (chart) => routes(chart, { matches: [UNDER_A], redirect: { hostname: '*.example.com' } }), [
    '[test/web] name-invalid at routes[0].redirect: "*.example.com" is not made of a DNS name, of labels with 63 characters at most; '
      + 'give a host name',
  ]],
  ['fails if a redirect has no port', (chart) => routes(chart, { matches: [UNDER_A], redirect: { port: NaN } }), [
    '[test/web] redirect-invalid at routes[0].redirect: the value is NaN; give a whole number from 1 to 65535',
  ]],
  ['fails if a redirect has a status that is none', (chart) => routes(chart, { matches: [UNDER_A], redirect: { path: '/b', statusCode: 200 } }), [
    '[test/web] redirect-invalid at routes[0].redirect: the status is 200; use 301, 302, 303, 307, 308',
  ]],
  ['fails if a redirect has a path without a slash', (chart) => routes(chart, { matches: [UNDER_A], redirect: { path: 'b' } }), [
    '[test/web] redirect-invalid at routes[0].redirect: "b" does not start with "/"; write "/b"',
  ]],
  ['fails if a redirect replaces both path and prefix', (chart) => routes(chart, { matches: [UNDER_A], redirect: { path: '/b', prefix: '/c' } }), [
    '[test/web] redirect-invalid at routes[0].redirect: both the full path and the prefix are to be replaced; give `path` or `prefix`',
  ]],
  ['fails if a redirect replaces a prefix where an exact path is matched', (chart) =>
    routes(chart, { matches: [AT_A], redirect: { prefix: '/b' } }), [
    '[test/web] redirect-invalid at routes[0].redirect: the matched prefix is to be replaced, and matches[0] has no path prefix; '
      + 'match with `PathMatch.prefix`, or replace the full path',
  ]],
  ['fails if a redirect replaces a prefix where a regular expression is matched', (chart) =>
    routes(chart, { matches: [{ path: PathMatch.regex('/a.*') }], redirect: { prefix: '/b' } }), [
    '[test/web] redirect-invalid at routes[0].redirect: the matched prefix is to be replaced, and matches[0] has no path prefix; '
      + 'match with `PathMatch.prefix`, or replace the full path',
  ]],
  ['fails if a redirect replaces a prefix where nothing is matched', (chart) =>
    web(chart, { weights: undefined, routes: [{ redirect: { prefix: '/b' } }] }), [
    '[test/web] redirect-invalid at routes[0].redirect: the matched prefix is to be replaced, and the rule has no `matches`; '
      + 'match with `PathMatch.prefix`, or replace the full path',
  ]],
  ['fails if a redirect comes with settings for forwarded requests', (chart) => routes(chart, {
    matches: [UNDER_A],
    redirect: { path: '/b' },
    weights: { v2: 1 },
    mirrors: [Mirror.to('v2')],
    rewrite: Rewrite.path('/c'),
    requestHeaders: { set: { 'x-a': '1' } },
    timeout: Duration.seconds(1),
    retries: Retries.none(),
    fault: Fault.abort(503),
  }), [
    '[test/web] redirect-mixed at routes[0].weights: a redirect forwards nothing, so that this would be lost; use two routes, or drop one of them',
    '[test/web] redirect-mixed at routes[0].mirrors: a redirect forwards nothing, so that this would be lost; use two routes, or drop one of them',
    '[test/web] redirect-mixed at routes[0].rewrite: a redirect forwards nothing, so that this would be lost; use two routes, or drop one of them',
    '[test/web] redirect-mixed at routes[0].requestHeaders: a redirect forwards nothing, so that this would be lost; '
      + 'use two routes, or drop one of them',
    '[test/web] redirect-mixed at routes[0].timeout: a redirect forwards nothing, so that this would be lost; use two routes, or drop one of them',
    '[test/web] redirect-mixed at routes[0].retries: a redirect forwards nothing, so that this would be lost; use two routes, or drop one of them',
    '[test/web] redirect-mixed at routes[0].fault: a redirect is answered before a fault could act; use two routes, or drop one of them',
  ]],
];

const POLICIES: Refusal[] = [
  ['fails if a traffic policy is empty', (chart) => web(chart, { trafficPolicy: {} }), [
    '[test/web] policy-invalid at trafficPolicy: the traffic policy says nothing; set one of its fields, or drop it',
  ]],
  ['fails if the traffic policy of a version is empty', (chart) => single(chart, { trafficPolicy: {} }), [
    '[test/web] policy-invalid at versions.v1.trafficPolicy: the traffic policy says nothing; set one of its fields, or drop it',
  ]],
  ['fails if a connection pool is empty', (chart) => web(chart, { trafficPolicy: { connectionPool: {} } }), [
    '[test/web] policy-invalid at trafficPolicy.connectionPool: the connection pool has no limit; set one of its fields, or drop it',
  ]],
  ['fails if connections are limited to 0', (chart) => web(chart, { trafficPolicy: { connectionPool: { maxConnections: 0 } } }), [
    '[test/web] policy-invalid at trafficPolicy.connectionPool.maxConnections: the value is 0; give a whole number from 1 to 2147483647',
  ]],
  ['fails if the counts of a connection pool are no counts', (chart) =>
    web(chart, {
      trafficPolicy: { connectionPool: { http1MaxPendingRequests: 1.5, http2MaxRequests: 2 ** 31, maxRequestsPerConnection: -1, maxRetries: NaN } },
    }), [
    '[test/web] policy-invalid at trafficPolicy.connectionPool.http1MaxPendingRequests: the value is 1.5; give a whole number from 1 to 2147483647',
    '[test/web] policy-invalid at trafficPolicy.connectionPool.http2MaxRequests: the value is 2147483648; give a whole number from 1 to 2147483647',
    '[test/web] policy-invalid at trafficPolicy.connectionPool.maxRequestsPerConnection: the value is -1; give a whole number from 0 to 2147483647',
    '[test/web] policy-invalid at trafficPolicy.connectionPool.maxRetries: the value is NaN; give a whole number from 1 to 2147483647',
  ]],
  ['fails if the times of a connection pool are 0', (chart) => web(chart, {
    trafficPolicy: {
      connectionPool: {
        connectTimeout: Duration.millis(0),
        tcpIdleTimeout: Duration.millis(0),
        maxConnectionDuration: Duration.millis(0),
        httpIdleTimeout: Duration.millis(0),
      },
    },
  }), [
    '[test/web] policy-invalid at trafficPolicy.connectionPool.connectTimeout: the duration is 0 ms; '
      + 'give whole milliseconds, from 1 ms to 365 days, or leave it out',
    '[test/web] policy-invalid at trafficPolicy.connectionPool.tcpIdleTimeout: the duration is 0 ms; '
      + 'give whole milliseconds, from 1 ms to 365 days, or leave it out',
    '[test/web] policy-invalid at trafficPolicy.connectionPool.maxConnectionDuration: the duration is 0 ms; '
      + 'give whole milliseconds, from 1 ms to 365 days, or leave it out',
    '[test/web] policy-invalid at trafficPolicy.connectionPool.httpIdleTimeout: the duration is 0 ms; '
      + 'give whole milliseconds, from 1 ms to 365 days, or leave it out',
  ]],
  ['fails if the numbers of an outlier detection are out of range', (chart) => web(chart, {
    trafficPolicy: {
      outlierDetection: {
        consecutive5xxErrors: -1,
        consecutiveGatewayErrors: 1.5,
        maxEjectionPercent: 101,
        minHealthPercent: NaN,
        interval: Duration.millis(0),
        baseEjectionTime: Duration.millis(0.9),
      },
    },
  }), [
    '[test/web] policy-invalid at trafficPolicy.outlierDetection.consecutive5xxErrors: the value is -1; give a whole number from 0 to 2147483647',
    '[test/web] policy-invalid at trafficPolicy.outlierDetection.consecutiveGatewayErrors: the value is 1.5; '
      + 'give a whole number from 0 to 2147483647',
    '[test/web] policy-invalid at trafficPolicy.outlierDetection.maxEjectionPercent: the value is 101; give a whole number from 1 to 100',
    '[test/web] policy-invalid at trafficPolicy.outlierDetection.minHealthPercent: the value is NaN; give a whole number from 0 to 100',
    '[test/web] policy-invalid at trafficPolicy.outlierDetection.interval: the duration is 0 ms; '
      + 'give whole milliseconds, from 1 ms to 365 days, or leave it out',
    '[test/web] policy-invalid at trafficPolicy.outlierDetection.baseEjectionTime: the duration is 0.9 ms; '
      + 'give whole milliseconds, from 1 ms to 365 days, or leave it out',
  ]],
  ['fails if requests are hashed by a header without a name', (chart) =>
    web(chart, { trafficPolicy: { loadBalancing: LoadBalancing.hashHeader('') } }), [
    '[test/web] header-invalid at trafficPolicy.loadBalancing: the header name is empty; name the header',
  ]],
  ['fails if requests are hashed by a malformed header', (chart) =>
    single(chart, { trafficPolicy: { loadBalancing: LoadBalancing.hashHeader('x a') } }), [
    '[test/web] header-invalid at versions.v1.trafficPolicy.loadBalancing: "x a" is no header name; use letters, digits and "-"',
  ]],
  ['fails if requests are hashed by a cookie without a name', (chart) =>
    web(chart, { trafficPolicy: { loadBalancing: LoadBalancing.hashCookie('', Duration.hours(1)) } }), [
    '[test/web] policy-invalid at trafficPolicy.loadBalancing: the name to hash by is empty; name the cookie or query parameter',
  ]],
  ['fails if requests are hashed by a query parameter without a name', (chart) =>
    web(chart, { trafficPolicy: { loadBalancing: LoadBalancing.hashQuery('') } }), [
    '[test/web] policy-invalid at trafficPolicy.loadBalancing: the name to hash by is empty; name the cookie or query parameter',
  ]],
  ['fails if weights stand beside a balancing that leaves no choice', (chart) =>
    web(chart, { trafficPolicy: { loadBalancing: LoadBalancing.passthrough() } }), [
    '[test/web] policy-invalid at trafficPolicy.loadBalancing: requests go to the address that the client called, so that the weights have no '
      + 'effect; use another load balancing, or `splitByPods`',
  ]],
  ['fails if weights stand beside a balancing of one version that leaves no choice', (chart) =>
    web(chart, { versions: [V1, { ...V2, trafficPolicy: { loadBalancing: LoadBalancing.passthrough() } }] }), [
    '[test/web] policy-invalid at versions.v2.trafficPolicy.loadBalancing: requests go to the address that the client called, so that the weights '
      + 'have no effect; use another load balancing, or `splitByPods`',
  ]],
  ['fails if a cookie lasts a fraction of a millisecond', (chart) =>
    web(chart, { trafficPolicy: { loadBalancing: LoadBalancing.hashCookie('user', Duration.millis(0.5)) } }), [
    '[test/web] policy-invalid at trafficPolicy.loadBalancing: the duration is 0.5 ms; '
      + 'give whole milliseconds, from 1 ms to 365 days, or 0 for the session',
  ]],
  ['fails if a time of a connection pool is a fraction of a millisecond', (chart) =>
    web(chart, { trafficPolicy: { connectionPool: { connectTimeout: Duration.millis(1.5) } } }), [
    '[test/web] policy-invalid at trafficPolicy.connectionPool.connectTimeout: the duration is 1.5 ms; '
      + 'give whole milliseconds, from 1 ms to 365 days, or leave it out',
  ]],
];

const ACCESS: Refusal[] = [
  ['fails if a client is allowed twice', (chart) =>
    web(chart, { allowFrom: [Client.serviceAccount('cart'), Client.serviceAccount('cart', { namespace: 'default' })] }), [
    '[test/web] access-invalid at allowFrom[1]: the same client is allowed twice; name it once, with all its requests',
  ]],
  ['fails if the allowed requests have no condition', (chart) => web(chart, { allowFrom: [Client.namespace('shop', { requests: [{}] })] }), [
    '[test/web] access-invalid at allowFrom[0].requests[0]: it has no condition, so that every request is meant; '
      + 'leave `requests` out if everything is meant',
  ]],
  ['fails if the allowed requests are malformed', (chart) =>
    web(chart, { allowFrom: [Client.namespace('shop', { requests: [{ name: 'A B', path: PathMatch.prefix('a'), methods: [fromJs('BREW')] }] })] }), [
    '[test/web] name-invalid at allowFrom[0].requests[0].name: "A B" is not made of lower-case letters, digits and "-", beginning and ending with '
      + 'a letter or digit; give a valid `name`',
    '[test/web] path-invalid at allowFrom[0].requests[0].path: "a" does not start with "/"; write "/a"',
    '[test/web] match-invalid at allowFrom[0].requests[0].methods: the method is "BREW"; '
      + 'use one of GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH',
  ]],
  ['fails if one name stands for two kinds of requests', (chart) =>
    web(chart, { allowFrom: ['a', 'b'].map((name) => Client.serviceAccount(name, { requests: [{ name: 'read', path: PathMatch.exact(`/${name}`) }] })) }), [
    '[test/web] access-invalid at allowFrom[1].requests[0].name: the name "read" stands for other requests already; names in use: "read"; '
      + 'give each kind of request a name of its own',
  ]],
  ['fails if requests are told apart on a service without HTTP', (chart) => web(chart, {
    ports: [{ port: 9000, protocol: Protocol.TCP }], allowFrom: [Client.namespace('shop', { requests: [{ methods: [HttpMethod.GET] }] })],
  }), [
    '[test/web] rule-needs-http at allowFrom[0].requests: requests are told apart by HTTP, and no port carries it; drop `requests`',
  ]],
  ['fails if a client is malformed', (chart) =>
    web(chart, { allowFrom: [Client.serviceAccount('Cart'), Client.namespace('*'), Client.namespace('')] }), [
    '[test/web] name-invalid at allowFrom[0]: "Cart" is not made of lower-case letters, digits, "-" and ".", beginning and ending with a '
      + 'letter or digit; give the name of a service account',
    '[test/web] name-invalid at allowFrom[1]: "*" is not made of lower-case letters, digits and "-", beginning and ending with a letter or digit; '
      + 'give the name of a namespace',
    '[test/web] name-invalid at allowFrom[2]: "" is not made of lower-case letters, digits and "-", beginning and ending with a letter or digit; '
      + 'give the name of a namespace',
  ]],
  ['fails if no mesh is chosen', (chart) => web(new Chart(chart.node.root as App, 'bare')), [
    '[bare/web] mesh-missing at mesh: no mesh is chosen for this service; '
      + 'give `mesh`, or call `Mesh.setDefault` for the app or the chart before the service is declared',
  ]],
  ['fails if no mesh is chosen for a namespace, whose pods would belong to none', (chart) => new MeshNamespace(new Chart(chart.node.root as App, 'bare'), 'shop'), [
    '[bare/shop] mesh-missing at mesh: no mesh is chosen for this namespace; '
      + 'give `mesh`, or call `Mesh.setDefault` for the app or the chart before the namespace is declared',
  ]],
  ['fails if the mesh cannot do what is declared', (chart) =>
    web(chart, { mesh: poorMesh(), routes: [{ matches: [UNDER_A], ...CANARY }], allowFrom: [] }), [
    '[test/web] capability-missing at routes[0].matches[0]: the mesh "poor" cannot match paths (HTTPRoutePathMatching); '
      + 'leave it out, or choose a mesh that can',
  ]],
];

const MESH: Refusal[] = [
  ['fails if the domain of the cluster is malformed', (chart) => web(chart, { mesh: Mesh.istio({ clusterDomain: 'cluster_local' }) }), [
    '[test/web] name-invalid at mesh.clusterDomain: "cluster_local" is not made of a DNS name, of labels with 63 characters at most; give a DNS name',
  ]],
  ['fails if the trust domain is malformed', (chart) => web(chart, { mesh: Mesh.istio({ trustDomain: '' }) }), [
    '[test/web] name-invalid at mesh.trustDomain: "" is not made of a DNS name, of labels with 63 characters at most; give a DNS name',
  ]],
  ['fails if the names of objects are malformed', (chart) =>
    web(chart, {
      mesh: Mesh.istio({ destinationRuleName: 'Rule', virtualServiceName: '', authorizationPolicyName: 'a_b', peerAuthenticationName: '-' }),
    }), [
    '[test/web] name-invalid at mesh.destinationRuleName: "Rule" is not made of lower-case letters, digits, "-" and ".", beginning and ending with '
      + 'a letter or digit; give a valid name',
    '[test/web] name-invalid at mesh.virtualServiceName: "" is not made of lower-case letters, digits, "-" and ".", beginning and ending with a '
      + 'letter or digit; give a valid name',
    '[test/web] name-invalid at mesh.authorizationPolicyName: "a_b" is not made of lower-case letters, digits, "-" and ".", beginning and ending '
      + 'with a letter or digit; give a valid name',
    '[test/web] name-invalid at mesh.peerAuthenticationName: "-" is not made of lower-case letters, digits, "-" and ".", beginning and ending with '
      + 'a letter or digit; give a valid name',
  ]],
  ['fails if the rules are exported to nobody', (chart) => web(chart, { mesh: Mesh.istio({ exportTo: [] }) }), [
    '[test/web] name-invalid at mesh.exportTo: the list is empty; leave it out for all namespaces',
  ]],
  ['fails if the rules are exported twice to one namespace', (chart) => web(chart, { mesh: Mesh.istio({ exportTo: ['shop', 'shop'] }) }), [
    '[test/web] name-invalid at mesh.exportTo: a namespace stands there twice; name each once',
  ]],
  ['fails if the rules are exported to all and to one', (chart) => web(chart, { mesh: Mesh.istio({ exportTo: ['*', '.'] }) }), [
    '[test/web] name-invalid at mesh.exportTo: "*" stands beside other namespaces; drop the others',
  ]],
  ['fails if the rules are exported to a malformed namespace', (chart) => web(chart, { mesh: Mesh.istio({ exportTo: ['My_Shop'] }) }), [
    '[test/web] name-invalid at mesh.exportTo: "My_Shop" is not made of lower-case letters, digits and "-", beginning and ending with a letter or '
      + 'digit; name a namespace, ".", or "*"',
  ]],
  ['fails if the revision is empty', (chart) => web(chart, { mesh: Mesh.istio({ injection: InjectionMode.revision('') }) }), [
    '[test/web] label-invalid at mesh.injection: "" cannot be the value of istio.io/rev; name a revision',
  ]],
  ['fails if the revision is malformed', (chart) => web(chart, { mesh: Mesh.istio({ injection: InjectionMode.revision('one two') }) }), [
    '[test/web] label-invalid at mesh.injection: "one two" cannot be the value of istio.io/rev; name a revision',
  ]],
];

const EXPOSURES: Refusal[] = [
  ['fails if no host is exposed', (chart) => exposed(chart, { hosts: [] }), [
    '[test/web/Exposure1] exposure-invalid at hosts: no host is exposed; name the hosts, or "*" for all',
  ]],
  ['fails if a host is in upper case', (chart) => exposed(chart, { hosts: ['Example.com'] }), [
    '[test/web/Exposure1] name-invalid at hosts[0]: "Example.com" is not made of a DNS name, "*", or "*." and a DNS name; '
      + 'give a DNS name, "*." and a DNS name, or "*"',
  ]],
  ['fails if a host has a port', (chart) => exposed(chart, { hosts: ['example.com:80'] }), [
    '[test/web/Exposure1] name-invalid at hosts[0]: "example.com:80" is not made of a DNS name, "*", or "*." and a DNS name; '
      + 'give a DNS name, "*." and a DNS name, or "*"',
  ]],
  ['fails if a host has two wildcards', (chart) => exposed(chart, { hosts: ['*.*.com'] }), [
    '[test/web/Exposure1] name-invalid at hosts[0]: "*.*.com" is not made of a DNS name, "*", or "*." and a DNS name; '
      + 'give a DNS name, "*." and a DNS name, or "*"',
  ]],
  ['fails if one host covers another', (chart) => exposed(chart, { hosts: ['shop.example.com', '*.example.com'] }), [
    '[test/web/Exposure1] exposure-invalid at hosts[0]: "*.example.com" already covers "shop.example.com"; name each host once',
  ]],
  ['fails if the gateway does not take the host', (chart) =>
    exposed(chart, { hosts: ['example.com'] }, {}, [{ ...HTTP, hosts: ['*.example.com'] }]), [
    '[test/web/Exposure1] exposure-invalid at hosts[0]: no listener of the gateway "gw" takes the host "example.com", they take "*.example.com"; '
      + 'add the host to a listener',
  ]],
  ['fails if the listener is not there', (chart) => exposed(chart, { listener: 'https-443' }), [
    '[test/web/Exposure1] listener-missing at listener: the gateway "gw" has no listener "https-443", it has "http-80"; name one of its listeners',
  ]],
  ['fails if the exposed port is not declared', (chart) => exposed(chart, { port: 8080 }), [
    '[test/web/Exposure1] port-unknown at port: the service has no port 8080, declared are 80; name a declared port',
  ]],
  ['fails if several ports fit the listeners', (chart) => exposed(chart, {}, { ports: [{ port: 80 }, { port: 8080 }] }), [
    '[test/web/Exposure1] exposure-invalid at port: the ports 80, 8080 all fit the listeners; say which one with `port`',
  ]],
  ['fails if no listener carries TCP', (chart) => exposed(chart, {}, { ports: [{ port: 9000, protocol: Protocol.TCP }] }), [
    '[test/web/Exposure1] listener-missing at gateway: no listener of the gateway "gw" ("http-80": HTTP) fits port 9000 (TCP); '
      + 'add a listener of that protocol to the gateway, or expose another port',
  ]],
  ['fails if no listener carries HTTP', (chart) => exposed(chart, {}, {}, [TCP]), [
    '[test/web/Exposure1] listener-missing at gateway: no listener of the gateway "gw" ("tcp-9000": TCP) fits port 80 (HTTP); '
      + 'add a listener of that protocol to the gateway, or expose another port',
  ]],
  ['fails if the named listener does not carry the named port', (chart) =>
    exposed(chart, { listener: 'tcp-9000', port: 80 }, { ports: [{ port: 80 }, { port: 9000, protocol: Protocol.TCP }] }, [HTTP, TCP]), [
    '[test/web/Exposure1] listener-missing at listener: no listener of the gateway "gw" ("http-80": HTTP, "tcp-9000": TCP) fits port 80 (HTTP); '
      + 'add a listener of that protocol to the gateway, or expose another port',
  ]],
  ['fails if HTTP is exposed on a listener that passes TLS through', (chart) =>
    exposed(chart, {}, {}, [{ port: 443, protocol: Protocol.TLS, tls: { mode: TlsMode.PASSTHROUGH } }]), [
    '[test/web/Exposure1] listener-missing at gateway: no listener of the gateway "gw" ("tls-443": TLS passthrough) fits port 80 (HTTP); '
      + 'add a listener of that protocol to the gateway, or expose another port',
  ]],
  ['fails if the gateway has no listener', (chart) => exposed(chart, {}, {}, []), [
    '[test/web/Exposure1] listener-missing at gateway: no listener of the gateway "gw" (it has none) fits port 80 (HTTP); '
      + 'add a listener of that protocol to the gateway, or expose another port',
    '[test/gw] listener-invalid at listeners: the gateway has no listener; declare at least one listener',
  ]],
  ['fails if conditions stand on an exposed TCP port', (chart) =>
    exposed(chart, { matches: [UNDER_A] }, { ports: [{ port: 9000, protocol: Protocol.TCP }] }, [TCP]), [
    '[test/web/Exposure1] rule-needs-http at matches: conditions on requests, and port 9000 carries TCP; drop `matches`',
  ]],
  ['fails if a condition of the exposure is empty', (chart) => exposed(chart, { matches: [{}] }), [
    '[test/web/Exposure1] exposure-invalid at matches[0]: the match has no condition, so that it takes everything; '
      + 'leave `matches` out if everything is meant',
  ]],
  ['fails if a condition of the exposure is malformed', (chart) => exposed(chart, { matches: [{ path: PathMatch.exact('a') }] }), [
    '[test/web/Exposure1] path-invalid at matches[0].path: "a" does not start with "/"; write "/a"',
  ]],
  ['fails if a condition of the exposure asks for a source', (chart) => exposed(chart, { matches: [{ source: SourceMatch.namespace('shop') }] }), [
    '[test/web/Exposure1] exposure-invalid at matches[0]: what comes through the gateway has no other source or gateway; drop `source` and `gateway`',
  ]],
  ['fails if the exposure and a route cannot be said in one condition', (chart) =>
    exposed(chart, { matches: [{ path: PathMatch.regex('/a.*') }] }, { routes: [{ matches: [UNDER_A], ...CANARY }] }), [
    '[test/web/Exposure1] conditions-inexpressible at matches: together with routes[0] it would have to say the paths regex "/a.*" and '
      + 'prefix "/a"; use conditions of one kind in both places',
  ]],
  ['fails if the exposure narrows a prefix that is rewritten', (chart) =>
    exposed(chart, { matches: [{ path: PathMatch.exact('/a/b') }] }, { routes: [{ matches: [UNDER_A], rewrite: Rewrite.prefix('/') }] }), [
    '[test/web/Exposure1] conditions-inexpressible at matches: together with routes[0] it would have to say that the prefix of the rule is '
      + 'replaced where the gateway lets in just the exact path "/a/b"; use conditions of one kind in both places',
  ]],
  ['fails if the exposure has a malformed name', (chart) => exposed(chart, { name: 'My_Route' }), [
    '[test/web/Exposure1] name-invalid at name: "My_Route" is not made of lower-case letters, digits, "-" and ".", beginning and ending with '
      + 'a letter or digit; give the exposure a valid `name`',
  ]],
  ['fails if the exposure has 254 characters', (chart) => exposed(chart, { name: 'x'.repeat(254) }), [
    '[test/web/Exposure1] name-invalid at name: "' + 'x'.repeat(254) + '" has 254 characters, the limit is 253; give the exposure a valid `name`',
  ]],
  ['fails if two exposures are equal', (chart) => {
    const way = gateway(chart, [HTTP]);
    web(chart, {}, 'a').exposeViaGateway(way, {});
    web(chart, {}, 'b').exposeViaGateway(way, {});
  }, [
    '[test/b/Exposure1] exposure-invalid at matches: "test/a/Exposure1" exposes some of the same requests on the gateway "gw", and the older '
      + 'object would decide; expose other hosts, paths or listeners',
  ]],
  ['fails if one exposure covers another', (chart) => {
    const way = gateway(chart, [HTTP]);
    web(chart, {}, 'a').exposeViaGateway(way, { matches: [UNDER_A] });
    web(chart, {}, 'b').exposeViaGateway(way, { matches: [AT_A] });
  }, [
    '[test/b/Exposure1] exposure-invalid at matches: "test/a/Exposure1" exposes some of the same requests on the gateway "gw", and the older '
      + 'object would decide; expose other hosts, paths or listeners',
  ]],
  ['fails if one exposure of a host covers another', (chart) => {
    const way = gateway(chart, [HTTP]);
    web(chart, {}, 'a').exposeViaGateway(way, { hosts: ['a.example.com', 'b.example.com'], matches: [AT_A] });
    web(chart, {}, 'b').exposeViaGateway(way, { hosts: ['b.example.com'], matches: [UNDER_A] });
  }, [
    '[test/b/Exposure1] exposure-invalid at matches: "test/a/Exposure1" exposes some of the same requests on the gateway "gw", and the older '
      + 'object would decide; expose other hosts, paths or listeners',
  ]],
  ['fails if two services take the connections of one listener', (chart) => {
    const way = gateway(chart, [TCP]);
    web(chart, { ports: [{ port: 9000, protocol: Protocol.TCP }] }, 'a').exposeViaGateway(way, {});
    web(chart, { ports: [{ port: 9000, protocol: Protocol.TCP }] }, 'b').exposeViaGateway(way, {});
  }, [
    '[test/b/Exposure1] exposure-invalid at matches: "test/a/Exposure1" exposes some of the same requests on the gateway "gw", and the older '
      + 'object would decide; expose other hosts, paths or listeners',
  ]],
  ['fails if hosts are exposed on a TCP listener', (chart) =>
    exposed(chart, { hosts: ['db.example.com'] }, { ports: [{ port: 9000, protocol: Protocol.TCP }] }, [TCP]), [
    '[test/web/Exposure1] exposure-invalid at hosts: port 9000 carries TCP, whose connections name no host; use "*"',
  ]],
  ['fails if an exposed host is an address', (chart) => exposed(chart, { hosts: ['10.0.0.1'] }), [
    '[test/web/Exposure1] name-invalid at hosts[0]: "10.0.0.1" is not made of a DNS name, "*", or "*." and a DNS name; '
      + 'give a DNS name, "*." and a DNS name, or "*"',
  ]],
  ['fails if a label of an exposed host has 64 characters', (chart) => exposed(chart, { hosts: [`*.${'a'.repeat(64)}.com`] }), [
    '[test/web/Exposure1] name-invalid at hosts[0]: "*.' + 'a'.repeat(64) + '.com" is not made of a DNS name, "*", or "*." and a DNS name; '
      + 'give a DNS name, "*." and a DNS name, or "*"',
  ]],
  ['fails if a host is exposed twice', (chart) => exposed(chart, { hosts: ['a.example.com', 'a.example.com'] }), [
    '[test/web/Exposure1] exposure-invalid at hosts[1]: "a.example.com" stands there twice; name each host once',
  ]],
  ['fails if the pods of the gateway do not see the subsets', (chart) =>
    exposed(chart, {}, { mesh: Mesh.istio({ exportTo: ['.', 'shop'] }) }), [
    '[test/web] exposure-invalid at mesh.exportTo: the pods of the gateway "gw" run in namespace "istio-system", which does not see the subsets; '
      + 'add "istio-system"',
  ]],
];

const GATEWAYS: Refusal[] = [
  ['fails if a gateway has no listener', (chart) => gateway(chart, []), [
    '[test/gw] listener-invalid at listeners: the gateway has no listener; declare at least one listener',
  ]],
  ['fails if a gateway is malformed', (chart) => new IstioGateway(chart, 'Gw', { listeners: [HTTP], namespace: '*' }), [
    '[test/Gw] name-invalid at name: "Gw" is not made of lower-case letters, digits and "-", beginning and ending with a letter or digit; '
      + 'give the gateway a valid `name`',
    '[test/Gw] name-invalid at namespace: "*" is not made of lower-case letters, digits and "-", beginning and ending with a letter or digit; '
      + 'give a valid `namespace`',
  ]],
  ['fails if a listener has no port', (chart) => gateway(chart, [{ port: NaN, protocol: Protocol.HTTP, name: 'http' }]), [
    '[test/gw] listener-invalid at listeners[0].port: the value is NaN; give a whole number from 1 to 65535',
  ]],
  ['fails if two listeners have one port and one host', (chart) => gateway(chart, [HTTP, { ...HTTP, hosts: ['example.com', '*'], name: 'other' }]), [
    '[test/gw] listener-duplicate at listeners[1].port: port 80 is taken by another listener with another protocol or the same hosts; '
      + 'listeners on one port need one protocol, and hosts of their own',
  ]],
  ['fails if two listeners take connections on one port', (chart) => gateway(chart, [TCP, { ...TCP, hosts: ['example.com'], name: 'other' }]), [
    '[test/gw] listener-duplicate at listeners[1].port: port 9000 is taken by another listener with another protocol or the same hosts; '
      + 'listeners on one port need one protocol, and hosts of their own',
  ]],
  ['fails if two listeners have one name', (chart) => gateway(chart, [HTTP, { ...TCP, name: 'http-80' }]), [
    '[test/gw] listener-duplicate at listeners[1].name: the listener name "http-80" is used twice; give each listener a `name` of its own',
  ]],
  ['fails if a listener has a malformed name', (chart) => gateway(chart, [{ ...HTTP, name: 'Http' }]), [
    '[test/gw] name-invalid at listeners[0].name: "Http" is not made of lower-case letters, digits and "-", beginning and ending with a '
      + 'letter or digit; give the listener a valid `name`',
  ]],
  ['fails if a listener takes no host', (chart) => gateway(chart, [{ ...HTTP, hosts: [] }]), [
    '[test/gw] listener-invalid at listeners[0].hosts: the listener takes no host; name the hosts, or "*" for all',
  ]],
  ['fails if a listener takes malformed hosts', (chart) => gateway(chart, [{ ...HTTP, hosts: ['Example.com', '', '*.', 'ns/example.com'] }]), [
    '[test/gw] name-invalid at listeners[0].hosts[0]: "Example.com" is not made of a DNS name, "*", or "*." and a DNS name; '
      + 'give a DNS name, "*." and a DNS name, or "*"',
    '[test/gw] name-invalid at listeners[0].hosts[1]: "" is not made of a DNS name, "*", or "*." and a DNS name; '
      + 'give a DNS name, "*." and a DNS name, or "*"',
    '[test/gw] name-invalid at listeners[0].hosts[2]: "*." is not made of a DNS name, "*", or "*." and a DNS name; '
      + 'give a DNS name, "*." and a DNS name, or "*"',
    '[test/gw] name-invalid at listeners[0].hosts[3]: "ns/example.com" is not made of a DNS name, "*", or "*." and a DNS name; '
      + 'give a DNS name, "*." and a DNS name, or "*"',
  ]],
  ['fails if a listener takes HTTPS without TLS settings', (chart) => gateway(chart, [{ port: 443, protocol: Protocol.HTTPS }]), [
    '[test/gw] listener-invalid at listeners[0].tls: the listener takes HTTPS and has no TLS settings; give `tls`',
  ]],
  ['fails if a listener takes HTTP with TLS settings', (chart) => gateway(chart, [{ ...HTTP, tls: { secretName: 'cert' } }]), [
    '[test/gw] listener-invalid at listeners[0].tls: TLS settings on a listener that takes HTTP; use HTTPS or TLS, or drop `tls`',
  ]],
  ['fails if no Secret holds the certificate', (chart) => gateway(chart, [{ port: 443, protocol: Protocol.HTTPS, tls: { secretName: '' } }]), [
    '[test/gw] listener-invalid at listeners[0].tls.secretName: no Secret holds the certificate; give `secretName`',
  ]],
  ['fails if HTTPS is passed through', (chart) => gateway(chart, [{ port: 443, protocol: Protocol.HTTPS, tls: { mode: TlsMode.PASSTHROUGH } }]), [
    '[test/gw] listener-invalid at listeners[0].tls.mode: what passes through as TLS cannot be taken as HTTPS; set the `protocol` to TLS',
  ]],
  ['fails if TLS is passed through with a certificate', (chart) =>
    gateway(chart, [{ port: 443, protocol: Protocol.TLS, tls: { mode: TlsMode.PASSTHROUGH, secretName: 'cert' } }]), [
    '[test/gw] listener-invalid at listeners[0].tls.secretName: the stream is passed through, so no certificate is needed; drop `secretName`',
  ]],
  ['fails if the selector of a gateway is empty', (chart) => new IstioGateway(chart, 'gw', { listeners: [HTTP], selector: {} }), [
    '[test/gw] label-invalid at selector: the selector is empty; name the labels of the gateway\'s pods',
  ]],
  ['fails if the selector of a gateway is malformed', (chart) =>
    new IstioGateway(chart, 'gw', { listeners: [HTTP], selector: { 'my app': 'one two' } }), [
    '[test/gw] label-invalid at selector: "my app" is not made of an optional DNS prefix and "/", then letters, digits, "-", "_" and "."; '
      + 'give a valid label key',
    '[test/gw] label-invalid at selector: "one two" is not made of letters, digits, "-", "_" and ".", beginning and ending with a letter or digit; '
      + 'give a valid label value',
  ]],
  ['fails if the account of a gateway is malformed', (chart) =>
    new IstioGateway(chart, 'gw', { listeners: [HTTP], serviceAccountName: 'My_Account', podNamespace: '*' }), [
    '[test/gw] name-invalid at serviceAccountName: "My_Account" is not made of lower-case letters, digits, "-" and ".", beginning and ending with '
      + 'a letter or digit; give the name of a service account',
    '[test/gw] name-invalid at podNamespace: "*" is not made of lower-case letters, digits and "-", beginning and ending with a letter or digit; '
      + 'give the name of a namespace',
  ]],
  ['fails if a listener carries something unknown', (chart) => gateway(chart, [{ port: 53, protocol: fromJs('UDP') }]), [
    '[test/gw] listener-invalid at listeners[0].protocol: the protocol is "UDP"; use one of HTTP, HTTP2, GRPC, HTTPS, TCP, TLS',
  ]],
  ['fails if the Secret of a listener is malformed', (chart) =>
    gateway(chart, [{ port: 443, protocol: Protocol.HTTPS, tls: { secretName: 'My_Cert' } }]), [
    '[test/gw] name-invalid at listeners[0].tls.secretName: "My_Cert" is not made of lower-case letters, digits, "-" and ".", beginning and ending '
      + 'with a letter or digit; give the name of a Secret',
  ]],
  ['fails if a listener sends to https what it takes as https', (chart) =>
    gateway(chart, [{ port: 443, protocol: Protocol.HTTPS, tls: { secretName: 'cert' }, httpsRedirect: true }]), [
    '[test/gw] listener-invalid at listeners[0].httpsRedirect: httpsRedirect on a listener that takes HTTPS; set it on the HTTP listener',
  ]],
  ['fails if two gateways want the same hosts on one port of the same pods', (chart) => {
    gateway(chart, [HTTP], 'a');
    gateway(chart, [TCP, HTTP], 'b');
  }, [
    '[test/b] listener-duplicate at listeners[1]: the gateway "test/a" takes the same hosts, or another protocol, on port 80 of the same pods; '
      + 'share one gateway, or give each its own hosts',
  ]],
];

const WARNINGS: Refusal[] = [
  ['fails if a misspelt warning is accepted', (chart) => Warnings.accept(chart, 'mesh-depricated'), [
    '[test] warning-unknown at Warnings.accept: no warning has the code "mesh-depricated", there are "adoption-outside-mesh", "attempt-unlimited", "capacity-unknown", "gateway-deprecated", "mesh-deprecated", "plain-clients-bypass"; did you mean "mesh-deprecated"?',
  ]],
  ['fails if a warning of no code is accepted', (chart) => Warnings.accept(chart, 'constructor'), [
    '[test] warning-unknown at Warnings.accept: no warning has the code "constructor", there are "adoption-outside-mesh", "attempt-unlimited", "capacity-unknown", "gateway-deprecated", "mesh-deprecated", "plain-clients-bypass"; name one of these',
  ]],
  ['fails if an error is accepted', (chart) => Warnings.accept(chart, 'weights-zero'), [
    '[test] warning-unknown at Warnings.accept: "weights-zero" is an error, and errors cannot be accepted; mend what it names',
  ]],
];

const TABLES: Record<string, readonly Refusal[]> = {
  weights: WEIGHTS,
  versions: VERSIONS,
  deployments: DEPLOYMENTS,
  ports: PORTS,
  names: NAMES,
  objects: OBJECTS,
  conditions: CONDITIONS,
  order: ORDER,
  faults: FAULTS,
  forwarding: FORWARDING,
  redirects: REDIRECTS,
  policies: POLICIES,
  access: ACCESS,
  mesh: MESH,
  exposures: EXPOSURES,
  gateways: GATEWAYS,
  warnings: WARNINGS,
};

describe.each(Object.entries(TABLES))('%s', (_table, refusals) => {
  test.each(refusals)('%s', (_sentence, build, findings) => expect(findingsOf(build)).toStrictEqual(findings));
});

test('every code is refused somewhere in these tables, in those of a mesh, of rollouts or of delivery', () => {
  const findings = Object.values(TABLES).flat().flatMap(([, , expected]) => expected);
  const codes = new Set(findings.map((line) => line.replace(/^\[[^\]]*\] (\S+) at .*$/, '$1')));
  const ofMeshes = ['meshes', 'rollout', 'delivery'].flatMap((folder) => readdirSync(join(__dirname, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(__dirname, folder, file), 'utf8')));
  const untested = Object.keys(ERROR_CODES).filter((code) => !codes.has(code) && !ofMeshes.some((text) => text.includes(`] ${code} at `)));
  expect(untested).toStrictEqual([]);
  expect([...codes].filter((code) => !(code in ERROR_CODES))).toStrictEqual([]);
});

const EXISTING_NAMES = { app: 'web', version: 'v1' };

/** What must not be refused: the values at the edge, and what only looks like a mistake. */
const ACCEPTED: readonly (readonly [sentence: string, build: (chart: Chart) => unknown])[] = [
  ['weights of 0 and of the limit', (chart) => web(chart, { weights: { v1: 1_000_000, v2: 0 } })],
  ['weights that do not add up to 100', (chart) => web(chart, { weights: { v1: 1_000_000, v2: 1_000_000 } })],
  ['a version that the weights leave out', (chart) => web(chart, { weights: { v1: 1 } })],
  ['a version without traffic and without replicas', (chart) => web(chart, { versions: [V1, { ...V2, replicas: 0 }], weights: { v1: 1, v2: 0 } })],
  ['a single version without weights', (chart) => single(chart, {})],
  ['several versions that share by pods', (chart) => web(chart, { weights: undefined, splitByPods: true })],
  ['a catch-all route instead of weights', (chart) => web(chart, { weights: undefined, routes: [CANARY] })],
  ['versions named by digits alone', (chart) => web(chart, { versions: [{ ...V1, name: '2' }, { ...V2, name: '1' }], weights: { 1: 10, 2: 90 } })],
  ['versions named like objects of the service in lower case', (chart) =>
    web(chart, { versions: [{ ...V1, name: 'root' }, { ...V2, name: 'v1-deployment' }], weights: { root: 1 } })],
  ['a version label with dots', (chart) => single(chart, { versionLabel: '1.0.0' })],
  ['a leaf of exactly 63 characters', (chart) => web(chart, { name: 'w'.repeat(60) })],
  ['a root of exactly 63 characters', (chart) => single(chart, { leafName: 'web-v1' }, { name: 'w'.repeat(63) })],
  ['a version of exactly 63 characters', (chart) => single(chart, { name: 'v'.repeat(63), leafName: 'web-v1' })],
  ['a service account of exactly 253 characters', (chart) => single(chart, { serviceAccountName: 'a'.repeat(253) })],
  ['a namespace that begins with a digit, as a DNS-1123 label may', (chart) => web(chart, { namespace: '1shop' })],
  ['one service account for all versions', (chart) => web(chart, { serviceAccountName: 'shared' })],
  ['empty lists', (chart) => web(chart, { routes: [], mirrors: [] })],
  ['nobody allowed', (chart) => web(chart, { allowFrom: [] })],
  ['the first and the last port', (chart) => web(chart, { ports: [{ port: 1 }, { port: 65_535 }] })],
  ['two ports with one target', (chart) => web(chart, { ports: [{ port: 80, targetPort: 8080 }, { port: 81, targetPort: 8080 }] })],
  ['a port name too long for a container', (chart) => web(chart, { ports: [{ port: 80, name: 'p'.repeat(63) }] })],
  ['one root in two namespaces', (chart) => {
    web(chart, {}, 'a');
    web(chart, { name: 'a', namespace: 'other' }, 'b');
  }],
  ['one name for objects of different kinds', (chart) => {
    new kplus.ConfigMap(chart, 'mine', { metadata: { name: 'web' } });
    web(chart);
  }],
  ['an existing Deployment with the labels of the version', (chart) =>
    single(chart, { image: undefined, deployment: deployment(chart, 'old', EXISTING_NAMES) })],
  ['an existing Deployment in another chart of one namespace', (chart) =>
    single(chart, { image: undefined, deployment: deployment(new Chart(chart, 'more'), 'old') })],
  ['an existing Deployment that names no port', (chart) =>
    single(chart, { image: undefined, deployment: deployment(chart, 'old', {}, { containers: [{ image: 'example/old:1' }] }) })],
  ['/v2 before /v20', (chart) =>
    routes(chart, { matches: [{ path: PathMatch.prefix('/v2') }], ...CANARY }, { matches: [{ path: PathMatch.prefix('/v20') }], ...CANARY })],
  ['an exact path before its prefix', (chart) =>
    routes(chart, { matches: [{ path: PathMatch.exact('/a/b') }], ...CANARY }, { matches: [UNDER_A], weights: { v1: 1 } })],
  ['the same conditions limited to two ports', (chart) => web(chart, {
    ports: [{ port: 80 }, { port: 8080 }],
    routes: [{ matches: [UNDER_A], port: 80, ...CANARY }, { matches: [UNDER_A], port: 8080, weights: { v1: 1 } }],
  })],
  ['a rule for all ports after the same for one', (chart) => web(chart, {
    ports: [{ port: 80 }, { port: 8080 }],
    routes: [{ matches: [UNDER_A], port: 80, ...CANARY }, { matches: [UNDER_A], weights: { v1: 1 } }],
  })],
  ['a catch-all limited to one of two ports', (chart) => web(chart, { ports: [{ port: 80 }, { port: 8080 }], routes: [{ port: 80, ...CANARY }] })],
  ['more headers before fewer', (chart) => routes(chart,
    { matches: [{ headers: [HeaderMatch.exact('x-a', '1'), HeaderMatch.present('x-b')] }], ...CANARY },
    { matches: [{ headers: [HeaderMatch.exact('x-a', '1')] }], weights: { v1: 1 } })],
  ['one path with two methods', (chart) =>
    routes(chart, { matches: [{ ...AT_A, method: HttpMethod.GET }], ...CANARY }, { matches: [{ ...AT_A, method: HttpMethod.POST }] })],
  ['a header value that differs by case', (chart) => routes(chart,
    { matches: [{ headers: [HeaderMatch.exact('x-a', 'b')] }], ...CANARY },
    { matches: [{ headers: [HeaderMatch.exact('x-a', 'B')] }], weights: { v1: 1 } })],
  ['two conditions on one header that one of them says', (chart) =>
    routes(chart, { matches: [{ headers: [HeaderMatch.present('x-a'), HeaderMatch.exact('X-A', '1')] }], ...CANARY })],
  ['HTTP conditions beside a TCP port', (chart) =>
    web(chart, { ports: [{ port: 80 }, { port: 9000, protocol: Protocol.TCP }], routes: [{ matches: [UNDER_A], ...CANARY }] })],
  ['a source on a TCP port', (chart) =>
    web(chart, { ports: [{ port: 9000, protocol: Protocol.TCP }], routes: [{ matches: [{ source: SourceMatch.namespace('shop') }], ...CANARY }] })],
  ['fault shares of 0, 100 and the least that Istio takes', (chart) => routes(chart,
    { matches: [{ path: PathMatch.exact('/0') }], fault: Fault.abort(200, { percent: 0 }) },
    { matches: [{ path: PathMatch.exact('/1') }], fault: Fault.abort(599, { percent: 100 }) },
    { matches: [{ path: PathMatch.exact('/2') }], fault: Fault.delay(Duration.millis(1), { percent: 0.0001 }) })],
  ['a fault that is meant for all traffic', (chart) => web(chart, { fault: Fault.abort(503, { allTraffic: true }) })],
  ['mirror shares of 0 and 100', (chart) => routes(chart,
    { matches: [AT_A], weights: { v1: 1 }, mirrors: [Mirror.to('v2', 0)] },
    { matches: [{ path: PathMatch.exact('/b') }], weights: { v1: 1 }, mirrors: [Mirror.to('v2', 100)] })],
  ['a mirror to one of several versions that answer', (chart) => web(chart, { mirrors: [Mirror.to('v2')] })],
  ['a mirror of share 0 to a version without replicas', (chart) =>
    web(chart, { versions: [V1, { ...V2, replicas: 0 }], weights: { v1: 1 }, mirrors: [Mirror.to('v2', 0)] })],
  ['times of one millisecond', (chart) =>
    web(chart, { timeout: Duration.millis(1), retries: Retries.attempts(1, { perTryTimeout: Duration.millis(1), backoff: Duration.millis(1) }) })],
  ['retries switched off, and on by status', (chart) =>
    web(chart, { retries: Retries.none(), routes: [{ matches: [UNDER_A], retries: Retries.attempts(1000, { retryOn: ['503', '5xx'] }) }] })],
  ['a prefix rewritten to the root', (chart) => routes(chart, { matches: [UNDER_A], rewrite: Rewrite.prefix('/') })],
  ['a redirect on a service with timeout and retries', (chart) =>
    web(chart, { timeout: Duration.seconds(1), retries: Retries.attempts(3), routes: [{ matches: [UNDER_A], redirect: { prefix: '/b' } }] })],
  ['counts at both ends', (chart) => web(chart, {
    trafficPolicy: {
      connectionPool: { maxConnections: 2 ** 31 - 1, maxRetries: 1, maxRequestsPerConnection: 0 },
      outlierDetection: { consecutive5xxErrors: 0, maxEjectionPercent: 1, minHealthPercent: 0 },
    },
  })],
  ['an exposure of one of two ports', (chart) => exposed(chart, { port: 8080 }, { ports: [{ port: 80 }, { port: 8080 }] })],
  ['an exposure of the only port that fits', (chart) => exposed(chart, {}, { ports: [{ port: 80 }, { port: 9000, protocol: Protocol.TCP }] })],
  ['an exposure on a listener with hosts of its own', (chart) => exposed(chart, {}, {}, [{ ...HTTP, hosts: ['shop.example.com'] }])],
  ['an exposure of a wider host than the listener takes', (chart) =>
    exposed(chart, { hosts: ['*.example.com'] }, {}, [{ ...HTTP, hosts: ['*.shop.example.com'] }])],
  ['two exposures on one gateway under two names and hosts', (chart) => {
    const way = gateway(chart);
    const service = web(chart);
    service.exposeViaGateway(way, { hosts: ['a.example.com'] });
    service.exposeViaGateway(way, { hosts: ['b.example.com'], name: 'web-b' });
  }],
  ['a route for what comes through the gateway', (chart) => {
    const way = gateway(chart);
    routes(chart, { matches: [{ ...UNDER_A, gateway: way }], ...CANARY }).exposeViaGateway(way);
  }],
  ['weights behind a redirect of all HTTP, for TCP', (chart) => web(chart, { ports: BOTH, routes: [{ redirect: { scheme: 'https' } }] })],
  ['a redirect of all HTTP without weights', (chart) => web(chart, { weights: undefined, routes: [{ redirect: { scheme: 'https' } }] })],
  ['catch-alls for each port instead of weights', (chart) =>
    web(chart, { ports: TWO, weights: undefined, routes: [{ port: 80, ...CANARY }, { port: 8080, ...CANARY }] })],
  ['a filter for HTTP beside a catch-all of the TCP port', (chart) =>
    web(chart, { ports: BOTH, requestHeaders: { set: { 'x-a': '1' } }, routes: [{ port: 9000, ...CANARY }] })],
  ['a source after HTTP conditions on both ports', (chart) =>
    web(chart, { ports: BOTH, routes: [{ matches: [{ ...UNDER_A, source: SHOP }], ...CANARY }, { matches: [{ source: SHOP }], ...CANARY }] })],
  ['an exact path before its own prefix', (chart) => routes(chart, { matches: [AT_A], ...CANARY }, { matches: [UNDER_A], weights: { v1: 1 } })],
  ['a timeout of a route shorter than that of inherited retries', (chart) => web(chart, {
    retries: Retries.attempts(3, { perTryTimeout: Duration.seconds(2) }), routes: [{ matches: [UNDER_A], timeout: Duration.seconds(1) }],
  })],
  ['a cookie by a pattern', (chart) => routes(chart, { matches: [{ cookies: [CookieMatch.regex('lang', 'ja.*')] }], ...CANARY })],
  ['a cookie with a space inside', (chart) => routes(chart, { matches: [{ cookies: [CookieMatch.exact('user', 'a b')] }], ...CANARY })],
  ['a regular expression of 1024 characters', (chart) => routes(chart, { matches: [{ path: PathMatch.regex(`/${'a'.repeat(1023)}`) }], ...CANARY })],
  ['durations of a year', (chart) => web(chart, { timeout: Duration.days(365) })],
  ['a header value with a tab', (chart) => web(chart, { requestHeaders: { set: { 'x-a': 'a\tb' } } })],
  ['a balancing that leaves no choice where none is made', (chart) =>
    web(chart, { weights: undefined, splitByPods: true, trafficPolicy: { loadBalancing: LoadBalancing.passthrough() } })],
  ['existing Deployments told apart by expressions', (chart) =>
    web(chart, {
      versions: [{ name: 'v1', deployment: selecting(chart, 'old', { app: 'web' }, kplus.LabelExpression.notIn('version', ['v2'])) }, V2],
    })],
  ['a service account of the same namespace', (chart) => single(chart, { serviceAccount: account(chart) })],
  ['one app in two namespaces', (chart) => {
    web(chart, { app: 'shop' }, 'a');
    web(chart, { app: 'shop', namespace: 'other' }, 'b');
  }],
  ['rules exported to the gateway as well', (chart) => exposed(chart, {}, { mesh: Mesh.istio({ exportTo: ['.', 'istio-system'] }) })],
  ['a server name on a service without HTTP', (chart) =>
    web(chart, { ports: [{ port: 443, protocol: Protocol.TLS, sniHosts: ['db.example.com'] }] })],
  ['two HTTPS listeners on one port with hosts of their own', (chart) => gateway(chart, ['a', 'b'].map((name) => (
    { name, port: 443, protocol: Protocol.HTTPS, hosts: [`${name}.example.com`], tls: { secretName: name } })))],
  ['two gateways on one port of other pods', (chart) => {
    gateway(chart, [HTTP], 'a');
    new IstioGateway(chart, 'b', { listeners: [HTTP], selector: { istio: 'other' } });
  }],
  ['an exposure of everything beside one of a path', (chart) => {
    const way = gateway(chart);
    web(chart, {}, 'a').exposeViaGateway(way);
    web(chart, {}, 'b').exposeViaGateway(way, { matches: [UNDER_A] });
  }],
  ['two exposures of one path on other hosts', (chart) => {
    const way = gateway(chart);
    web(chart, {}, 'a').exposeViaGateway(way, { hosts: ['a.example.com'], matches: [UNDER_A] });
    web(chart, {}, 'b').exposeViaGateway(way, { hosts: ['b.example.com'], matches: [UNDER_A] });
  }],
  ['an alternative that a wider one takes as well', (chart) => routes(chart, { matches: [UNDER_A, AT_A], ...CANARY })],
  ['a listener name of exactly 63 characters', (chart) => gateway(chart, [{ ...HTTP, name: 'l'.repeat(63) }])],
];

describe('what is right', () => {
  test.each(ACCEPTED)('%s', (_sentence, build) => expect(findingsOf(build)).toStrictEqual([]));
});

describe('one error for the whole app', () => {
  const wrong = (app: App) => {
    Mesh.setDefault(app, Mesh.istio());
    const shop = new Chart(app, 'shop', { namespace: 'shop' });
    const cart = web(shop, { weights: { v1: -1, v3: 10 }, routes: [{ matches: [{ path: PathMatch.exact('a') }], ...CANARY }] }, 'cart');
    cart.exposeViaGateway(gateway(shop), { hosts: [] });
    web(new Chart(app, 'bank', { namespace: 'bank' }), { weights: { v1: 0, v2: 0 }, fault: Fault.abort(600) }, 'pay');
  };

  test('fails if several things are wrong in two services, and says where each of them is', () => {
    const app = new App();
    wrong(app);
    expect(reported(() => app.synthYaml())).toStrictEqual([
      '[shop/cart] weight-invalid at weights.v1: the weight is -1; give a whole number from 0 to 1000000',
      '[shop/cart] version-unknown at weights.v3: no version is named "v3", declared are "v1", "v2"; did you mean "v1"?',
      '[shop/cart] path-invalid at routes[0].matches[0].path: "a" does not start with "/"; write "/a"',
      '[shop/cart/Exposure1] exposure-invalid at hosts: no host is exposed; name the hosts, or "*" for all',
      '[bank/pay] weights-zero at weights: all weights are 0; give at least one version a weight above 0',
      '[bank/pay] fault-invalid at fault: the value is 600; give a whole number from 200 to 599',
      '[bank/pay] fault-all-traffic at fault: the fault has no condition and would hit every request; '
        + 'move it to a route with `matches`, or say `allTraffic: true` if that is meant',
    ]);
  });

  test('fails if anything is wrong, and neither writes a file nor touches those of an earlier synthesis', () => {
    const folder = mkdtempSync(join(tmpdir(), 'refusals-'));
    try {
      const right = new App({ outdir: folder });
      Mesh.setDefault(right, Mesh.istio());
      web(new Chart(right, 'shop'));
      right.synth();
      const written = contents(folder);
      const app = new App({ outdir: folder });
      wrong(app);
      expect(reported(() => app.synth())).not.toStrictEqual([]);
      expect(Object.keys(written)).toStrictEqual(['shop.k8s.yaml']);
      expect(contents(folder)).toStrictEqual(written);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  function contents(folder: string): Record<string, string> {
    return Object.fromEntries(readdirSync(folder).sort().map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  }
});
