import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Lazy, Testing, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { emptyFolder, filesIn } from './folders';
import { CanaryApp, CanaryAppProps, CanaryService, Mesh } from '../../src';

const FOLDERS = YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;

let folder: string;

beforeEach(() => {
  folder = emptyFolder();
  jest.spyOn(console, 'warn').mockReturnValue();
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function appOf(charts: readonly string[], props: CanaryAppProps = {}): CanaryApp {
  const app = new CanaryApp({ outdir: folder, name: 'shop', ...props });
  for (const id of charts) config(new Chart(app, id), 'config', id);
  return app;
}

function config(scope: Construct, id: string, value: unknown): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${scope.node.id}-${id}` }, data: { value } });
}

/** What the next run of the program writes: nothing is remembered but what stands in the folder. */
function inNewProcess(charts: readonly string[], props: CanaryAppProps = {}): void {
  jest.isolateModules(() => {
    /* eslint-disable @typescript-eslint/no-require-imports */
    const cdk8s = require('cdk8s') as typeof import('cdk8s');
    const { CanaryApp: Fresh } = require('../../src/canary-app') as typeof import('../../src/canary-app');
    /* eslint-enable @typescript-eslint/no-require-imports */
    const app = new Fresh({ outdir: folder, name: 'shop', ...props });
    for (const id of charts) {
      new cdk8s.ApiObject(new cdk8s.Chart(app, id), 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${id}-config` }, data: { value: id } });
    }
    app.synth();
  });
}

