import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import * as ts from 'typescript';
import { MESHES as DRIVERS } from '../scripts/mesh-matrix';

const SRC = resolve(__dirname, '../src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** Who may import whom, by folder of src; `.` are the constructs themselves. Packages are listed by name. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'model': ['model', 're2js'],
  'app': ['app', 'model', 'cdk8s', 'constructs', 'node:fs', 'node:path'],
  'declaration': ['declaration', 'manifests', 'model', 'cdk8s', 'cdk8s-plus-28', 'constructs', 'node:crypto'],
  'rollout': ['rollout', 'declaration', 'model', 'cdk8s'],
  'delivery': [
    'delivery', 'app', 'declaration', 'meshes', 'model', 'rollout', 'workload', 'imports', 'cdk8s', 'cdk8s-plus-28', 'constructs',
  ],
  'workload': ['workload', 'declaration', 'manifests', 'model', '.', 'cdk8s', 'cdk8s-plus-28', 'constructs'],
  'meshes': ['meshes', 'app', 'model', 'declaration', 'evaluation', 'manifests', 'lint', 'imports', 'cdk8s', 'constructs'],
  'manifests': ['manifests', 'yaml', 'node:fs', 'node:path', 'cdk8s', 'constructs'],
  'evaluation': ['evaluation', 'manifests', 'model', 're2js'],
  'lint': ['lint', 'evaluation', 'manifests'],
  'cli': ['cli', 'app', 'evaluation', 'lint', 'meshes', 'report', '.', 'commander', 'yaml', 'node:child_process', 'node:fs', 'node:os', 'node:path'],
  'jest': ['jest', 'report', '.', 'cdk8s', 'constructs', 'yaml'],
  'report': ['report', 'evaluation', 'lint', 'manifests'],
  'synthesis': ['synthesis', 'cdk8s', 'constructs', 'node:crypto', 'node:fs', 'node:path'],
  '.': [
    '.',
    'app',
    'declaration',
    'delivery',
    'evaluation',
    'lint',
    'manifests',
    'meshes',
    'model',
    'report',
    'rollout',
    'synthesis',
    'workload',
    'cdk8s',
    'cdk8s-plus-28',
    'constructs',
    'node:fs',
    'node:os',
    'node:path',
  ],
};

