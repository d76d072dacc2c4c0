import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { CanaryService, CanaryServiceProps, Client, LinkerdApi, Mesh, RootSelector, Warnings } from '../src';
import { reported } from './findings';

const SMI_ARCHIVED = 'mesh-deprecated at mesh: the Service Mesh Interface was archived by its project in 2023; plan the move to a mesh that follows the Gateway API';

const declaration: CanaryServiceProps = { ports: [{ port: 80 }], versions: [{ name: 'v1', image: 'web:1' }] };

function newApp(): App {
  return new App({ outdir: mkdtempSync(join(tmpdir(), 'cdk8s-canary-warnings-')) });
}

/** Two charts with a service each. */
function shop(): { readonly app: App; readonly front: Chart; readonly back: Chart } {
  const app = newApp();
  Mesh.setDefault(app, Mesh.smi());
  const [front, back] = ['front', 'back'].map((id) => new Chart(app, id, { namespace: 'shop' }));
  new CanaryService(front, 'web', declaration);
  new CanaryService(back, 'api', declaration);
  return { app, front, back };
}

/** Lines that go to the standard error output. */
function shownBy(action: () => unknown): string[] {
  const lines: string[] = [];
  const warn = jest.spyOn(console, 'warn').mockImplementation((line: string) => {
    lines.push(line);
  });
  action();
  warn.mockRestore();
  return lines;
}

test('a warning lets synthesis go on and is shown once, although cdk8s validates again for each chart', () => {
  const { app } = shop();
  const lines = [`Warning: [front/web] ${SMI_ARCHIVED}`, `Warning: [back/api] ${SMI_ARCHIVED}`];
  expect(shownBy(() => app.synth())).toEqual(lines);
  expect(shownBy(() => app.synthYaml())).toEqual([]);
});

test('warnings can be read of the app, of a chart and of a service, without being shown', () => {
  const { app, back } = shop();
  expect(shownBy(() => {
    expect(Warnings.of(app)).toEqual([`[front/web] ${SMI_ARCHIVED}`, `[back/api] ${SMI_ARCHIVED}`]);
    expect(Warnings.of(back)).toEqual([`[back/api] ${SMI_ARCHIVED}`]);
    expect(Warnings.of(back.node.findChild('api'))).toEqual([`[back/api] ${SMI_ARCHIVED}`]);
  })).toEqual([]);
});

test('an accepted warning is neither shown nor read, below the scope that accepts it', () => {
  const { app, front } = shop();
  Warnings.accept(front, 'mesh-deprecated');
  expect(Warnings.of(app)).toEqual([`[back/api] ${SMI_ARCHIVED}`]);
  expect(shownBy(() => app.synth())).toEqual([`Warning: [back/api] ${SMI_ARCHIVED}`]);
});

test('errors are no warnings, and do not hide them', () => {
  const app = newApp();
  const chart = new Chart(app, 'shop');
  new CanaryService(chart, 'web', { ...declaration, mesh: Mesh.smi(), weights: { v1: 0 } });
  expect(shownBy(() => {
    expect(reported(() => app.synth())).toEqual(['[shop/web] weights-zero at weights: all weights are 0; give at least one version a weight above 0']);
  })).toEqual([`Warning: [shop/web] ${SMI_ARCHIVED}`]);
});

test.each([
  { name: 'SMI', mesh: Mesh.smi(), warning: SMI_ARCHIVED },
  {
    name: 'Open Service Mesh',
    mesh: Mesh.openServiceMesh(),
    warning: 'mesh-deprecated at mesh: Open Service Mesh was archived by its project in 2023; plan the move to a mesh that is maintained',
  },
  {
    name: 'TrafficSplits on Linkerd',
    mesh: Mesh.linkerd({ api: LinkerdApi.SMI }),
    warning: 'mesh-deprecated at mesh.api: the extension linkerd-smi is deprecated by Linkerd; use `LinkerdApi.GATEWAY_API`',
  },
])('$name: deprecated', ({ mesh, warning }) => {
  const chart = new Chart(newApp(), 'shop');
  new CanaryService(chart, 'web', { ...declaration, mesh });
  expect(Warnings.of(chart)).toEqual([`[shop/web] ${warning}`]);
});

