import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { CanaryService, CanaryServiceProps, LinkerdApi, Mesh, Warnings } from '../src';
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
