import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ApiObject, App, Chart, Duration, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { parse } from 'yaml';
import { web } from './staged';
import { PRODUCTION, shop } from '../../examples/shop/shop';
import {
  ArgoRollout, CanaryApp, Client, FlaggerCanary, FluxOptions, GatewayApiGateway, GatewayApiImplementation, HeaderMatch, IstioGateway,
  Mesh, MeshNamespace, Protocol, Rollout, StagedApp, SyncWaves,
} from '../../src';
import { PROMETHEUS, usualRollout, V1, V2, WEB } from '../delivery/services';
import { Manifest, readManifests } from '../manifests';
import { outOfOrder } from '../order';

// Examples name the package as users do.
jest.mock('cdk8s-canary', () => jest.requireActual('../../src') as unknown, { virtual: true });

const RELEASE = Rollout.canary({ stable: 'v1', candidate: 'v2', steps: [{ weight: 10 }] });
const WAVE = 'argocd.argoproj.io/sync-wave';

let outdir: string;

beforeEach(() => { outdir = mkdtempSync(join(tmpdir(), 'order-')); });
afterEach(() => rmSync(outdir, { recursive: true }));

type Annotated = Manifest & { readonly metadata: { readonly annotations?: Readonly<Record<string, string>> } };

function waveOf(manifest: Manifest): number {
  return Number((manifest as Annotated).metadata.annotations?.[WAVE]);
}

/** Argo CD sorts by wave, then by kind and name: a sort by wave alone may leave any order inside a wave. */
function byWave(manifests: readonly Manifest[]): Manifest[] {
  return [...manifests].sort((one, other) => waveOf(one) - waveOf(other));
}

function filesOf(app: App): Manifest[] {
  app.synth();
  return readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')).sort()
    .flatMap((file) => readManifests(join(outdir, file)));
}

const TYPES = Object.values(YamlOutputType).filter((type): type is string => typeof type === 'string');

/** A file for each object has the name of its kind: no order stands in it. */
const ORDERED = ['FILE_PER_APP', 'FILE_PER_CHART'];

describe.each(TYPES)('files divided as %s', (type) => {
  const yamlOutputType = YamlOutputType[type as keyof typeof YamlOutputType];

  test.each([['App', App], ['CanaryApp', CanaryApp]])('%s: what is used comes first, by the files where they have an order, by waves in any case', (_, Type) => {
    const app = new Type({ outdir, yamlOutputType });
    app.node.setContext('canary:stage', 'weight-5');
    shop(app, PRODUCTION);
    SyncWaves.addTo(app);
    const manifests = filesOf(app);
    expect(manifests.length).toBeGreaterThan(20);
    expect(outOfOrder(manifests).length === 0).toBe(ORDERED.includes(type));
    expect(outOfOrder(byWave(manifests))).toStrictEqual([]);
    expect(outOfOrder(byWave([...manifests].reverse()))).toStrictEqual([]);
  });
});

const ROUTES = [{ matches: [{ headers: [HeaderMatch.exact('x', 'y')] }], weights: { v2: 1 } }];

