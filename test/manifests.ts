import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Example } from '../examples/examples';

/** A Kubernetes object as it stands in YAML. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: unknown;
}

/** What tells an object from all others: `Service/default/reviews`. */
export function keyOf({ kind, metadata }: Manifest): string {
  return [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join('/');
}

/** The documents of a file, in its order. */
export function readManifests(file: string): Manifest[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors.join(', ')}`);
    return document.toJS() as Manifest;
  });
}

/** What an example's app writes at a stage, in the order of `kubectl apply`: run as `cdk8s synth` runs it, once in each test file. */
export function synthesize(example: Example, stage: string): readonly Manifest[] {
  const key = [example.folder, example.app, stage].join(' ');
  const manifests = synthesized.get(key) ?? inNewFolder((outdir) => run(example, stage, outdir));
  synthesized.set(key, manifests);
  return manifests;
}

const synthesized = new Map<string, readonly Manifest[]>();

function run({ folder, app }: Example, stage: string, outdir: string): Manifest[] {
  const { status, stdout, stderr } = spawnSync('npx', ['tsx', app], {
    cwd: resolve(__dirname, '../examples', folder),
    env: { ...process.env, STAGE: stage, CANARY_STAGE: stage, CDK8S_OUTDIR: outdir },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`examples/${folder}/${app} at ${stage} ended with ${status}\n${stdout}${stderr}`);
  return readdirSync(outdir).sort().flatMap((file) => readManifests(join(outdir, file)));
}

function inNewFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-canary-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