function manifest(chart: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${chart}-config\ndata:\n  value: ${chart}\n`;
}

/** All that stands in the folder, records too. */
function everything(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

describe('a synthesis that fails leaves everything as it was', () => {
  const before = { 'a.k8s.yaml': manifest('a'), 'b.k8s.yaml': manifest('b') };

  beforeEach(() => appOf(['a', 'b']).synth());

  afterEach(() => {
    expect(filesIn(folder)).toEqual(before);
    expect(everything()).toEqual(['.shop.cdk8s-canary', 'a.k8s.yaml', 'b.k8s.yaml']);
  });

  test('fails with all validation errors, in the form of cdk8s', () => {
    const app = appOf(['a', 'c']);
    app.node.findChild('a').node.addValidation({ validate: () => ['first', 'second'] });
    app.node.findChild('c').node.addValidation({ validate: () => ['third'] });
    expect(() => app.synth()).toThrow(new Error('Validation failed with the following errors:\n  [a] first\n  [a] second\n  [c] third'));
  });

  test('fails when an object cannot be rendered', () => {
    const app = appOf(['0-new', 'a']);
    config(app.node.findChild('a') as Chart, 'broken', Lazy.any({ produce: () => { throw new Error('no value yet'); } }));
    expect(() => app.synth()).toThrow("Failed serializing construct at path 'a/broken' with name 'a-broken': Error: no value yet");
  });

  test('fails on a way to divide the output that nobody knows', () => {
    expect(() => appOf(['a'], { yamlOutputType: 7 as YamlOutputType }).synth()).toThrow(
      'unknown yamlOutputType "7", expected one of FILE_PER_APP, FILE_PER_CHART, FILE_PER_RESOURCE, FOLDER_PER_CHART_FILE_PER_RESOURCE');
  });

  test('fails on a dependency cycle', () => {
    const app = appOf(['a', 'b']);
    const [a, b] = app.node.children;
    a.node.addDependency(b);
    b.node.addDependency(a);
    expect(() => app.synth()).toThrow('Dependency cycle detected: a => b => a');
  });

  test('fails on a chart that depends on itself, which cdk8s would lose', () => {
    const app = appOf(['a', 'b']);
    app.node.findChild('a').node.addDependency(app.node.findChild('a'));
    expect(() => app.synth()).toThrow('Dependency cycle detected: a => a');
  });
});

describe('a file that cannot be put in place', () => {
  test('fails when a folder stands there, and undoes what was done before it', () => {
    writeFileSync(join(folder, 'a.k8s.yaml'), 'before');
    mkdirSync(join(folder, 'b.k8s.yaml'));
    expect(() => appOf(['0', 'a', 'b']).synth()).toThrow(`"${join(folder, 'b.k8s.yaml')}" is a folder, and a file has to go there: move the folder away`);
    expect(filesIn(folder)).toEqual({ 'a.k8s.yaml': 'before', 'b.k8s.yaml': null });
    expect(everything()).toEqual(['a.k8s.yaml', 'b.k8s.yaml']);
  });

  test('fails when a file stands where a folder has to be, and undoes what was done before it', () => {
    writeFileSync(join(folder, 'b'), 'a file');
    const app = appOf(['a', 'b'], { yamlOutputType: FOLDERS });
    expect(() => app.synth()).toThrow('EEXIST');
    expect(everything()).toEqual(['b']);
  });

  test('fails when the output folder cannot be made', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => appOf(['a'], { outdir: join(folder, 'file/dist') }).synth()).toThrow('ENOTDIR');
    expect(everything()).toEqual(['file']);
  });

  test('fails without leaving an output folder that was not there', () => {
    const app = appOf(['a'], { outdir: join(folder, 'new/dist') });
    config(app.node.findChild('a') as Chart, 'broken', Lazy.any({ produce: () => { throw new Error('no value yet'); } }));
    expect(() => app.synth()).toThrow('no value yet');
    expect(everything()).toEqual([]);
  });
});

describe('files of the synthesis before', () => {
  test('are removed when they are gone from the app', () => {
    const app = appOf(['a', 'b', 'c']);
    app.synth();
    app.node.tryRemoveChild('b');
    app.synth();
    expect(filesIn(folder)).toEqual({ 'a.k8s.yaml': manifest('a'), 'c.k8s.yaml': manifest('c') });
  });

  test('are removed by a later run of the program', () => {
    inNewProcess(['a', 'b', 'c']);
    inNewProcess(['a', 'd']);
    expect(filesIn(folder)).toEqual({ 'a.k8s.yaml': manifest('a'), 'd.k8s.yaml': manifest('d') });
  });

  test('are removed with their folders when the output is divided in another way', () => {
    inNewProcess(['a', 'b'], { yamlOutputType: FOLDERS, recordConstructMetadata: true });
    expect(everything()).toEqual(
      ['.shop.cdk8s-canary', 'a', 'a/ConfigMap.a-config.k8s.yaml', 'b', 'b/ConfigMap.b-config.k8s.yaml', 'construct-metadata.json']);
    inNewProcess(['a']);
    expect(everything()).toEqual(['.shop.cdk8s-canary', 'a.k8s.yaml']);
  });

  test('stay when nobody knows who wrote them', () => {
    mkdirSync(join(folder, 'b'));
    const foreign = { 'c.k8s.yaml': 'by hand', 'kustomization.yaml': 'resources: []', 'b/notes.txt': 'by hand' };
    for (const [path, content] of Object.entries(foreign)) writeFileSync(join(folder, path), content);
    inNewProcess(['a', 'b'], { yamlOutputType: FOLDERS });
    inNewProcess(['a']);
    expect(filesIn(folder)).toEqual({ ...foreign, 'a.k8s.yaml': manifest('a'), 'b': null });
  });

  test('stay, with a warning, when somebody changed them', () => {
    inNewProcess(['a', 'b']);
    writeFileSync(join(folder, 'b.k8s.yaml'), 'changed');
    inNewProcess(['a']);
    expect(filesIn(folder)).toEqual({ 'a.k8s.yaml': manifest('a'), 'b.k8s.yaml': 'changed' });
    expect(console.warn).toHaveBeenCalledWith(
      `Warning: "${join(folder, 'b.k8s.yaml')}" belongs to no chart any more, but was changed since it was written, and stays; remove it if it is not wanted`);
  });

  test('stay when an app of another name wrote them', () => {
    inNewProcess(['a'], { name: 'one' });
    inNewProcess(['b'], { name: 'two' });
    inNewProcess(['b'], { name: 'two' });
    expect(Object.keys(filesIn(folder))).toEqual(['a.k8s.yaml', 'b.k8s.yaml']);
  });

  test('stay when an app of another name has taken them over', () => {
    inNewProcess(['a', 'b'], { name: 'one' });
    inNewProcess(['b', 'c'], { name: 'two' });
    inNewProcess(['a'], { name: 'one' });
    expect(Object.keys(filesIn(folder))).toEqual(['a.k8s.yaml', 'b.k8s.yaml', 'c.k8s.yaml']);
  });

  test('stay when another app of the same program wrote them, and are still known in the next run', () => {
    appOf(['a']).synth();
    appOf(['b']).synth();
    expect(Object.keys(filesIn(folder))).toEqual(['a.k8s.yaml', 'b.k8s.yaml']);
    inNewProcess(['c']);
    expect(Object.keys(filesIn(folder))).toEqual(['c.k8s.yaml']);
  });

  test('stay when they are outside of the folder, whatever the record says', () => {
    const dist = join(folder, 'dist');
    writeFileSync(join(folder, 'outside'), '');
    inNewProcess(['a'], { outdir: dist });
    const empty = createHash('sha256').update('').digest('hex');
    appendFileSync(join(dist, '.shop.cdk8s-canary'), `${empty}  ../outside\n${empty}  ${join(folder, 'outside')}\n${empty}  a/../../outside\nno line of ours\n`);
    inNewProcess(['b'], { outdir: dist });
    expect(Object.keys(filesIn(folder))).toEqual(['dist', 'dist/b.k8s.yaml', 'outside']);
  });

  test('that are gone already are no problem', () => {
    inNewProcess(['a', 'b']);
    rmSync(join(folder, 'b.k8s.yaml'));
    inNewProcess(['a']);
    expect(Object.keys(filesIn(folder))).toEqual(['a.k8s.yaml']);
  });

  test('are removed again when a synthesis fails after that', () => {
    inNewProcess(['a', 'b']);
    mkdirSync(join(folder, 'z.k8s.yaml'));
    expect(() => inNewProcess(['0', 'z'])).toThrow('is a folder');
    expect(Object.keys(filesIn(folder))).toEqual(['a.k8s.yaml', 'b.k8s.yaml', 'z.k8s.yaml']);
    rmSync(join(folder, 'z.k8s.yaml'), { recursive: true });
    inNewProcess(['0', 'z']);
    expect(Object.keys(filesIn(folder))).toEqual(['0.k8s.yaml', 'z.k8s.yaml']);
  });
});

test('the record can be checked with sha256sum', () => {
  appOf(['b', 'a'], { name: 'shop app' }).synth();
  const { stdout, status } = spawnSync('sha256sum', ['--check', '--strict', '.shop-app.cdk8s-canary'], { cwd: folder, encoding: 'utf8' });
  expect(stdout).toBe('a.k8s.yaml: OK\nb.k8s.yaml: OK\n');
  expect(status).toBe(0);
});

test('resources that share a file are said to', () => {
  const app = new CanaryApp({ outdir: folder, yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
  for (const namespace of ['one', 'two']) {
    new ApiObject(new Chart(app, namespace, { namespace }), 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'same' } });
  }
  app.synth();
  expect(filesIn(folder)).toEqual({ 'ConfigMap.same.k8s.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: same\n  namespace: two\n' });
  expect(console.warn).toHaveBeenCalledWith(
    'Warning: several charts or resources are to be written into "ConfigMap.same.k8s.yaml", and only the last one is; name them apart or divide the output in another way');
});

describe('each construct is validated once', () => {
  function countingApp(): { readonly app: CanaryApp; readonly counts: Map<string, number> } {
    const app = appOf(Array.from({ length: 20 }, (_, index) => `chart-${index}`));
    const counts = new Map<string, number>();
    for (const construct of app.node.findAll()) {
      construct.node.addValidation({ validate: () => (counts.set(construct.node.path, (counts.get(construct.node.path) ?? 0) + 1), []) });
    }
    return { app, counts };
  }

  test.each(['synth', 'synthYaml'] as const)('by %s', (method) => {
    const { app, counts } = countingApp();
    app[method]();
    expect(counts).toEqual(new Map(app.node.findAll().map(({ node }) => [node.path, 1])));
  });

  test('also when a validation declares more', () => {
    const declare = (app: App) => {
      app.node.addValidation({ validate: () => { if (app.node.children.length === 0) config(new Chart(app, 'late'), 'config', 'late'); return []; } });
      return app;
    };
    const [ours, cdk8s] = [new CanaryApp({ outdir: folder }), new App({ outdir: join(folder, 'cdk8s') })];
    declare(ours).synth();
    declare(cdk8s).synth();
    expect(readFileSync(join(folder, 'late.k8s.yaml'), 'utf8')).toBe(readFileSync(join(folder, 'cdk8s/late.k8s.yaml'), 'utf8'));
  });

  test('also when rendering declares more, and what is wrong with that counts', () => {
    const declare = (app: App, errors: string[]) => {
      const [first, second] = [new Chart(app, 'first'), new Chart(app, 'second')];
      config(second, 'config', 1);
      config(first, 'config', Lazy.any({
        produce: () => {
          if (!second.node.tryFindChild('late')) config(second, 'late', 2).node.addValidation({ validate: () => errors });
          return 'value';
        },
      }));
      return app;
    };
    expect(declare(new CanaryApp(), []).synthYaml()).toBe(declare(new App(), []).synthYaml());
    expect(() => declare(new CanaryApp({ outdir: folder }), ['wrong']).synth()).toThrow('Validation failed with the following errors:\n  [second/late] wrong');
    expect(everything()).toEqual([]);
  });
});

test('a long chain of charts with many objects is sorted', () => {
  const app = appOf([]);
  const charts = Array.from({ length: 3000 }, (_, index) => new Chart(app, `chart-${index}`));
  charts.forEach((chart, index) => {
    for (const id of ['a', 'b']) config(chart, id, index);
    if (index > 0) charts[index - 1].addDependency(chart);
  });
  app.synth();
  expect(Object.keys(filesIn(folder))).toEqual(charts.map((_, index) => `${String(index).padStart(4, '0')}-chart-${2999 - index}.k8s.yaml`));
});

test('environment variables mean what they mean to cdk8s', () => {
  const { env } = process;
  process.env = { ...env, CDK8S_OUTDIR: folder, CDK8S_RECORD_CONSTRUCT_METADATA: 'true' };
  try {
    const app = new CanaryApp();
    config(new Chart(app, 'a'), 'config', 'a');
    app.synth();
    const recorded = filesIn(folder);
    const plain = new App();
    config(new Chart(plain, 'a'), 'config', 'a');
    plain.synth();
    expect(Object.keys(recorded)).toEqual(['a.k8s.yaml', 'construct-metadata.json']);
    expect(recorded).toEqual(filesIn(folder));
  } finally {
    process.env = env;
  }
});

test('canary services get the bytes of cdk8s, with either app', () => {
  const declare = (app: App): App => {
    Mesh.setDefault(app, Mesh.istio());
    for (const id of ['web', 'api']) {
      const versions = [{ name: 'v1', image: `${id}:1` }, { name: 'v2', image: `${id}:2` }];
      new CanaryService(new Chart(app, id, { namespace: 'shop' }), id, { ports: [{ port: 80 }], versions, weights: { v1: 90, v2: 10 } });
    }
    return app;
  };
  declare(new CanaryApp({ outdir: join(folder, 'ours') })).synth();
  declare(new App({ outdir: join(folder, 'cdk8s') })).synth();
  expect(filesIn(join(folder, 'ours'))).toEqual(filesIn(join(folder, 'cdk8s')));
});

test('a chart of a CanaryApp can be rendered by itself', () => {
  expect(Testing.synth(appOf(['a']).node.findChild('a') as Chart)).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a-config' }, data: { value: 'a' } }]);
});
