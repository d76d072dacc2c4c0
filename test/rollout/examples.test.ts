import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { differences, keysOf, Manifest as Staged } from './staged';
import { EXAMPLES } from '../../examples/examples';
import { PRODUCTION, shop } from '../../examples/shop/shop';
import { rolloutsOf } from '../../src/app/stages';
import { Manifest, readManifests } from '../manifests';
import { outOfOrder } from '../order';

// Examples name the package as users do.
jest.mock('cdk8s-canary', () => jest.requireActual('../../src') as unknown, { virtual: true });

const ROUTE = '^(HTTPRoute|MeshHTTPRoute|TCPRoute|TrafficSplit|VirtualService)/[\\w-]+\\.spec\\.';

/** What a step may say, and where that stands in the manifests. */
const SHARES = new RegExp(`${ROUTE}.*(\\.(weight|subset|service)|backendRefs\\[\\d\\]\\.name|(route|backendRefs|backends)\\[1\\])$`);
const CONDITIONS = new RegExp(`${ROUTE}http\\[\\d\\](\\.match|\\.name)?$`);
const FAULT = new RegExp(`${ROUTE}http\\[\\d\\]\\.fault$`);
const FIRST_ROUTES = /^\+ (VirtualService|TrafficSplit)\/[\w-]+$/;
const PODS = /^Deployment\/[\w-]+\.spec\.replicas$/;
/** On Istio no route knows it. */
const LEAF = /^- Service\/[\w-]+$/;
/** A rolling update is no stage of a rollout: it changes the image. */
const TEMPLATE = /^Deployment\/micro-api\.spec\.template\..*\.image$/;
const ARRIVAL = /^(\+ (ServiceAccount|Service|Deployment|PodDisruptionBudget)\/[\w-]+|DestinationRule\/\w+\.spec\.subsets\[1\]|AuthorizationPolicy\/.*\.principals\[1\])$/;
const DEPARTURE = /^(- (ServiceAccount|Service|Deployment|PodDisruptionBudget)\/[\w-]+|DestinationRule\/\w+\.spec\.subsets\[\d\].*|AuthorizationPolicy\/.*\.principals\[\d\])$/;

/** Each stage but the first, by the example that has it: what its step says, and nothing else changes. */
const STEPS: Readonly<Record<string, Readonly<Record<string, readonly RegExp[]>>>> = {
  'shop/production': {
    'deploy-v2': [ARRIVAL],
    'lane': [CONDITIONS, SHARES],
    'weight-5': [SHARES],
    'weight-25': [SHARES, PODS],
    'weight-100': [SHARES, PODS],
    'lane-closed': [CONDITIONS, PODS],
    'retire-v1': [PODS, LEAF],
    'remove-v1': [DEPARTURE],
  },
  'bookstore/osm': { '100-0': [FIRST_ROUTES], '50-50': [SHARES], '0-100': [SHARES] },
  'emojivoto/kuma': { '250-750': [SHARES], '0-1': [SHARES] },
  'emojivoto/linkerd': { '250-750': [SHARES], '0-1': [SHARES] },
  'emojivoto/smi': { '250-750': [SHARES], '0-1': [SHARES] },
  'emojivoto/smi-root-as-backend': { '250-750': [SHARES], '0-1': [SHARES] },
  'bookinfo/istio': {
    'all-v1': [FIRST_ROUTES, SHARES],
    'test-v2': [CONDITIONS, SHARES],
    'test-delay': [FAULT, SHARES],
    '50-v3': [CONDITIONS, FAULT, SHARES],
    'v3': [SHARES],
  },
  'micro-api/kubernetes': {
    'stable': [TEMPLATE],
    'grow-canary': [ARRIVAL],
    'canary': [PODS],
    'grow-promoted': [PODS],
    'promoted': [PODS, LEAF],
    'restored': [PODS],
    'undone': [PODS, LEAF],
  },
  'micro-api/istio': { '70-30': [FIRST_ROUTES, SHARES], 'v2': [SHARES] },
  'tcp-echo/istio': { '20-v2': [SHARES] },
  'tcp-echo/gateway-api': { '20-v2': [SHARES] },
};

function shopAt(stage: string): { readonly app: App; readonly manifests: Manifest[] } {
  const app = new App();
  app.node.setContext('canary:stage', stage);
  shop(app, PRODUCTION);
  return { app, manifests: (app.node.children[0] as Chart).toJson() as Manifest[] };
}

/** The goldens of test/cases are what the examples write: test/cases.test.ts runs them. */
function setsOf(name: string): Map<string, Manifest[]> {
  const [folder, output] = name.split('/');
  const { stages } = EXAMPLES.find((example) => example.folder === folder && example.output === output)!;
  return new Map(stages.map((stage) => [
    stage, folder === 'shop' ? shopAt(stage).manifests : ['workloads', stage].flatMap((file) => readManifests(join(__dirname, '../cases', name, `${file}.yaml`))),
  ]));
}

describe.each(Object.entries(STEPS))('the stages of %s', (name, steps) => {
  const sets = setsOf(name);
  const stages = [...sets.keys()];
  const staged = stages.filter((stage) => stage !== 'rolling');
  const at = (stage: string) => sets.get(stage)! as unknown as Staged[];

  test('are those of the table', () => expect(stages.slice(1)).toStrictEqual(Object.keys(steps)));

  test.each(stages.slice(1))('%s changes what its step says, and nothing else', (stage) => {
    const changes = differences(at(stages[stages.indexOf(stage) - 1]), at(stage));
    expect(changes.filter((path) => !steps[stage].some((said) => said.test(path)))).toStrictEqual([]);
    for (const said of steps[stage]) expect(changes.some((path) => said.test(path))).toBe(true);
  });

  test('have one selector and one pod template for each object', () => expect(changedIdentities(staged.map(at))).toStrictEqual([]));
});

/** Objects of which two sets have different selectors or pod templates. */
function changedIdentities(sets: readonly (readonly (Manifest | Staged)[])[]): string[] {
  const seen = new Map<string, string>();
  return sets.flatMap((manifests) => manifests.flatMap((manifest) => {
    const [key] = keysOf([manifest as unknown as Staged]);
    const { selector, template } = (manifest.spec ?? {}) as { readonly selector?: unknown; readonly template?: unknown };
    const identity = JSON.stringify([selector, template]);
    const known = seen.get(key) ?? identity;
    seen.set(key, known);
    return known === identity ? [] : [key];
  }));
}

test('a changed selector or template is told', () => {
  const [first] = setsOf('tcp-echo/istio').values();
  const changed = first.map((manifest) => (manifest.kind === 'Deployment' ? { ...manifest, spec: { ...manifest.spec as object, template: {} } } : manifest));
  expect(changedIdentities([first, changed])).toStrictEqual(['Deployment/tcp-echo-v1', 'Deployment/tcp-echo-v2']);
});

test('all sets of the shop, ways back included, keep selectors and templates, and each can be applied from top to bottom', () => {
  const [rollout] = rolloutsOf(shopAt('0').app).values();
  const sets = rollout.folders.map((folder) => shopAt(folder).manifests);
  expect(sets.length).toBeGreaterThan(30);
  expect(changedIdentities(sets)).toStrictEqual([]);
  expect(sets.flatMap(outOfOrder)).toStrictEqual([]);
});
