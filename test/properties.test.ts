import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { alternativesOn, carriesHttp, chartFor, coversMatch, declare, MatchData, PortData, RouteData, ServiceData, services, Weights } from './arbitraries';

/* What the manifests say, as far as the properties look at it. */

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly spec: Spec;
}

interface Spec {
  readonly selector?: Record<string, string> & { readonly matchLabels?: Record<string, string> };
  readonly template?: { readonly metadata: { readonly labels: Record<string, string> }; readonly spec: { readonly serviceAccountName?: string } };
  readonly subsets?: readonly { readonly name: string; readonly labels: Record<string, string> }[];
  readonly host?: string;
  readonly gateways?: readonly string[];
  readonly http?: readonly HttpRoute[];
  readonly tcp?: readonly ConnectionRoute[];
  readonly tls?: readonly ConnectionRoute[];
}

interface Destination {
  readonly host: string;
  readonly subset?: string;
  readonly port: { readonly number: number };
}

interface WeightedDestination {
  readonly destination: Destination;
  readonly weight?: number;
}

interface ConnectionRoute {
  readonly match?: readonly Record<string, unknown>[];
  readonly route?: readonly WeightedDestination[];
}

interface HttpRoute extends ConnectionRoute {
  readonly mirrors?: readonly { readonly destination: Destination; readonly percentage?: unknown }[];
  readonly fault?: { readonly delay?: { readonly percentage?: unknown }; readonly abort?: { readonly percentage?: unknown } };
  readonly retries?: unknown;
  readonly timeout?: string;
}

const RUNS = { numRuns: 50 };

function yamlOf(data: ServiceData): string {
  const app = new App();
  declare(chartFor(app, data), data);
  return app.synthYaml();
}

function manifestsOf(data: ServiceData): Manifest[] {
  const app = new App();
  const chart = chartFor(app, data);
  declare(chart, data);
  app.synthYaml();
  return chart.toJson() as Manifest[];
}

function ofKind(manifests: readonly Manifest[], kind: string): Manifest[] {
  return manifests.filter((manifest) => manifest.kind === kind);
}

function httpRoutes(manifests: readonly Manifest[]): HttpRoute[] {
  return ofKind(manifests, 'VirtualService').flatMap(({ spec }) => spec.http ?? []);
}

function connectionRoutes(manifests: readonly Manifest[]): ConnectionRoute[] {
  return ofKind(manifests, 'VirtualService').flatMap(({ spec }) => [...(spec.tcp ?? []), ...(spec.tls ?? [])]);
}

function allRoutes(manifests: readonly Manifest[]): ConnectionRoute[] {
  return [...httpRoutes(manifests), ...connectionRoutes(manifests)];
}

function destinations(manifests: readonly Manifest[]): Destination[] {
  return [
    ...allRoutes(manifests).flatMap(({ route }) => (route ?? []).map(({ destination }) => destination)),
    ...httpRoutes(manifests).flatMap(({ mirrors }) => (mirrors ?? []).map(({ destination }) => destination)),
  ];
}

/* ------------------------------------------------------------------ acceptance */

describe('a valid declaration', () => {
  it('has no findings', () => {
    fc.assert(fc.property(services, (data) => expect(() => yamlOf(data)).not.toThrow()), { numRuns: 250 });
  });
});

/* ------------------------------------------------------------------ weights */