const MESHES = readdirSync(join(SRC, 'meshes'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** The only files outside a mesh's folder that name it: one line each for every mesh. */
const REGISTRIES = ['meshes/index.ts', 'meshes/public.ts', 'meshes/lint-rules.ts', 'meshes/readers.ts', 'index.ts'];

const CONTROLLERS = readdirSync(join(SRC, 'delivery'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** What a controller does with the routes of a mesh stands in one file for each mesh, which may name it and build on it. */
const ROUTING = /^delivery\/[^/]+\/routing\//;

interface Word {
  readonly text: string;
  readonly identifier: boolean;
}

/** Identifiers and texts of a file, comments left out. */
function wordsOf(file: string): Word[] {
  const found: Word[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.push({ text: node.text, identifier: true });
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      found.push({ text: node.text, identifier: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.ES2022));
  return found;
}

/** The mesh's name by itself, or as part of an identifier. Messages may speak of Kubernetes: it is the platform of every mesh. */
function namesMesh({ text, identifier }: Word, mesh: string): boolean {
  const pascal = mesh.split('-').map((part) => part[0].toUpperCase() + part.slice(1)).join('');
  if (identifier) return text === mesh || new RegExp(`${pascal}($|[^a-z])`).test(text);
  return text === mesh || (mesh !== 'kubernetes' && new RegExp(`\\b${pascal}\\b`).test(text));
}

function importsOf(file: string): string[] {
  return [...readFileSync(join(SRC, file), 'utf8').matchAll(/(?:import|export)\s[^;]*?from '([^']+)'/g)].map(([, target]) => target);
}

function folderOf(file: string): string {
  return file.includes('/') ? file.split('/')[0] : '.';
}

function targetOf(file: string, target: string): string {
  if (!target.startsWith('.')) return target;
  const path = relative(SRC, resolve(SRC, dirname(file), target));
  if (path.startsWith('../imports/')) return 'imports';
  return path === 'meshes' ? 'meshes' : folderOf(path);
}

test.each(files)('%s imports only what its folder may', (file) => {
  const allowed = MAY_IMPORT[folderOf(file)];
  expect(importsOf(file).filter((target) => !allowed.includes(targetOf(file, target)))).toEqual([]);
});

/** Meshes that follow the routes of another folder, which they hand on. */
const FOLLOWS: Record<string, readonly string[]> = {
  'ingress-nginx': ['plain-ingress'],
  'istio': ['gateway-api'],
  'kuma': ['gateway-api'],
  'linkerd': ['gateway-api', 'smi'],
};

test.each(MESHES)('only the folder of %s, its followers and the registries import from it', (mesh) => {
  const followers = Object.keys(FOLLOWS).filter((other) => FOLLOWS[other].includes(mesh));
  const outside = files.filter((file) => ![mesh, ...followers].some((other) => file.startsWith(`meshes/${other}/`)) && !REGISTRIES.includes(file) && !ROUTING.test(file));
  const importers = outside.filter((file) => importsOf(file).some((target) => `${relative(SRC, resolve(SRC, dirname(file), target))}/`.startsWith(`meshes/${mesh}/`)));
  expect(importers).toEqual([]);
});

test.each(MESHES)('nothing outside its folder, its followers and the registries names %s', (mesh) => {
  const followers = Object.keys(FOLLOWS).filter((other) => FOLLOWS[other].includes(mesh));
  const outside = files.filter((file) => ![mesh, ...followers].some((other) => file.startsWith(`meshes/${other}/`)) && !REGISTRIES.includes(file) && !ROUTING.test(file));
  expect(outside.filter((file) => wordsOf(file).some((word) => namesMesh(word, mesh)))).toEqual([]);
});

test.each([
  { word: { text: 'IstioOptions', identifier: true }, mesh: 'istio', named: true },
  { word: { text: 'isIstio', identifier: true }, mesh: 'istio', named: true },
  { word: { text: 'istio', identifier: false }, mesh: 'istio', named: true },
  { word: { text: 'what Istio does', identifier: false }, mesh: 'istio', named: true },
  { word: { text: 'persistio', identifier: true }, mesh: 'istio', named: false },
  { word: { text: 'a name that Kubernetes refuses', identifier: false }, mesh: 'kubernetes', named: false },
  { word: { text: 'KubernetesOptions', identifier: true }, mesh: 'kubernetes', named: true },
  { word: { text: 'kubernetes', identifier: false }, mesh: 'kubernetes', named: true },
])('whether "$word.text" names the mesh $mesh: $named', ({ word, mesh, named }) => {
  expect(namesMesh(word, mesh)).toBe(named);
});

const readers = files.filter((file) => /^meshes\/[^/]+\/read\//.test(file));

test('a reader shares nothing with a renderer, so that one can catch the other', () => {
  const mayUse = (path: string) => /^(evaluation|manifests)\//.test(path) || /^meshes\/[^/]+\/read(\/|$)/.test(path);
  const shared = (file: string) => importsOf(file).filter((target) => target.startsWith('.') && !mayUse(relative(SRC, resolve(SRC, dirname(file), target))));
  expect(readers.filter((file) => shared(file).length > 0)).toEqual([]);
  // What is looked for in manifests is looked for with the readers' eyes.
  const lints = (file: string) => /^meshes\/[^/]+\/lint(\/|\.ts$)/.test(file);
  const others = files.filter((file) => !readers.includes(file) && !lints(file) && file !== 'meshes/readers.ts');
  expect(others.filter((file) => importsOf(file).some((target) => /\/read(\/|$)/.test(target)))).toEqual([]);
});

/** What every mesh has, under one name in each folder. */
const EVERY_MESH_HAS = ['capabilities.ts', 'check.ts', 'index.ts', 'kinds.ts', 'name.ts', 'options.ts', 'public.ts', 'render.ts'];

const withDriver = importsOf('meshes/index.ts').flatMap((target) => /^\.\/([^/]+)$/.exec(target)?.slice(1) ?? []).filter((name) => MESHES.includes(name));

test.each(withDriver)('the folder of %s has the same file names as those of the other meshes', (mesh) => {
  expect(EVERY_MESH_HAS.filter((name) => !files.includes(`meshes/${mesh}/${name}`))).toEqual([]);
});

test('who may call is decided in access.ts, where a mesh has a say in it', () => {
  const decides = DRIVERS.filter(({ mesh }) => [...mesh._driver.capabilities].some((capability) => capability.endsWith('Access'))).map(({ mesh }) => mesh.name);
  expect(decides.filter((name) => withDriver.includes(name) && !files.includes(`meshes/${name}/access.ts`))).toEqual([]);
  expect(withDriver.filter((name) => !decides.includes(name) && files.includes(`meshes/${name}/access.ts`))).toEqual([]);
});

test('generated imports are used by renderers in the folders of meshes and controllers only', () => {
  const users = files.filter((file) => importsOf(file).some((target) => target.includes('/imports/')));
  const folders = [...MESHES.map((mesh) => `meshes/${mesh}/`), ...CONTROLLERS.map((controller) => `delivery/${controller}/`)];
  expect(users.filter((file) => !folders.some((folder) => file.startsWith(folder)))).toEqual([]);
});

test.each(CONTROLLERS)('nothing outside its folder and the registry names or imports %s', (controller) => {
  const outside = files.filter((file) => !file.startsWith(`delivery/${controller}/`) && file !== 'delivery/public.ts');
  expect(outside.filter((file) => wordsOf(file).some((word) => namesMesh(word, controller)))).toEqual([]);
  expect(outside.filter((file) => importsOf(file).some((target) => target.includes(`/${controller}/`)))).toEqual([]);
});

test('the folders of all controllers have the same file names for the same things', () => {
  const shared = ['check.ts', 'construct.ts', 'context.ts', 'http-match.ts', 'kinds.ts', 'metrics.ts', 'name.ts', 'options.ts', 'owned.ts', 'public.ts', 'render.ts', 'routing/index.ts', 'routing/routing.ts', 'steps.ts'];
  for (const controller of CONTROLLERS) expect([controller, shared.filter((name) => !files.includes(`delivery/${controller}/${name}`))]).toEqual([controller, []]);
});

test('no file imports itself through others', () => {
  const graph = new Map(files.map((file) => [file, importsOf(file).filter((target) => target.startsWith('.')).map((target) => resolveFile(file, target))]));
  expect(files.filter((file) => reaches(graph, file, file, new Set()))).toEqual([]);
});

function resolveFile(file: string, target: string): string {
  const path = relative(SRC, resolve(SRC, dirname(file), target));
  return files.includes(`${path}.ts`) ? `${path}.ts` : `${path}/index.ts`;
}

function reaches(graph: ReadonlyMap<string, readonly string[]>, from: string, goal: string, seen: Set<string>): boolean {
  return (graph.get(from) ?? []).some((next) => {
    if (next === goal) return true;
    if (seen.has(next)) return false;
    seen.add(next);
    return reaches(graph, next, goal, seen);
  });
}

test('no file of ours is longer than 400 lines', () => {
  expect(files.filter((file) => readFileSync(join(SRC, file), 'utf8').split('\n').length > 400)).toEqual([]);
});
