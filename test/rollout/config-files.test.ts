import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { differences, foldersOf, Manifest, manifestsAt, synthesizeStages, V1, V2, web } from './staged';
import { ConfigFiles, Rollout, VersionProps } from '../../src';

interface PodOwner {
  readonly template: { readonly spec: { readonly volumes: readonly { readonly configMap: { readonly name: string } }[] } };
}

const rollout = Rollout.canary({ stable: 'v1', candidate: 'v2', steps: [{ weight: 10 }] });

function versions(first: string, second: string): VersionProps[] {
  return [
    { ...V1, configFiles: ConfigFiles.of('/etc/web', { 'web.yaml': first }) },
    { ...V2, configFiles: ConfigFiles.of('/etc/web', { 'web.yaml': second }) },
  ];
}

function single(props: Partial<VersionProps>): Manifest[] {
  return manifestsAt('', (chart) => web(chart, { versions: [{ ...V1, ...props }] }));
}

function ofKind(manifests: readonly Manifest[], kind: string): Record<string, unknown> {
  return manifests.find((manifest) => manifest.kind === kind) as unknown as Record<string, unknown>;
}

// Form: kubernetes.io/docs/concepts/configuration/configmap/
test('are a ConfigMap that never changes, and a volume of the first container', () => {
  const manifests = single({ containers: [{ name: 'web', image: 'web', portNumber: 80 }, { name: 'log', image: 'log' }], image: undefined, configFiles: ConfigFiles.of('/etc/web', { b: '2', a: '1' }) });
  // SHA-256 of {"a":"1","b":"2"}, by sha256sum.
  const name = 'web-v1-config-21f76dfb';
  expect(ofKind(manifests, 'ConfigMap')).toStrictEqual({
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', labels: { app: 'web', version: 'v1' } }, data: { a: '1', b: '2' }, immutable: true,
  });
  expect(ofKind(manifests, 'Deployment').spec).toMatchObject({
    template: { spec: { containers: [{ name: 'web', volumeMounts: [{ name: 'config-files', mountPath: '/etc/web' }] }, { name: 'log' }], volumes: [{ name: 'config-files', configMap: { name } }] } },
  });
});

test('stand before the pods that mount them', () => {
  const kinds = single({ configFiles: ConfigFiles.of('/etc/web', { a: '1' }) }).map(({ kind }) => kind);
  expect(kinds.indexOf('ConfigMap')).toBeLessThan(kinds.indexOf('Deployment'));
});

test('of one version change its pods and nothing of the other version', () => {
  const at = (second: string) => manifestsAt('02-weight-10', (chart) => web(chart, { versions: versions('red', second), rollout }));
  expect(differences(at('blue'), at('green')).map((difference) => difference.replace(/-[0-9a-f]{8}$/, '-HASH'))).toStrictEqual([
    '- ConfigMap/web-v2-config-HASH', 'Deployment/web-v2.spec.template.spec.volumes[0].configMap.name', '+ ConfigMap/web-v2-config-HASH',
  ].sort((one, other) => Number(one.startsWith('+')) - Number(other.startsWith('+'))));
});

test('are there at every stage that has a Deployment for them, the ways back too', () => {
  const stages = synthesizeStages(rollout, { versions: versions('red', 'blue') });
  const missing = [...stages].flatMap(([folder, manifests]) => manifests
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata: { name }, spec }) => ({ folder, name, needs: (spec as unknown as PodOwner).template.spec.volumes[0].configMap.name }))
    .filter(({ needs }) => !manifests.some(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === needs)));
  expect(missing).toStrictEqual([]);
  expect(stages.size).toBe(foldersOf(rollout).length);
});

test('a path where the first container mounts something else is refused', () => {
  const volume = kplus.Volume.fromEmptyDir(new Chart(new App(), 'other'), 'cache', 'cache');
  const containers = [{ image: 'web', name: 'web', volumeMounts: [{ path: '/etc', volume }] }];
  expect(manifestProblems({ name: 'v1', containers, configFiles: ConfigFiles.of('/etc', { a: '' }) })).toStrictEqual([
    '[test/web] config-invalid at versions.v1.configFiles: the first container mounts another volume at /etc; give one of them another path',
  ]);
});

test.each([
  ['a relative path', ConfigFiles.of('etc/web', { a: '' }), 'the mount path is "etc/web"; give an absolute path without a colon, such as /etc/web'],
  ['a path with a colon', ConfigFiles.of('/etc:ro', { a: '' }), 'the mount path is "/etc:ro"; give an absolute path without a colon, such as /etc/web'],
  ['no file', ConfigFiles.of('/etc', {}), 'there is no file; give at least one, or leave `configFiles` out'],
  ['a path as the name of a file', ConfigFiles.of('/etc', { 'a/b': '' }), '"a/b" is no name of a file in a ConfigMap; use at most 253 letters, digits, "-", "_" and ".", not beginning with ".."'],
  ['a name with two dots before it', ConfigFiles.of('/etc', { '..a': '' }), '"..a" is no name of a file in a ConfigMap; use at most 253 letters, digits, "-", "_" and ".", not beginning with ".."'],
  [
    'more than fits in', ConfigFiles.of('/etc', { a: 'ä'.repeat(1024 * 512), b: 'x' }),
    'the files have 1,048,577 bytes, and a ConfigMap holds 1,048,576; put the larger ones into the image or a volume',
  ],
])('%s is refused', (_, configFiles, problem) => {
  const problems = manifestProblems({ ...V1, configFiles });
  expect(problems).toStrictEqual([`[test/web] config-invalid at versions.v1.configFiles: ${problem}`]);
});

test('a full ConfigMap is not refused', () => {
  expect(manifestProblems({ ...V1, configFiles: ConfigFiles.of('/etc', { a: 'x'.repeat(1024 * 1024) }) })).toStrictEqual([]);
});

function manifestProblems(version: VersionProps): string[] {
  try {
    manifestsAt('', (chart) => web(chart, { versions: [version] }));
    return [];
  } catch (problem) {
    return (problem as Error).message.split('\n').slice(1).map((line) => line.trim());
  }
}