describe('weights', () => {
  it('keep their proportions exactly, in the order of the rules, for each port', () => {
    fc.assert(fc.property(services, (data) => {
      const routes = meshRoutes(manifestsOf(data));
      for (const port of data.ports) {
        const forPort = (route: ConnectionRoute) => portsOf(route).some((number) => number === 0 || number === port.port);
        const written = routes[carriesHttp(port.protocol) ? 'http' : 'connections'].filter((route) => route.route && forPort(route));
        const declared = declaredWeights(data, port);
        const left = written.length === 0 && data.splitByPods ? [] : withoutRepeats(declared);
        expect(withoutRepeats(written.map(({ route }) => weightsOf(route ?? [])))).toEqual(left);
      }
    }), RUNS);
  });

  it('change nothing but weight numbers when all are multiplied', () => {
    fc.assert(fc.property(services, fc.integer({ min: 2, max: 1000 }), (data, factor) => {
      const small = mapWeights(data, (weight) => weight % 1000);
      const scaled = mapWeights(small, (weight) => weight * factor);
      expect(withoutWeights(yamlOf(scaled))).toBe(withoutWeights(yamlOf(small)));
    }), RUNS);
  });

  it('never add up to 0 over several destinations', () => {
    fc.assert(fc.property(services, (data) => {
      const several = allRoutes(manifestsOf(data)).filter(({ route }) => (route ?? []).length > 1);
      expect(several.filter(({ route }) => (route ?? []).some(({ weight }) => !(weight !== undefined && weight > 0)))).toEqual([]);
    }), RUNS);
  });
});

function meshRoutes(manifests: readonly Manifest[]): { http: HttpRoute[]; connections: ConnectionRoute[] } {
  const inside = meshServices(manifests);
  return { http: httpRoutes(inside), connections: connectionRoutes(inside) };
}

/** Shares by subset, as fractions in lowest terms; a single destination gets everything. No subset: a pod of any version. */
function weightsOf(route: readonly WeightedDestination[]): Shares {
  return sharesOf(Object.fromEntries(route.map(({ destination, weight }) => [destination.subset ?? '', weight ?? 1])));
}

/** What the rules for clients inside the mesh declare, as far as they forward what earlier ones leave them on the port. */
function declaredWeights(data: ServiceData, port: PortData): Shares[] {
  const own = data.weights ?? (data.splitByPods ? { '': 1 } : { [data.versions[0].name]: 1 });
  const taken: MatchData[] = [];
  const rules: readonly RouteData[] = [...data.routes, { matches: [], mirrors: [] }];
  return rules.flatMap((rule) => {
    const left = alternativesOn(rule, port).filter((match) => match.gateway === undefined && !taken.some((wide) => coversMatch(wide, match)));
    taken.push(...left);
    return left.length > 0 && !rule.redirect ? [sharesOf(rule.weights ?? own)] : [];
  });
}

type Shares = Readonly<Record<string, string>>;

function sharesOf(weights: Weights): Shares {
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const share = (weight: number) => `${weight / divisor(weight, total)}/${total / divisor(weight, total)}`;
  return Object.fromEntries(Object.entries(weights).filter(([, weight]) => weight > 0).map(([name, weight]) => [name, share(weight)]).sort());
}

/** A rule may take several routes. */
function withoutRepeats(list: readonly Shares[]): Shares[] {
  return list.filter((shares, index) => index === 0 || JSON.stringify(shares) !== JSON.stringify(list[index - 1]));
}

/** Weights under 1000 that do not become all 0. */
function mapWeights(data: ServiceData, change: (weight: number) => number): ServiceData {
  const entry = ([name, weight]: [string, number]) => [name, weight === 0 ? 0 : Math.max(1, change(weight))];
  const changed = (weights: Weights | undefined) => weights && (Object.fromEntries(Object.entries(weights).map(entry)) as Weights);
  return { ...data, weights: changed(data.weights), routes: data.routes.map((route) => ({ ...route, weights: changed(route.weights) })) };
}

function withoutWeights(yaml: string): string {
  return yaml.replace(/^( *weight:) \d+$/gm, '$1 N');
}

/* ------------------------------------------------------------------ pods */

