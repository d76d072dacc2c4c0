import { ApiObject, ApiObjectProps, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';

/** The compiled package, as users have it: tsx names each function that it loads anew whenever one is made, which takes time. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { CanaryApp, CanaryService, Mesh } = require('../lib/src') as typeof import('../src');

/** One way to get the manifests of `count` canary services. All give the same objects, but for what cdk8s-plus adds by itself. */
export interface Workload {
  readonly title: string;
  /** Declares them; `synth` then writes into the folder. */
  readonly declare: (count: number, outdir: string) => App;
}

type Manifest = ApiObjectProps & { readonly metadata: { readonly name: string } };

/** The first is the floor that all others are compared with. */
export const WORKLOADS = {
  'floor': {
    title: 'ApiObjects in one chart, App',
    declare: (count, outdir) => {
      const app = new App({ outdir });
      const chart = new Chart(app, 'all');
      for (const [index, manifests] of allManifests(count).entries()) addObjects(chart, manifests, `service-${index}-`);
      return app;
    },
  },
  'plus': {
    title: 'cdk8s-plus by hand in one chart, App',
    declare: (count, outdir) => {
      const app = new App({ outdir });
      const chart = new Chart(app, 'all');
      for (const manifests of allManifests(count)) for (const manifest of manifests) addWithPlus(chart, manifest);
      return app;
    },
  },
  'objects-cdk8s': { title: 'ApiObjects, a chart each, App', declare: (count, outdir) => objectCharts(new App({ outdir }), count) },
  'objects-canary': { title: 'ApiObjects, a chart each, CanaryApp', declare: (count, outdir) => objectCharts(new CanaryApp({ outdir }), count) },
  'services-cdk8s': { title: 'CanaryServices, a chart each, App', declare: (count, outdir) => serviceCharts(new App({ outdir }), count) },
  'services-canary': { title: 'CanaryServices, a chart each, CanaryApp', declare: (count, outdir) => serviceCharts(new CanaryApp({ outdir }), count) },
} satisfies Record<string, Workload>;

export type WorkloadName = keyof typeof WORKLOADS;

/** Two versions of a web server on Istio, 90 % and 10 %: nine objects. */
export function declareService(app: App, index: number): Chart {
  const id = `service-${index}`;
  const chart = new Chart(app, id, { namespace: 'shop' });
  new CanaryService(chart, id, {
    mesh: Mesh.istio(),
    ports: [{ port: 80, targetPort: 8080 }],
    versions: [{ name: 'v1', image: 'example/web:1', replicas: 3 }, { name: 'v2', image: 'example/web:2' }],
    weights: { v1: 90, v2: 10 },
  });
  return chart;
}

/** The manifests of one service, with the number of the service wherever it stands. */
export function serviceManifests(): (index: number) => Manifest[] {
  const template = JSON.stringify(declareService(new App(), 0).toJson());
  return (index) => JSON.parse(template.replaceAll('service-0', `service-${index}`)) as Manifest[];
}

function allManifests(count: number): Manifest[][] {
  const manifests = serviceManifests();
  return Array.from({ length: count }, (_, index) => manifests(index));
}

function objectCharts(app: App, count: number): App {
  for (const [index, manifests] of allManifests(count).entries()) addObjects(new Chart(app, `service-${index}`), manifests, '');
  return app;
}

function addObjects(chart: Chart, manifests: readonly Manifest[], prefix: string): void {
  for (const manifest of manifests) new ApiObject(chart, `${prefix}${manifest.kind}-${manifest.metadata.name}`, manifest);
}

/** What cdk8s-plus has a class for, with that class. */
function addWithPlus(chart: Chart, manifest: Manifest): void {
  const { kind, metadata } = manifest;
  const id = `${kind}-${metadata.name}`;
  switch (kind) {
    case 'ServiceAccount':
      new kplus.ServiceAccount(chart, id, { metadata });
      break;
    case 'Service':
      new kplus.Service(chart, id, { metadata, ports: [{ name: 'http-80', port: 80, targetPort: 8080 }] }).selectLabel('app', metadata.name);
      break;
    case 'Deployment':
      new kplus.Deployment(chart, id, { metadata, replicas: 1, containers: [{ image: 'example/web:1', portNumber: 8080 }] });
      break;
    default:
      new ApiObject(chart, id, manifest);
  }
}

function serviceCharts(app: App, count: number): App {
  for (let index = 0; index < count; index++) declareService(app, index);
  return app;
}