test.each<readonly [name: string, mesh: Mesh]>([
  ['Istio', Mesh.istio()],
  ['Linkerd', Mesh.linkerd()],
  ['Kuma', Mesh.kuma()],
  ['Open Service Mesh', Mesh.openServiceMesh()],
  ['Gateway API', Mesh.gatewayApi({ implementation: GatewayApiImplementation.ISTIO })],
  ['no mesh', Mesh.kubernetes()],
])('waves agree with the order of the documents on %s', (name, mesh) => {
  const chart = new Chart(new App({ outdir }), 'test', { namespace: 'shop' });
  Mesh.setDefault(chart, mesh);
  new MeshNamespace(chart, 'shop');
  const client = name === 'no mesh' ? Client.namespace('front') : Client.serviceAccount('cart');
  const withAccess = !['Kuma', 'Gateway API'].includes(name);
  const plain = ['no mesh', 'Open Service Mesh'].includes(name);
  const service = web(chart, { weights: { v1: 1, v2: 1 }, allowFrom: withAccess ? [client] : undefined, routes: plain ? undefined : ROUTES });
  if (name === 'Istio') service.exposeViaGateway(new IstioGateway(chart, 'edge', { listeners: [{ port: 80, protocol: Protocol.HTTP }] }));
  if (name === 'Gateway API') {
    service.exposeViaGateway(new GatewayApiGateway(chart, 'edge', {
      implementation: GatewayApiImplementation.ISTIO, gatewayClassName: 'istio', listeners: [{ port: 80, protocol: Protocol.HTTP }],
    }), { hosts: ['web.example.com'] });
  }
  SyncWaves.addTo(chart);
  const manifests = chart.toJson() as Manifest[];
  expect(outOfOrder(manifests)).toStrictEqual([]);
  expect(outOfOrder(byWave([...manifests].reverse()))).toStrictEqual([]);
  const kinds = manifests.map((manifest) => `${waveOf(manifest)} ${manifest.kind}`);
  expect(kinds).toContain('-3 Namespace');
  expect(kinds).toContain('-2 ServiceAccount');
  expect(kinds).toContain('-1 Service');
  expect(kinds).toContain('0 Deployment');
  const ofMesh = manifests.filter(({ kind }) => kind !== 'Gateway').map(waveOf).filter((wave) => wave > 0);
  expect(ofMesh).toStrictEqual([...ofMesh].sort((a, b) => a - b));
});

test('an object that has a wave keeps it, and a kind that nobody knows is where Argo CD puts it', () => {
  const chart = new Chart(new App({ outdir }), 'test');
  Mesh.setDefault(chart, Mesh.istio());
  const service = web(chart, { weights: { v1: 1 } });
  service.version('v2').deployment.metadata.addAnnotation(WAVE, '7');
  SyncWaves.addTo(chart);
  SyncWaves.addTo(chart);
  const waves = (chart.toJson() as Manifest[]).filter(({ kind }) => kind === 'Deployment').map((manifest) => [manifest.metadata.name, waveOf(manifest)]);
  expect(waves).toStrictEqual([['web-v1', 0], ['web-v2', 7]]);
});

class Shop extends StagedApp {
  public constructor(flux?: FluxOptions) {
    super({ outdir, syncWaves: true, flux });
  }

  protected buildStage(app: App): void {
    Mesh.setDefault(app, Mesh.istio());
    web(new Chart(app, 'shop', { namespace: 'shop' }), { rollout: RELEASE });
  }
}

const FLUX: FluxOptions = { name: 'shop', gitRepository: 'deploy', path: './dist/', dependsOn: ['mesh'], timeout: Duration.minutes(3) };

test('a staged app gives each object one wave at every stage', () => {
  const waves = new Map<string, Set<number>>();
  for (const folder of new Shop().synth()) {
    for (const manifest of readManifests(join(outdir, folder, 'shop.k8s.yaml'))) {
      const key = `${manifest.kind}/${manifest.metadata.name}`;
      waves.set(key, (waves.get(key) ?? new Set()).add(waveOf(manifest)));
    }
  }
  expect([...waves].map(([key, all]) => [key, [...all]])).toStrictEqual([
    ['ServiceAccount/web-v1', [-2]], ['Service/web', [-1]], ['Service/web-v1', [-1]], ['Deployment/web-v1', [0]],
    ['DestinationRule/web', [1]], ['VirtualService/web', [3]],
    ['ServiceAccount/web-v2', [-2]], ['Service/web-v2', [-1]], ['Deployment/web-v2', [0]],
  ]);
});