describe('selectors and subsets', () => {
  it('take the pods of their own version, and the root takes all', () => {
    fc.assert(fc.property(services, (data) => {
      const manifests = manifestsOf(data);
      const templates = podTemplates(manifests);
      const everyone = data.versions.map(({ name }) => name);
      const own = Object.fromEntries(everyone.map((name) => [name, [name]]));
      const taken = (labels: Record<string, string> | undefined) => everyone.filter((_, index) => selects(labels ?? {}, templates[index]));
      const [root, ...leaves] = ofKind(manifests, 'Service').map(({ spec }) => taken(spec.selector));
      expect(root).toEqual(everyone);
      expect(Object.fromEntries(leaves.map((pods, index) => [everyone[index], pods]))).toEqual(own);
      const deployed = ofKind(manifests, 'Deployment').map(({ spec }, index) => [everyone[index], taken(spec.selector?.matchLabels)]);
      expect(Object.fromEntries(deployed)).toEqual(own);
      expect(Object.fromEntries(subsets(manifests).map(({ name, labels }) => [name, taken(labels)]))).toEqual(own);
    }), RUNS);
  });

  it('are there for every destination, with its port and a name that needs no completion', () => {
    fc.assert(fc.property(services, (data) => {
      const manifests = manifestsOf(data);
      const names = subsets(manifests).map(({ name }) => name);
      const ports = data.ports.map(({ port }) => port);
      const host = `${data.name}.${data.namespace}.svc.cluster.local`;
      const known = (subset: string | undefined) => (subset === undefined ? data.splitByPods : names.includes(subset));
      const reaches = ({ subset, port }: Destination) => ports.includes(port.number) && known(subset);
      expect(destinations(manifests).filter((destination) => !reaches(destination))).toEqual([]);
      expect([...destinations(manifests).map((destination) => destination.host), ...ofKind(manifests, 'DestinationRule').map(({ spec }) => spec.host)]
        .filter((name) => name !== host)).toEqual([]);
    }), RUNS);
  });
});

describe('labels', () => {
  it('that are given stand on every object of the service, and on no pod', () => {
    fc.assert(fc.property(services.filter(({ labels }) => labels !== undefined), (data) => {
      const manifests = manifestsOf(data).filter(({ kind }) => kind !== 'Gateway');
      expect(manifests.filter(({ metadata }) => !selects(data.labels ?? {}, metadata.labels ?? {}))).toEqual([]);
      expect(podTemplates(manifests).filter((labels) => selects(data.labels ?? {}, labels))).toEqual([]);
    }), RUNS);
  });
});

function podTemplates(manifests: readonly Manifest[]): Record<string, string>[] {
  return ofKind(manifests, 'Deployment').map(({ spec }) => spec.template?.metadata.labels ?? {});
}

function subsets(manifests: readonly Manifest[]) {
  return ofKind(manifests, 'DestinationRule').flatMap(({ spec }) => spec.subsets ?? []);
}

function selects(selector: Record<string, string>, labels: Record<string, string>): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

/* ------------------------------------------------------------------ bytes */

describe('the output', () => {
  it('is the same for clients inside the mesh, whether the service is exposed or not', () => {
    fc.assert(fc.property(services.filter(({ exposures }) => exposures.length > 0), (data) => {
      const written = meshServices(manifestsOf(unexposed(data)));
      // A service split by pods needs no object until a route says something, be it for a gateway alone.
      fc.pre(written.length > 0);
      expect(JSON.stringify(written)).toBe(JSON.stringify(meshServices(manifestsOf(data))));
    }), RUNS);
  });

  it('does not depend on the order of keys in props', () => {
    fc.assert(fc.property(services, fc.integer(), (data, seed) => {
      const app = new App();
      declare(chartFor(app, data), shuffled(data, seed), { arrange: (props) => shuffled(props, seed) });
      expect(app.synthYaml()).toBe(yamlOf(data));
    }), RUNS);
  });

  it('does not depend on the ids of the construct and its parents', () => {
    fc.assert(fc.property(services, fc.constantFrom('x', 'Deep Id', 'v1'), (data, id) => {
      const app = new App();
      const chart = new Chart(app, `${id}-chart`, { namespace: data.namespace });
      declare(new Construct(new Construct(chart, id), 'Nested'), data, { id });
      expect(app.synthYaml()).toBe(yamlOf(data));
    }), RUNS);
  });

  it('can be applied from top to bottom', () => {
    fc.assert(fc.property(services, (data) => {
      const order = [
        'Gateway', 'ServiceAccount', 'Service', 'Deployment', 'DestinationRule', 'PeerAuthentication', 'AuthorizationPolicy', 'VirtualService',
      ];
      const places = manifestsOf(data).map(({ kind }) => order.indexOf(kind)).filter((place) => place !== 0);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }), RUNS);
  });

  it('has gateways before the routes that are bound to them', () => {
    fc.assert(fc.property(services, (data) => {
      const seen = new Set(['mesh']);
      for (const { kind, metadata, spec } of manifestsOf(data)) {
        if (kind === 'Gateway') seen.add(`${metadata.namespace}/${metadata.name}`);
        expect((spec?.gateways ?? []).filter((name) => !seen.has(name))).toEqual([]);
      }
    }), RUNS);
  });

  it('has names that were declared or made of declared ones, and no labels of cdk8s', () => {
    fc.assert(fc.property(services, (data) => {
      const manifests = manifestsOf(data);
      const names = declaredNames(data);
      expect(manifests.map(({ metadata }) => metadata.name).filter((name) => !names.has(name))).toEqual([]);
      expect(JSON.stringify(manifests)).not.toContain('cdk8s.io/');
    }), RUNS);
  });
});