test.each([
  { name: 'Istio', mesh: Mesh.istio() },
  { name: 'Linkerd', mesh: Mesh.linkerd() },
  { name: 'Gateway API', mesh: Mesh.gatewayApi() },
  { name: 'Kubernetes', mesh: Mesh.kubernetes() },
])('$name: nothing to warn of', ({ mesh }) => {
  const chart = new Chart(newApp(), 'shop');
  new CanaryService(chart, 'web', { ...declaration, mesh });
  expect(Warnings.of(chart)).toEqual([]);
});

/** The default root selects all; kubernetes.io/docs/concepts/services-networking/service/: every ready pod behind it gets the same share. */
const [stable, canary] = [{ name: 'v1', image: 'web:1', replicas: 3 }, { name: 'v2', image: 'web:2' }];

const ask = (props: Partial<CanaryServiceProps>): string[] => {
  const chart = new Chart(newApp(), 'shop');
  new CanaryService(chart, 'web', { ports: [{ port: 80 }], versions: [stable, canary], mesh: Mesh.istio(), ...props });
  return Warnings.of(chart).filter((line) => line.includes(' plain-clients-bypass at '));
};

const bypass = (plain: string, declared: string, remedy: string): string[] => [
  `[shop/web] plain-clients-bypass at rootSelector: clients without a proxy share the pods behind the root Service: ${plain}, where the weights say ${declared}; ${remedy}`,
];
const CHOOSE = 'choose one for them with `RootSelector.version`, or none with `RootSelector.none()`';
const KEEP_OUT = 'name the callers in `allowFrom`, which keeps such clients out, or accept it if there are none';

test.each<{ name: string; props: Partial<CanaryServiceProps>; warnings: string[] }>([
  {
    name: 'a version without traffic has pods',
    props: { weights: { v1: 1 } },
    warnings: bypass('"v1" 3/4, "v2" 1/4', '"v1" 1, "v2" 0', KEEP_OUT),
  },
  {
    name: 'the mesh does not need the root Service to select every version',
    props: { weights: { v1: 1 }, mesh: Mesh.linkerd() },
    warnings: bypass('"v1" 3/4, "v2" 1/4', '"v1" 1, "v2" 0', CHOOSE),
  },
  {
    name: 'the root is the leaf of a version that gets nothing any more',
    props: { weights: { v2: 1 }, mesh: Mesh.gatewayApi(), versions: [{ ...stable, leafName: 'web' }, canary] },
    warnings: bypass('"v1" 1', '"v1" 0', 'bring these clients into the mesh, or accept it if there are none'),
  },
  {
    name: 'the share of pods is more than three times that of the weights',
    props: { weights: { v1: 93, v2: 7 } },
    warnings: bypass('"v1" 3/4, "v2" 1/4', '"v1" 93/100, "v2" 7/100', KEEP_OUT),
  },
  { name: 'the share of pods is three times that of the weights', props: { weights: { v1: 11, v2: 1 } }, warnings: [] },
  { name: 'the version without traffic has no pods', props: { versions: [stable, { ...canary, replicas: 0 }], weights: { v1: 1 } }, warnings: [] },
  { name: 'the shares are left to the pods', props: { splitByPods: true }, warnings: [] },
  { name: 'the weights are wrong, which is an error', props: { weights: { v1: -1, v2: 0 } }, warnings: [] },
  { name: 'callers are named, so that others are refused', props: { weights: { v1: 1 }, allowFrom: [Client.serviceAccount('cart')] }, warnings: [] },
  { name: 'sidecars refuse such clients', props: { weights: { v1: 1 }, mesh: Mesh.openServiceMesh() }, warnings: [] },
  { name: 'there is no mesh', props: { weights: { v1: 3, v2: 1 }, mesh: Mesh.kubernetes() }, warnings: [] },
  { name: 'the root has no pods', props: { weights: { v1: 1 }, mesh: Mesh.smi(), rootSelector: RootSelector.none() }, warnings: [] },
  { name: 'the root has the pods of one version by choice', props: { weights: { v1: 1, v2: 9 }, mesh: Mesh.smi(), rootSelector: RootSelector.version('v1') }, warnings: [] },
  {
    name: 'the root has the pods of a version without traffic',
    props: { weights: { v2: 9 }, mesh: Mesh.smi(), rootSelector: RootSelector.version('v1') },
    warnings: bypass('"v1" 1', '"v1" 0', CHOOSE),
  },
])('what clients without a proxy get, where $name', ({ props, warnings }) => {
  expect(ask(props)).toEqual(warnings);
});
