import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { keyOf, Manifest, readManifests, synthesize } from './manifests';
import { EXAMPLES } from '../examples/examples';

const CASES = join(__dirname, 'cases');

/** What runs is the same at every stage, so it has one golden; a stage adds its traffic. */
const WORKLOADS = 'workloads';

const covered = EXAMPLES.filter(({ folder }) => existsSync(join(CASES, folder)));
const rows = covered.flatMap((example) => example.stages.map((stage) => ({ example, stage, folder: example.folder, output: example.output })));

describe('examples', () => {
  test.each(rows)('$folder on $output at $stage writes the manifests of test/cases/$folder/$output', ({ example, stage, folder, output }) => {
    const expected = [WORKLOADS, stage].flatMap((name) => readManifests(join(CASES, folder, output, `${name}.yaml`)));

    const actual = synthesize(example, stage);

    expect(actual.map(keyOf).sort()).toStrictEqual(expected.map(keyOf).sort());
    for (const manifest of expected) expect(actual.find((other) => keyOf(other) === keyOf(manifest))).toStrictEqual(manifest);
  }, 60_000);

  test.each(rows)('$folder on $output at $stage can be applied from top to bottom', ({ example, stage }) => {
    expect(outOfOrder(synthesize(example, stage))).toStrictEqual([]);
  }, 60_000);

  test('there is one golden for each stage of the examples in test/cases, and none without a stage', () => {
    const wanted = covered.flatMap(({ folder, output, stages }) => [WORKLOADS, ...stages].map((name) => join(folder, output, `${name}.yaml`)));

    expect(filesBelow(CASES).sort()).toStrictEqual(wanted.sort());
  });

  test('documents in the wrong order are told', () => {
    const manifests = ['workloads', 'all-v1'].flatMap((name) => readManifests(join(CASES, 'bookinfo/istio', `${name}.yaml`)));
    const picked = ['VirtualService/default/bookinfo', 'Gateway/default/bookinfo-gateway', 'DestinationRule/default/productpage',
      'Deployment/default/details-v1', 'Service/default/details', 'ServiceAccount/default/bookinfo-details', 'Namespace/default'];
    const reversed = picked.map((key) => manifests.find((manifest) => keyOf(manifest) === key)!);

    expect(outOfOrder(reversed)).toStrictEqual([
      'Gateway/default/bookinfo-gateway must come before VirtualService/default/bookinfo',
      'DestinationRule/default/productpage must come before VirtualService/default/bookinfo',
      'Service/default/details must come before Deployment/default/details-v1',
      'ServiceAccount/default/bookinfo-details must come before Deployment/default/details-v1',
      'ServiceAccount/default/bookinfo-details must come before Service/default/details',
      ...picked.slice(0, -1).map((key) => `Namespace/default must come before ${key}`),
    ]);
  });

  test('documents of SMI in the wrong order are told', () => {
    const manifests = ['workloads', '50-50'].flatMap((name) => readManifests(join(CASES, 'bookstore/osm', `${name}.yaml`)));
    const picked = ['TrafficSplit/bookstore/bookstore-split', 'Service/bookstore/bookstore', 'Service/bookstore/bookstore-v2',
      'TrafficTarget/bookstore/bookstore-v1', 'HTTPRouteGroup/bookstore/bookstore-service-routes'];
    const reversed = picked.map((key) => manifests.find((manifest) => keyOf(manifest) === key)!);

    expect(outOfOrder(reversed)).toStrictEqual([
      'Service/bookstore/bookstore must come before TrafficSplit/bookstore/bookstore-split',
      'Service/bookstore/bookstore-v2 must come before TrafficSplit/bookstore/bookstore-split',
      'HTTPRouteGroup/bookstore/bookstore-service-routes must come before TrafficTarget/bookstore/bookstore-v1',
    ]);
  });
});

type Precedence = (first: Manifest, second: Manifest) => boolean;

const WORKLOAD_ORDER = ['ServiceAccount', 'Service', 'Deployment'];

/** What has to stand before what, so that nothing is applied before the things that it needs or names. */
const PRECEDENCES: readonly Precedence[] = [
  (first, second) => first.kind === 'Namespace' && second.metadata.namespace === first.metadata.name,
  (first, second) => ofOneService(first, second)
    && WORKLOAD_ORDER.includes(first.kind) && WORKLOAD_ORDER.indexOf(first.kind) < WORKLOAD_ORDER.indexOf(second.kind),
  // A subset has to be known before a rule sends to it:
  // istio.io/latest/docs/ops/best-practices/traffic-management/#avoid-503-errors-while-reconfiguring-service-routes
  (first, second) => first.kind === 'DestinationRule' && hostsNamedBy(second).includes((first.spec as { host: string }).host),
  (first, second) => first.kind === 'Gateway' && gatewaysOf(second).includes(`${first.metadata.namespace}/${first.metadata.name}`),
  // A split drops a backend whose Service is not there: github.com/openservicemesh/osm v1.2.4 pkg/catalog/outbound_traffic_policies.go.
  (first, second) => first.kind === 'Service' && areBeside(first, second) && servicesSplitBy(second).includes(first.metadata.name),
  // A rule opens nothing as long as its group is not there: pkg/catalog/inbound_traffic_policies.go.
  (first, second) => areBeside(first, second) && routesOpenedBy(second).includes(`${first.kind} ${first.metadata.name}`),
];

function outOfOrder(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap((late, index) => manifests.slice(0, index)
    .filter((early) => PRECEDENCES.some((precedes) => precedes(late, early)))
    .map((early) => `${keyOf(late)} must come before ${keyOf(early)}`));
}

function ofOneService(one: Manifest, other: Manifest): boolean {
  return areBeside(one, other) && one.metadata.labels?.app !== undefined && one.metadata.labels.app === other.metadata.labels?.app;
}

function areBeside(one: Manifest, other: Manifest): boolean {
  return one.metadata.namespace === other.metadata.namespace;
}

interface VirtualServiceSpec {
  readonly hosts: readonly string[];
  readonly gateways?: readonly string[];
  readonly http?: readonly Rule[];
  readonly tcp?: readonly Rule[];
}

interface Rule {
  readonly route: readonly { readonly destination: { readonly host: string } }[];
}

function hostsNamedBy({ kind, spec }: Manifest): readonly string[] {
  if (kind !== 'VirtualService') return [];
  const { hosts, http = [], tcp = [] } = spec as VirtualServiceSpec;
  return [...hosts, ...[...http, ...tcp].flatMap(({ route }) => route.map(({ destination }) => destination.host))];
}

function gatewaysOf({ kind, spec }: Manifest): readonly string[] {
  return kind === 'VirtualService' ? (spec as VirtualServiceSpec).gateways ?? [] : [];
}

function servicesSplitBy({ kind, spec }: Manifest): readonly string[] {
  if (kind !== 'TrafficSplit') return [];
  const { service, backends } = spec as { service: string; backends: readonly { service: string }[] };
  return [service, ...backends.map((backend) => backend.service)];
}

function routesOpenedBy({ kind, spec }: Manifest): readonly string[] {
  return kind === 'TrafficTarget' ? (spec as { rules: readonly { kind: string; name: string }[] }).rules.map((rule) => `${rule.kind} ${rule.name}`) : [];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