/** Without exposures, no request comes through a gateway. */
function unexposed(data: ServiceData): ServiceData {
  const routes = data.routes
    .map((route) => ({ ...route, matches: route.matches.filter(({ gateway }) => gateway === undefined) }))
    .filter(({ matches: left }, at) => left.length > 0 || data.routes[at].matches.length === 0);
  return { ...data, routes, exposures: [] };
}

function meshServices(manifests: readonly Manifest[]): Manifest[] {
  return ofKind(manifests, 'VirtualService').filter(({ spec }) => spec.gateways?.includes('mesh'));
}

function declaredNames(data: ServiceData): Set<string> {
  const { name, versions, gateways } = data;
  const own = versions.flatMap((version) => [`${name}-${version.name}`, version.deploymentName, version.leafName, version.serviceAccountName]);
  const ways = gateways.flatMap((gateway) => [gateway.name, `${name}-${gateway.name}`]);
  return new Set([name, data.serviceAccountName, ...own, ...ways].filter((text) => text !== undefined));
}

/** The same data, keys of plain objects in another order. */
function shuffled<T>(value: T, seed: number): T {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, seed)) as T;
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, shuffled(item, seed)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => rank(a, seed) - rank(b, seed))) as T;
}

function rank(text: string, seed: number): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65521, seed);
}

/* ------------------------------------------------------------------ what is never written */

interface Forbidden {
  readonly name: string;
  /** Whatever should not be there. */
  readonly find: (manifests: readonly Manifest[], data: ServiceData) => unknown[];
}

describe('never written', () => {
  test.each<Forbidden>([
    { name: 'a timeout of 0s', find: (manifests) => httpRoutes(manifests).filter(({ timeout }) => timeout === '0s') },
    { name: 'a route behind one that takes everything on its port', find: behindCatchAll },
    { name: 'a match whose requests an earlier one of its port takes', find: coveredMatches },
    { name: 'an HTTP port without a route that takes everything', find: withoutCatchAll },
    { name: 'a source beside match.gateways, which would switch it off', find: besideGateways },
    { name: 'a uri prefix that takes /v20 for /v2', find: (manifests) => matches(manifests).filter((match) => hasLoosePrefix(match)) },
    { name: 'a forwarding http route without retries', find: (manifests) => httpRoutes(manifests).filter(({ route, retries }) => route && !retries) },
    { name: 'a fault without percentage', find: (manifests) => httpRoutes(manifests).flatMap(faultParts).filter(({ percentage }) => !percentage) },
    { name: 'a mirror without percentage', find: (manifests) => httpRoutes(manifests).flatMap(mirrorParts).filter(({ percentage }) => !percentage) },
  ])('$name', ({ find }) => {
    fc.assert(fc.property(services, (data) => expect(find(manifestsOf(data), data)).toEqual([])), RUNS);
  });
});

function matches(manifests: readonly Manifest[]): Record<string, unknown>[] {
  return allRoutes(manifests).flatMap(({ match }) => match ?? []);
}

