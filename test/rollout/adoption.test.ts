import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Include } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { findingsOf } from '../findings';
import { differences, foldersOf, keysOf, Manifest, manifestsAt, V2 } from './staged';
import { CanaryService, CanaryServiceProps, Capacity, Client, ExistingDeployment, ExistingService, GatewayApiImplementation, Lint, Mesh, Rollout, Traffic, Warnings } from '../../src';

const ROLLOUT = Rollout.canary({ stable: 'v1', candidate: 'v2', steps: [{ weight: 10 }], retire: false });

const RETIRING = Rollout.canary({ stable: 'v1', candidate: 'v2' });
const PROPORTIONAL = Rollout.canary({ stable: 'v1', candidate: 'v2', steps: [{ weight: 50 }, { weight: 90 }], capacity: Capacity.proportional() });
const BY_PODS = Rollout.replicas({ stable: 'v1', candidate: 'v2', pods: 3, steps: [{ name: 'half', replicas: { v1: 2, v2: 2 } }] });

/** As `kubectl get deployment,service -o yaml` shows them, with what the cluster added. */
const YAML = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: default
  uid: 3e6f5b0c-4f3a-4b43-a6f0-0d9b6f1f0a11
  resourceVersion: "1234"
  generation: 3
  creationTimestamp: "2024-01-01T00:00:00Z"
  annotations: { deployment.kubernetes.io/revision: "3", team: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web, track: stable } }
  template:
    metadata: { creationTimestamp: null, labels: { app: web, track: stable, extra: "yes" } }
    spec: { containers: [{ name: main, image: "example/web:1", ports: [{ name: http, containerPort: 8080 }] }] }
status: { replicas: 3 }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default, resourceVersion: "77" }
spec:
  clusterIP: 10.0.0.7
  selector: { app: web }
  ports: [{ port: 80, targetPort: http }]
