import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { keyOf, readManifests, synthesize } from './manifests';
import { outOfOrder } from './order';
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

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