function besideGateways(manifests: readonly Manifest[]): unknown[] {
  return matches(manifests).filter((match) => 'gateways' in match);
}

function faultParts({ fault }: HttpRoute) {
  return [fault?.delay, fault?.abort].filter((part) => part !== undefined);
}

function mirrorParts({ mirrors }: HttpRoute) {
  return mirrors ?? [];
}

function hasLoosePrefix({ uri }: { uri?: unknown }): boolean {
  const prefix = (uri as { prefix?: string } | undefined)?.prefix;
  return prefix !== undefined && !prefix.endsWith('/');
}

/** Ports whose every request the route takes; 0 stands for all ports. */
function takesWholePorts({ match }: ConnectionRoute): number[] {
  if (match === undefined) return [0];
  const whole = ({ sniHosts, port, uri, ...others }: WireMatch) => Object.keys(others).length === 0 && takesEveryPath(uri as WireMatch | undefined);
  return match.filter(whole).map(({ port }) => (port as number | undefined) ?? 0);
}

function takesEveryPath(uri: WireMatch | undefined): boolean {
  return uri === undefined || uri.regex === '.*';
}

function portsOf({ match }: ConnectionRoute): number[] {
  return match === undefined ? [0] : match.map(({ port }) => (port as number | undefined) ?? 0);
}

function behindCatchAll(manifests: readonly Manifest[]): unknown[] {
  return ofKind(manifests, 'VirtualService').flatMap(({ spec }) => [spec.http ?? [], spec.tcp ?? [], spec.tls ?? []]).flatMap((routes) => {
    const taken = new Set<number>();
    return routes.filter((route) => {
      const late = portsOf(route).some((port) => taken.has(port) || taken.has(0));
      takesWholePorts(route).forEach((port) => taken.add(port));
      return late;
    });
  });
}

type WireMatch = Readonly<Record<string, unknown>>;

/** Matches, in the order in which a proxy tries them, that follow one as wide as they. */
function coveredMatches(manifests: readonly Manifest[]): unknown[] {
  return ofKind(manifests, 'VirtualService').flatMap(({ spec }) => {
    const tried: WireMatch[] = (spec.http ?? []).flatMap(({ match }): readonly WireMatch[] => match ?? [{}]);
    return tried.filter((match, at) => tried.slice(0, at).some((earlier) => takesAllOf(earlier, match)));
  });
}

/** Whether every condition of the wide one is one of the narrow one, or follows from it. */
function takesAllOf(wide: WireMatch, narrow: WireMatch): boolean {
  return Object.entries(wide).every(([field, condition]) => {
    const other = narrow[field];
    if (field === 'uri') return takesEveryPath(condition as WireMatch) || takesAllText(condition as WireMatch, (other ?? {}) as WireMatch);
    if (!['headers', 'withoutHeaders', 'queryParams', 'sourceLabels'].includes(field)) return JSON.stringify(condition) === JSON.stringify(other);
    const values = Object.entries(condition as Record<string, WireMatch | string>);
    return values.every(([name, value]) => followsFrom(value, (other as Record<string, WireMatch | string> | undefined)?.[name]));
  });
}

function followsFrom(wide: WireMatch | string, narrow: WireMatch | string | undefined): boolean {
  if (typeof wide === 'string' || typeof narrow !== 'object') return wide === narrow;
  return Object.keys(wide).length === 0 || takesAllText(wide, narrow);
}

function takesAllText(wide: WireMatch, narrow: WireMatch): boolean {
  const text = narrow.exact ?? narrow.prefix;
  if (typeof wide.prefix === 'string' && typeof text === 'string') return text.startsWith(wide.prefix);
  return JSON.stringify(wide) === JSON.stringify(narrow);
}

function withoutCatchAll(manifests: readonly Manifest[], data: ServiceData): unknown[] {
  return meshServices(manifests).flatMap(({ spec }) => {
    const taken = (spec.http ?? []).flatMap(takesWholePorts);
    return data.ports.filter(({ port, protocol }) => carriesHttp(protocol) && !taken.includes(port) && !taken.includes(0));
  });
}
