/* The same objects by helm, kustomize and cdk8s: `npm run bench -- tools [count...]`. Builds helm and kustomize with Go, once. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Yaml } from 'cdk8s';
import { timed } from './process';
import { printTable } from './table';
import { serviceManifests } from './workloads';

const PROGRAMS = join(resolve(__dirname, '..'), '.cache/bench/bin');
const MODULES = { helm: 'helm.sh/helm/v3/cmd/helm@v3.21.4', kustomize: 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.1' };
const COUNTS = [100, 400, 1600];
const LIMIT_SECONDS = 60;

interface Tool {
  readonly title: string;
  readonly command: (count: number, folder: string) => readonly string[];
}

const TOOLS: readonly Tool[] = [
  { title: 'helm template', command: helmChart },
  { title: 'kustomize build', command: overlays },
  { title: 'ApiObjects in one chart, App', command: (count) => measured('floor', count) },
  { title: 'ApiObjects, a chart each, CanaryApp', command: (count) => measured('objects-canary', count) },
  { title: 'CanaryServices, a chart each, CanaryApp', command: (count) => measured('services-canary', count) },
];

export function benchTools(counts: readonly string[]): void {
  for (const [program, module] of Object.entries(MODULES)) build(program, module);
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-canary-bench-'));
  try {
    checkSame(folder);
    const slow = new Set<Tool>();
    const rows = (counts.length > 0 ? counts.map(Number) : COUNTS).flatMap((count) => TOOLS.map((tool) => {
      process.stderr.write(`${count} × ${tool.title}\n`);
      const times = slow.has(tool) ? undefined : timed(tool.command(count, folder), { limit: LIMIT_SECONDS });
      if (!times) slow.add(tool);
      return [tool.title, count.toLocaleString('en'), times?.clock.toFixed(2) ?? `over ${LIMIT_SECONDS}`, times?.processor.toFixed(2) ?? ''];
    }));
    printTable(['what', 'services', 'clock s', 'processor s'], rows);
    console.log('\nWhole processes, with their start; those of cdk8s load TypeScript through tsx.');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function build(program: string, module: string): void {
  if (existsSync(join(PROGRAMS, program))) return;
  process.stderr.write(`building ${module}, which takes some minutes\n`);
  const { error, status } = spawnSync('go', ['install', module], { env: { ...process.env, GOBIN: PROGRAMS }, stdio: 'inherit' });
  if (error || status !== 0) throw new Error(`"go install ${module}" failed: ${error?.message ?? `status ${status}`}. This benchmark needs Go.`);
}

/** All make the same objects, or the comparison says nothing. */
function checkSame(folder: string): void {
  const out = join(folder, 'out.yaml');
  const objects = (tool: Tool) => {
    timed(tool.command(12, folder), { output: out, limit: LIMIT_SECONDS });
    return Yaml.load(out).map((object) => JSON.stringify(object, sortedKeys)).sort().join('\n');
  };
  const [helm, kustomize] = [objects(TOOLS[0]), objects(TOOLS[1])];
  const ours = Array.from({ length: 12 }, (_, index) => serviceManifests()(index)).flat().map((object) => JSON.stringify(object, sortedKeys)).sort().join('\n');
  if (helm !== ours) throw new Error('helm does not make the objects of cdk8s');
  if (kustomize !== ours) throw new Error('kustomize does not make the objects of cdk8s');
}

function sortedKeys(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One template with a loop over the services. */
function helmChart(count: number, folder: string): string[] {
  const chart = join(folder, 'helm');
  const service = Yaml.stringify(...serviceManifests()(0)).replaceAll('service-0', 'service-{{ $index }}');
  write(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 1.0.0\n');
  write(join(chart, 'values.yaml'), `count: ${count}\n`);
  write(join(chart, 'templates/services.yaml'), `{{- range $index := until (int .Values.count) }}\n---\n${service}{{- end }}\n`);
  return [join(PROGRAMS, 'helm'), 'template', 'bench', chart];
}

/** A folder for each service: kustomize has no loops, and does not know the hosts in routes as names that it could replace. */
function overlays(count: number, folder: string): string[] {
  const root = join(folder, `kustomize-${count}`);
  const names = Array.from({ length: count }, (_, index) => `service-${index}`);
  const manifests = serviceManifests();
  names.forEach((name, index) => {
    write(join(root, name, 'objects.yaml'), Yaml.stringify(...manifests(index)));
    write(join(root, name, 'kustomization.yaml'), 'resources: [objects.yaml]\n');
  });
  write(join(root, 'kustomization.yaml'), `resources: [${names.join(', ')}]\n`);
  return [join(PROGRAMS, 'kustomize'), 'build', root];
}

function measured(workload: string, count: number): string[] {
  return [process.execPath, '--import', 'tsx', join(__dirname, 'measure.ts'), workload, String(count)];
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