test('Flux gets one Kustomization, with the path of each stage and way back', () => {
  const folders = new Shop(FLUX).synth();
  const files = readdirSync(join(outdir, 'flux'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  expect(files.sort()).toStrictEqual(folders.map((folder) => `${folder}.yaml`).sort());
  expect(parse(readFileSync(join(outdir, 'flux/rollback/02-weight-10/00-back.yaml'), 'utf8'))).toStrictEqual({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'shop', namespace: 'flux-system' },
    spec: {
      dependsOn: [{ name: 'mesh' }],
      interval: '600s',
      path: './dist/rollback/02-weight-10/00-back',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'deploy' },
      timeout: '180s',
      wait: true,
    },
  });
  expect(new Set(files.map((file) => parse(readFileSync(join(outdir, 'flux', file), 'utf8')).metadata.name as string))).toStrictEqual(new Set(['shop']));
});

test.each<readonly [sentence: string, options: Partial<FluxOptions>, problem: string]>([
  ['a name that cannot be', { name: 'My Shop' }, 'flux.name: '],
  ['a repository without a name', { gitRepository: '' }, 'flux.gitRepository: '],
  ['a namespace that cannot be', { namespace: 'a.b' }, 'flux.namespace: '],
  ['a path that leads out', { path: '../dist' }, 'flux.path: "../dist" is not below the repository'],
  ['a path from the root of a machine', { path: '/dist' }, 'flux.path: "/dist" is not below the repository'],
  ['what waits for itself', { dependsOn: ['shop'] }, 'flux.dependsOn[0]: it waits for itself'],
  ['no time at all', { interval: Duration.millis(500) }, 'flux.interval: the duration is 0.5 s; give whole seconds, from 1 on'],
  ['an empty timeout', { timeout: Duration.seconds(0) }, 'flux.timeout: the duration is 0 s; give whole seconds, from 1 on'],
])('refuses %s, and writes nothing', (_, options, problem) => {
  expect(() => new Shop({ ...FLUX, ...options }).synth()).toThrow(problem);
  expect(readdirSync(outdir)).toStrictEqual([]);
  expect(dirname(outdir)).toBe(tmpdir());
});

describe('services for controllers', () => {
  const around = { autoscaling: { maxReplicas: 9, cpuPercent: 70 }, replicas: undefined, resources: { cpu: { request: kplus.Cpu.millis(100) } } };

  // A Rollout is invalid while a Service, an Istio object or a template that it names is missing: argo-rollouts v1.9.1 pkg/apis/rollouts/validation/validation_references.go.
  // An autoscaler without its target is degraded for Argo CD, which stops at a wave that is not healthy: argo-cd resource_customizations/autoscaling/HorizontalPodAutoscaler.
  test.each([['Rollout', ArgoRollout, PROMETHEUS], ['Canary', FlaggerCanary, { ...PROMETHEUS, approvalUrl: 'http://gate' }]] as const)(
    'the %s comes after all that it names, and its autoscaler with it', (kind, Service, analysis) => {
      const chart = new Chart(new App({ outdir }), 'test', { namespace: 'shop' });
      Mesh.setDefault(chart, Mesh.istio());
      new Service(chart, 'web', { ...WEB, versions: [{ ...V1, ...around }, { ...V2, ...around }], rollout: usualRollout(), analysis });
      SyncWaves.addTo(chart);
      const manifests = chart.toJson() as Manifest[];
      const last = manifests.filter((manifest) => waveOf(manifest) === 4).map((manifest) => manifest.kind).sort();
      expect(last).toStrictEqual([kind, 'HorizontalPodAutoscaler'].sort());
      expect(Math.max(...manifests.map(waveOf))).toBe(4);
    });
});

test('every kind of the golden manifests has a wave of its own choice', () => {
  const goldens = ['../cases', '../delivery/goldens'].map((folder) => join(__dirname, folder));
  const kinds = new Set(goldens.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.yaml')).flatMap(readManifests).map(({ kind }) => kind));
  const chart = new Chart(new App({ outdir }), 'test');
  for (const kind of kinds) new ApiObject(chart, kind, { apiVersion: 'v1', kind });
  SyncWaves.addTo(chart);
  const atZero = (chart.toJson() as Manifest[]).filter((manifest) => waveOf(manifest) === 0).map(({ kind }) => kind);
  expect(kinds.size).toBeGreaterThan(15);
  expect(atZero).toStrictEqual(['Deployment']);
});