`;

const ADMIN = YAML.replace('8080 }]', '8080 }, { name: admin, containerPort: 80 }]');

const EJECTION = { outlierDetection: { consecutive5xxErrors: 5 } };

const PORTS = [{ port: 80, targetPort: 8080 }];
const STABLE = { app: 'web', track: 'stable' };

interface Given {
  readonly root: ExistingService;
  readonly existing: ExistingDeployment;
}

/** The same two objects, in every way that they can be given. */
const WAYS: Readonly<Record<string, (chart: Chart) => Given>> = {
  'as YAML': () => ({ root: ExistingService.fromYaml(YAML), existing: ExistingDeployment.fromYaml(YAML) }),
  'by name': () => ({ root: ExistingService.byName('web', { selector: { app: 'web' } }), existing: ExistingDeployment.byName('web', { matchLabels: STABLE, replicas: 3 }) }),
  'as constructs of cdk8s-plus': (chart) => {
    const deployment = new kplus.Deployment(chart, 'D', {
      metadata: { name: 'web' }, select: false, podMetadata: { labels: STABLE }, containers: [{ image: 'example/web:1', portNumber: 8080 }], replicas: 3,
    });
    deployment.select(kplus.LabelSelector.of({ labels: STABLE }));
    const service = new kplus.Service(chart, 'S', { metadata: { name: 'web' }, ports: [{ port: 80, targetPort: 8080 }] });
    service.selectLabel('app', 'web');
    return { root: ExistingService.fromConstruct(service), existing: ExistingDeployment.fromConstruct(deployment) };
  },
  'as an Include': (chart) => {
    const folder = mkdtempSync(join(tmpdir(), 'adoption-'));
    writeFileSync(join(folder, 'web.yaml'), YAML);
    const include = new Include(chart, 'old', { url: join(folder, 'web.yaml') });
    rmSync(folder, { recursive: true });
    return { root: ExistingService.fromConstruct(include), existing: ExistingDeployment.fromConstruct(include) };
  },
};

const ISTIO = Mesh.istio();
const GATEWAY_API = Mesh.gatewayApi({ implementation: GatewayApiImplementation.ISTIO });

function adopting(given: Given, props: Partial<CanaryServiceProps> = {}): CanaryServiceProps {
  return { ports: PORTS, root: given.root, versions: [{ name: 'v1', existing: given.existing }, V2], rollout: ROLLOUT, ...props };
}

function build(way: string): (chart: Chart) => void {
  return (chart) => void new CanaryService(chart, 'shop', adopting(WAYS[way](chart)));
}

function named(manifests: readonly Manifest[], key: string): Manifest | undefined {
  return manifests.find((manifest) => keysOf([manifest])[0] === key);
}

const of = (manifests: readonly Manifest[], key: string) => named(manifests, key)?.spec as any;

describe.each(Object.keys(WAYS))('objects given %s', (way) => {
  test.each([['Istio', ISTIO], ['Gateway API', GATEWAY_API]])('stay as they are at every stage on %s, and have no second writer', (_, mesh) => {
    const alone = new Chart(new App(), 'test');
    WAYS[way](alone);
    const given = way === 'as YAML' ? (new Include(alone, 'given', { url: fileWith(YAML) }), alone.toJson() as Manifest[]) : alone.toJson() as Manifest[];
    for (const folder of foldersOf(ROLLOUT).filter((one) => !one.startsWith('rollback/') || one.endsWith('-back'))) {
      const manifests = manifestsAt(folder, build(way), mesh);
      expect(keysOf(manifests).filter((key, index, all) => all.indexOf(key) !== index)).toStrictEqual([]);
      for (const key of ['Deployment/web', 'Service/web']) {
        const was = of(given, key);
        const is = of(manifests, key);
        expect(is?.selector).toStrictEqual(was?.selector);
        expect(is?.template).toStrictEqual(was?.template);
        expect(is?.replicas).toStrictEqual(was?.replicas);
        expect(is === undefined).toBe(way === 'by name');
      }
    }
  });

  test('Istio finds the old pods behind the old Service by what their Deployment selects', () => {
    const first = manifestsAt('0', build(way), ISTIO);
    expect(of(first, 'DestinationRule/web').subsets).toStrictEqual([{ name: 'v1', labels: STABLE }]);
    expect(of(first, 'VirtualService/web').http[0].route).toStrictEqual([
      { destination: { host: 'web.default.svc.cluster.local', port: { number: 80 }, subset: 'v1' } },
    ]);
    const next = manifestsAt('weight-10', build(way), ISTIO);
    expect(of(next, 'Deployment/web-v2').template.metadata.labels).toStrictEqual({ app: 'web', version: 'v2' });
  });

  test('Gateway API sends to the old Service itself, and its selector does not take new pods', () => {
    const first = manifestsAt('0', build(way), GATEWAY_API);
    expect(of(first, 'HTTPRoute/web').rules[0].backendRefs.map(({ name }: { name: string }) => name)).toStrictEqual(['web']);
    expect(keysOf(first).filter((key) => key.startsWith('Service/')).filter((key) => key !== 'Service/web')).toStrictEqual([]);
    const next = manifestsAt('weight-10', build(way), GATEWAY_API);
    expect(of(next, 'HTTPRoute/web').rules[0].backendRefs.map(({ name, weight }: { name: string; weight: number }) => [name, weight])).toStrictEqual([['web', 90], ['web-v2', 10]]);
    expect(of(next, 'Deployment/web-v2').template.metadata.labels).toStrictEqual({ app: 'web-next', version: 'v2' });
    expect(of(next, 'Service/web-v2').selector).toStrictEqual({ app: 'web-next', version: 'v2' });
  });
});

function fileWith(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'adoption-')), 'web.yaml');
  writeFileSync(file, text);
  return file;
}

test.each<readonly [name: string, mesh: Mesh]>([
  ['Istio', ISTIO], ['Gateway API', GATEWAY_API], ['Linkerd', Mesh.linkerd()], ['Kuma', Mesh.kuma()], ['SMI', Mesh.smi()], ['Open Service Mesh', Mesh.openServiceMesh()],
  ['no mesh', Mesh.kubernetes()],
])('on %s the old pods have all of the traffic at first', (_, mesh) => {
  const chart = new Chart(new App(), 'test');
  Mesh.setDefault(chart, mesh);
  const versions = [{ name: 'v1', existing: ExistingDeployment.fromYaml(YAML) }, { ...V2, replicas: 0 }];
  new CanaryService(chart, 'web', { ports: PORTS, root: ExistingService.fromYaml(YAML), versions, weights: { v1: 1 } });
  const { outcomes } = Traffic.fromChart(chart).decide({ host: 'web' });
  expect(outcomes.map(({ share, workload }) => [share, workload])).toStrictEqual([[1, 'Deployment default/web']]);
});

test('what the cluster added is not written, what people wrote is', () => {
  const manifests = manifestsAt('0', build('as YAML'), ISTIO);
  expect(named(manifests, 'Deployment/web')?.metadata).toStrictEqual({ annotations: { team: 'shop' }, name: 'web', namespace: 'default' });
  expect(named(manifests, 'Deployment/web')).not.toHaveProperty('status');
  expect(of(manifests, 'Service/web')).toStrictEqual({ clusterIP: '10.0.0.7', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http', appProtocol: 'http' }] });
});

test('the stages change what a new version would change, and nothing that was taken over', () => {
  const [stable, deployed, moved] = ['stable', 'deploy-v2', 'weight-10'].map((stage) => manifestsAt(stage, build('by name'), ISTIO));
  expect(differences(stable, deployed).sort()).toStrictEqual(['+ Deployment/web-v2', '+ Service/web-v2', '+ ServiceAccount/web-v2', 'DestinationRule/web.spec.subsets[1]']);
  expect(differences(deployed, moved)).toStrictEqual(['VirtualService/web.spec.http[0].route[0].weight', 'VirtualService/web.spec.http[0].route[1]']);
});

test('new pods carry what the old Service selects, where the mesh needs them behind it', () => {
  const existing = ExistingDeployment.byName('web', { matchLabels: { release: 'old' }, podLabels: { 'release': 'old', 'team': 'shop', 'app.kubernetes.io/name': 'web' } });
  const root = ExistingService.byName('web', { selector: { 'team': 'shop', 'app.kubernetes.io/name': 'web' } });
  const manifests = manifestsAt('weight-10', (chart) => new CanaryService(chart, 'web', adopting({ root, existing })), ISTIO);
  expect(of(manifests, 'Deployment/web-v2').template.metadata.labels).toStrictEqual({ 'team': 'shop', 'app.kubernetes.io/name': 'web', 'app': 'web', 'version': 'v2' });
});

describe('what is only named', () => {
  const manifests = (mesh: Mesh) => manifestsAt('weight-10', build('by name'), mesh);
  const stood = (mesh: Mesh, more: readonly unknown[] = []) => Traffic.fromYaml([...manifests(mesh), ...more].map((manifest) => JSON.stringify(manifest)).join('\n---\n'));

  test.each([['Istio', ISTIO], ['Gateway API', GATEWAY_API], ['Linkerd', Mesh.linkerd()], ['SMI', Mesh.smi()]])('is counted on by whoever reads the manifests for %s', (_, mesh) => {
    const { outcomes } = stood(mesh).decide({ host: 'web' });
    expect(outcomes.map(({ share, workload }) => [share, workload])).toStrictEqual([[0.9, 'Deployment default/web'], [0.1, 'Deployment default/web-v2']]);
    expect(Lint.check(stood(mesh)).filter(({ severity }) => severity === 'error')).toStrictEqual([]);
  });

  test('gives way to an object of that name among the manifests', () => {
    const gone = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'default' }, spec: { replicas: 0, selector: { matchLabels: STABLE }, template: { metadata: { labels: STABLE } } } };
    const { outcomes } = stood(ISTIO, [gone]).decide({ host: 'web' });
    expect(outcomes.map(({ share, workload, status }) => [share, workload ?? status])).toStrictEqual([[0.9, '503'], [0.1, 'Deployment default/web-v2']]);
  });

  test.each(['{', '{}'])('is nothing if the annotation is %s', (text) => {
    const written = manifests(ISTIO).map((manifest) => ({ ...manifest, metadata: { ...manifest.metadata, annotations: { 'cdk8s-canary/existing': text } } }));
    const traffic = Traffic.fromYaml(written.map((manifest) => JSON.stringify(manifest)).join('\n---\n'));
    expect(Lint.check(traffic).map(({ code }) => code)).toContain('backend-missing');
  });
});

const NAMED: Given = WAYS['by name'](new Chart(new App(), 'none'));
const SAME: Given = { root: NAMED.root, existing: ExistingDeployment.byName('web', { matchLabels: { app: 'web' } }) };

/** Refusals: the sentence, what is declared, what is found. */
const REFUSED: readonly (readonly [sentence: string, props: (chart: Chart) => Partial<CanaryServiceProps>, findings: readonly string[]])[] = [
  ['a Deployment that selects all that the Service selects, where all versions have to be behind it',
    () => adopting(SAME, { rollout: undefined, weights: { v1: 1 }, mesh: Mesh.openServiceMesh() }),
    ['[test/web] adoption-selectors at versions.v1.existing: the Service "web" selects app=web, and the Deployment "web" selects app=web, and the pods of "v2" carry app=web, version=v2, so that the Deployment selects them too, and Open Service Mesh takes the pods behind a split from the root Service; run its pods from a Deployment that selects one more label first']],
  ['the same, whatever the mesh, if the new pods are given the label',
    () => adopting(SAME, { rollout: undefined, weights: { v1: 1 }, app: 'web', mesh: GATEWAY_API }),
    ['[test/web] adoption-selectors at versions.v1.existing: the Service "web" selects app=web, and the Deployment "web" selects app=web, and the pods of "v2" carry app=web, version=v2, so that the Deployment selects them too; give the service another `app`, or drop the label from `podLabels`']],
  ['a Service that would take new pods, where it stands for the old ones',
    () => adopting(NAMED, { rollout: undefined, weights: { v1: 1 }, app: 'web', mesh: GATEWAY_API }),
    ['[test/web] adoption-selectors at versions.v1.existing: the Service "web" selects app=web, and the Deployment "web" selects app=web, track=stable, and the pods of "v2" carry app=web, version=v2, so that the Service takes them too, whatever the weights; give the service another `app`']],
  ['a Service that can only ever select the old version',
    () => adopting({ root: ExistingService.byName('web', { selector: { app: 'web', version: 'v1' } }), existing: ExistingDeployment.byName('web', { matchLabels: { app: 'web', version: 'v1' } }) },
      { rollout: undefined, weights: { v1: 1 }, mesh: Mesh.openServiceMesh() }),
    ['[test/web] adoption-selectors at versions.v1.existing: the Service "web" selects app=web, version=v1, and the Deployment "web" selects app=web, version=v1, and the pods of "v2" carry app=web, version=v2, so that the Service leaves them out, and Open Service Mesh takes the pods behind a split from the root Service; use an `appLabelKey` and `versionLabelKey` whose values may differ from those']],
  ['a Service that does not select the Deployment\'s pods',
    () => adopting({ root: ExistingService.byName('web', { selector: { app: 'shop' } }), existing: NAMED.existing }, { rollout: undefined, weights: { v1: 1 } }),
    ['[test/web] adoption-selectors at versions.v1.existing: the Service "web" selects app=shop, and the Deployment "web" selects app=web, track=stable: its pods are not behind the Service; give a Deployment whose pods are']],
  ['two existing Deployments of which one selects the pods of the other',
    () => ({ root: NAMED.root, weights: { v1: 1 }, versions: [{ name: 'v1', existing: SAME.existing }, { name: 'v2', existing: ExistingDeployment.byName('web-2', { matchLabels: { app: 'web', track: 'next' } }) }] }),
    ['[test/web] adoption-selectors at versions.v1.existing: the Deployment "web" selects app=web, and with it the pods of "v2", whose Deployment selects app=web, track=next; run one of them from a Deployment whose selector tells the two apart']],
  ['a Deployment that does not select its own pods',
    () => adopting({ root: NAMED.root, existing: ExistingDeployment.byName('web', { matchLabels: STABLE, podLabels: { app: 'web' } }) }, { rollout: undefined, weights: { v1: 1 } }),
    ['[test/web] adoption-invalid at versions.v1.existing: the Deployment "web" selects app=web, track=stable, and its pods carry app=web; give both as they are in the cluster']],
  ['a Deployment without labels to know its pods by',
    () => ({ versions: [{ name: 'v1', existing: ExistingDeployment.byName('web', { matchLabels: {}, podLabels: { app: 'web' } }) }], app: 'web' }),
    ['[test/web] adoption-invalid at versions.v1.existing: the Deployment "web" selects its pods by no `matchLabels`, and Services know pods by nothing else; run its pods from a Deployment with `matchLabels` first']],
  ['a Service whose pods belong to no version',
    () => ({ root: NAMED.root, versions: [V2] }),
    ['[test/web] adoption-invalid at root: the Service "web" has pods, and no version is said to be theirs; give a version with `existing`']],
  ['a text without the object',
    () => ({ versions: [{ name: 'v1', existing: ExistingDeployment.fromYaml('kind: Service') }] }),
    ['[test/web] adoption-invalid at versions.v1.existing: the text:1: it has no apiVersion, no metadata.name; give just the object that is meant, or its `name`']],
  ['a text that is no YAML',
    () => ({ versions: [{ name: 'v1', existing: ExistingDeployment.fromYaml('a: [') }] }),
    [expect.stringMatching(/^\[test\/web\] adoption-invalid at versions\.v1\.existing: the text:1: .*flow/i) as unknown as string]],
  ['a file that is not there',
    () => ({ versions: [{ name: 'v1', existing: ExistingDeployment.fromFile('/nowhere/web.yaml') }] }),
    ['[test/web] adoption-invalid at versions.v1.existing: /nowhere/web.yaml: ENOENT: no such file or directory, stat \'/nowhere/web.yaml\'; give just the object that is meant, or its `name`']],
  ['a text with several, and none named',
    () => ({ versions: [{ name: 'v1', existing: ExistingDeployment.fromYaml(`${YAML}---${YAML.replace(/name: web/g, 'name: api')}`) }] }),
    ['[test/web] adoption-invalid at versions.v1.existing: it holds 2 Deployments: "web", "api"; give just the object that is meant, or its `name`']],
  ['a name that is not in the text',
    () => ({ versions: [{ name: 'v1', existing: ExistingDeployment.fromYaml(YAML, { name: 'api' }) }] }),
    ['[test/web] adoption-invalid at versions.v1.existing: it holds no Deployment "api", but "web"; give just the object that is meant, or its `name`']],
  ['an empty name',
    () => ({ versions: [{ name: 'v1', existing: ExistingDeployment.byName('', { matchLabels: { app: 'web' } }) }] }),
    ['[test/web] adoption-invalid at versions.v1.existing: its name is empty; give just the object that is meant, or its `name`']],
  ['a construct without the object',
    (chart) => ({ versions: [{ name: 'v1', existing: ExistingDeployment.fromConstruct(new kplus.ConfigMap(chart, 'C')) }] }),
    ['[test/web] adoption-invalid at versions.v1.existing: it holds no Deployment; give just the object that is meant, or its `name`']],
  ['objects of another namespace',
    () => adopting(WAYS['as YAML'](new Chart(new App(), 'n')), { rollout: undefined, weights: { v1: 1 }, namespace: 'shop' }),
    ['[test/web] adoption-invalid at versions.v1.existing: it is in namespace "default", the service in "shop"; put both in one namespace',
      '[test/web] adoption-invalid at root: it is in namespace "default", the service in "shop"; put both in one namespace']],
  ['what the Service says itself',
    () => adopting(NAMED, { rollout: undefined, weights: { v1: 1 }, name: 'api', serviceType: kplus.ServiceType.NODE_PORT, ports: [{ port: 80, nodePort: 30080 }] }),
    ['name', 'serviceType', 'ports[0].nodePort'].map((place) => `[test/web] adoption-mixed at ${place}: it stands beside an existing Service, which stays as it is; drop it`)],
  ['settings of pods',
    () => ({ versions: [{ name: 'v1', existing: NAMED.existing, replicas: 3, image: 'example/web:1' }] }),
    ['[test/web] pods-invalid at versions.v1: several things say what its pods run; give just one of `image`, `containers`, `deployment` and `existing`']],
  ['a number of pods',
    () => ({ versions: [{ name: 'v1', existing: NAMED.existing, replicas: 3 }] }),
    ['[test/web] deployment-mixed at versions.v1: replicas beside an existing Deployment; set this on the Deployment itself']],
  ['other ports than the Service has',
    () => adopting(WAYS['as YAML'](new Chart(new App(), 'n')), { rollout: undefined, weights: { v1: 1 }, ports: [{ port: 8000, targetPort: 8080 }] }),
    ['[test/web] adoption-invalid at ports[0].port: the Service "web" has the ports 80, not 8000; declare a port that it has']],
  ['another target than the Service has, which names it',
    () => adopting({ root: ExistingService.fromYaml(YAML), existing: ExistingDeployment.fromYaml(ADMIN) },
      { rollout: undefined, weights: { v1: 1 }, ports: [{ port: 80 }] }),
    ['[test/web] adoption-invalid at ports[0].targetPort: the Service "web" sends to 8080, the declaration to 80; set `targetPort` to 8080']],
  ['another protocol than the Service says',
    () => adopting({ root: ExistingService.fromYaml(YAML.replace('port: 80,', 'port: 80, appProtocol: tcp,')), existing: NAMED.existing }, { rollout: undefined, weights: { v1: 1 } }),
    ['[test/web] adoption-invalid at ports[0].protocol: the Service "web" says `appProtocol: tcp`, the declaration comes to "http"; declare the protocol that the port has']],
  ['a Service without pods',
    () => adopting({ root: ExistingService.fromYaml(YAML.replace('  selector: { app: web }\n', '')), existing: NAMED.existing }, { rollout: undefined, weights: { v1: 1 } }),
    [expect.stringContaining('[test/web] adoption-invalid at root: the Service "web" selects no pods') as unknown as string]],
  ['access to pods that cannot be named',
    () => adopting(NAMED, { rollout: undefined, weights: { v1: 1 }, mesh: Mesh.linkerd(), allowFrom: [Client.serviceAccount('cart')] }),
    ['[test/web] adoption-invalid at allowFrom: access is granted to pods with app=web-next, which those of "v1" do not carry: they carry app=web, track=stable; use an `appLabelKey` and `app` that they carry, or leave `allowFrom` out until the version is gone']],
  ['annotations on a Service that is only named',
    () => adopting(NAMED, { rollout: undefined, weights: { v1: 1 }, mesh: Mesh.linkerd(), trafficPolicy: EJECTION }),
    [expect.stringMatching(/^\[test\/web\] adoption-invalid at root: the mesh needs "balancer.linkerd.io\/failure-accrual=.* on the Service "web", which is only named; give it with/) as unknown as string]],
  ['a rollout that would take pods away whose Deployment somebody else writes',
    () => adopting(NAMED, { rollout: RETIRING, stage: '0' }),
    ['[test/web] rollout-unfit at versions.v1.existing: an existing Deployment is "v1", which has no pods at stage "retire-v1"; use `retire: false`, and delete it where it is written after the last stage; or give it with `ExistingDeployment.fromYaml`']],
  ['a rollout that would leave the old Service without pods',
    () => adopting(WAYS['as YAML'](new Chart(new App(), 'none')), { rollout: RETIRING, stage: '0', mesh: GATEWAY_API }),
    ['[test/web] rollout-unfit at root: the existing Service selects "v1", which has no pods at stage "retire-v1"; use `retire: false`: the Service keeps its selector, and would have no pods']],
  ['a rollout that would count pods whose Deployment somebody else writes',
    () => adopting(NAMED, { rollout: BY_PODS, stage: '0', mesh: Mesh.kubernetes() }),
    ['[test/web] rollout-unfit at versions.v1.existing: the rollout sets numbers of pods, and those of an existing Deployment are its own; give it with `ExistingDeployment.fromYaml` or `.fromFile`']],
];

type Pods = Readonly<Record<string, readonly [old: number | undefined, next: number | undefined]>>;

/** A Deployment given as a file is ours to write, so that a rollout may count its pods and take them away. */
test.each<readonly [sentence: string, rollout: Rollout, mesh: Mesh, pods: Pods]>([
  ['goes when it has no traffic any more', RETIRING, ISTIO, {
    '00-stable': [3, undefined],
    '02-weight-100': [3, 1],
    '03-retire-v1': [0, 1],
    '04-remove-v1': [undefined, 1],
    'rollback/04-remove-v1/00-restore': [3, 1],
    'rollback/04-remove-v1/03-stable': [3, undefined],
  }],
  ['has as many pods as its share asks for', PROPORTIONAL, ISTIO, {
    '02-weight-50': [3, 1], '03-weight-90': [2, 1], '05-retire-v1': [0, 1],
  }],
  ['is exchanged pod by pod without a mesh', BY_PODS, Mesh.kubernetes(), {
    '00-stable': [3, undefined], '01-grow-half': [3, 2], '02-half': [2, 2], '03-grow-all-v2': [2, 3], '04-all-v2': [0, 3], 'rollback/04-all-v2/00-restore': [3, 3],
  }],
])('a Deployment that was given as YAML %s', (_, rollout, mesh, pods) => {
  const adoption = (chart: Chart) => new CanaryService(chart, 'shop', adopting(WAYS['as YAML'](chart), { rollout }));
  const sets = new Map(foldersOf(rollout).map((folder) => [folder, manifestsAt(folder, adoption, mesh)]));
  const found = Object.keys(pods).map((folder) => [folder, ['web', 'web-v2'].map((name) => of(sets.get(folder)!, `Deployment/${name}`)?.replicas)]);
  expect(Object.fromEntries(found)).toStrictEqual(pods);
  const templates = [...sets.values()].map((manifests) => of(manifests, 'Deployment/web')).filter((spec) => spec).map(({ template, selector }) => JSON.stringify([template, selector]));
  expect(new Set(templates).size).toBe(1);
});

test('where the Deployment selects all that the Service selects, Istio sends to the leaf of the new version', () => {
  const policy = { trafficPolicy: EJECTION };
  const manifests = manifestsAt('weight-10', (chart) => new CanaryService(chart, 'web', adopting(SAME, policy)), ISTIO);
  expect(of(manifests, 'VirtualService/web').http[0].route).toStrictEqual([
    { destination: { host: 'web.default.svc.cluster.local', port: { number: 80 }, subset: 'v1' }, weight: 90 },
    { destination: { host: 'web-v2.default.svc.cluster.local', port: { number: 80 } }, weight: 10 },
  ]);
  expect(of(manifests, 'DestinationRule/web')).toStrictEqual({ host: 'web.default.svc.cluster.local', subsets: [{ name: 'v1', labels: { app: 'web' } }], trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } } });
  expect(of(manifests, 'DestinationRule/web-v2')).toStrictEqual({ host: 'web-v2.default.svc.cluster.local', trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } } });
  expect(of(manifests, 'Deployment/web-v2').template.metadata.labels).toStrictEqual({ app: 'web-next', version: 'v2' });
  expect(of(manifests, 'Service/web-v2').selector).toStrictEqual({ app: 'web-next', version: 'v2' });
});

test.each(REFUSED)('refuses %s', (_, props, findings) => {
  const found = findingsOf((chart) => new CanaryService(chart, 'web', { ports: PORTS, ...props(chart) } as CanaryServiceProps));
  expect(found).toStrictEqual(findings);
});

test.each([
  ['lack the annotation', {}, ['[test/web] adoption-outside-mesh at versions.v1.existing: its pods lack "linkerd.io/inject=enabled", which brings pods into the mesh, '
    + 'and taking them over changes no pod; accept it if they are in the mesh for another reason']],
  ['have it', { podAnnotations: { 'linkerd.io/inject': 'enabled' } }, []],
])('warns of old pods that nothing brings into the mesh: they %s', (_, props, warnings) => {
  const chart = new Chart(new App(), 'test');
  Mesh.setDefault(chart, Mesh.linkerd());
  const existing = ExistingDeployment.byName('web', { matchLabels: STABLE, ...props });
  new CanaryService(chart, 'web', adopting({ root: NAMED.root, existing }, { rollout: undefined, weights: { v1: 1 } }));
  expect(Warnings.of(chart)).toStrictEqual(warnings);
});

test('what was taken over is no construct of cdk8s-plus, unless it was one', () => {
  const chart = new Chart(new App(), 'test');
  Mesh.setDefault(chart, ISTIO);
  const byName = new CanaryService(chart, 'web', adopting(NAMED, { rollout: undefined, weights: { v1: 1 } }));
  expect(() => byName.root).toThrow('the root Service of "test/web" was taken over, and is no construct of cdk8s-plus; use its name');
  expect(() => byName.version('v1').deployment).toThrow('the Deployment of version "v1" was taken over, and is no construct of cdk8s-plus; use its name');
  expect(byName.host).toBe('web.default.svc.cluster.local');
  const other = new Chart(new App(), 'test');
  Mesh.setDefault(other, GATEWAY_API);
  const given = WAYS['as constructs of cdk8s-plus'](other);
  const service = new CanaryService(other, 'web', adopting(given, { rollout: undefined, weights: { v1: 1 } }));
  expect(service.root.name).toBe('web');
  expect(service.version('v1').leaf).toBe(service.root);
  expect(service.version('v1').deployment.name).toBe('web');
});
