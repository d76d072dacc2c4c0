import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { Failure, Output } from './output';
import { Progress } from './progress';
import { MESH_NAMES } from '../meshes/readers';
import { Traffic } from '../traffic';

export interface ManifestOptions {
  readonly mesh?: string;
  readonly namespace?: string;
  readonly clusterDomain?: string;
}

/** Options of every command that reads manifests. */
export function withManifests(command: Command): Command {
  return command
    .option('--mesh <name>', `mesh that the manifests are for: ${MESH_NAMES.join(', ')} (default: the one that they show)`)
    .option('-n, --namespace <name>', 'namespace of objects that name none (default: "default")')
    .option('--cluster-domain <domain>', 'DNS domain of the cluster (default: "cluster.local")');
}

/** Every command has it; where there are several formats it is one of them. */
export function jsonOption(): Option {
  return new Option('--json', 'write JSON').implies({ format: 'json' });
}

/** Reads files and folders; `-` is the standard input. */
export function readTraffic(paths: readonly string[], options: ManifestOptions, progress: Progress): Traffic {
  const missing = paths.filter((path) => path !== '-' && !existsSync(path));
  if (missing.length > 0) throw new Failure(`there is no file or folder ${missing.map((path) => `"${path}"`).join(', ')}`);
  checkMesh(options);
  const traffic = Traffic._fromFiles(paths, options, progress.counting('reading files'));
  if (traffic._manifests.objects.length === 0) throw new Failure(`there is no Kubernetes object in ${paths.map(sourceName).join(', ')}${chartHint(paths) || firstProblem(traffic)}`);
  return traffic;
}

function sourceName(path: string): string {
  return path === '-' ? 'the standard input' : path;
}

/** Templates are no manifests yet. */
function chartHint(paths: readonly string[]): string {
  const chart = paths.find((path) => existsSync(join(path, 'Chart.yaml')));
  return chart === undefined ? '' : `: it is a Helm chart; render it first: helm template ${chart} | canary check -`;
}

/** Says what an answer leaves out: documents that cannot be read, and kinds that no reader knows. */
export function tellLeftOut(output: Output, ...read: readonly Traffic[]): void {
  for (const unread of new Set(read.flatMap((traffic) => traffic.unread))) output.error(`canary: not read: ${unread}\n`);
  tellUnknown(output, ...read);
}

export function tellUnknown(output: Output, ...read: readonly Traffic[]): void {
  const kinds = [...new Set(read.flatMap(({ _evaluator }) => _evaluator.unknownKinds()))].sort();
  if (kinds.length > 0) output.error(`canary: not followed, since nobody here knows what they do to traffic: ${kinds.join(', ')}\n`);
}

export function checkMesh({ mesh }: ManifestOptions): void {
  if (mesh !== undefined && !MESH_NAMES.includes(mesh)) throw new Failure(`"${mesh}" is no mesh; there are ${MESH_NAMES.join(', ')}`);
}

function firstProblem({ unread }: Traffic): string {
  return unread.length > 0 ? `: ${unread[0]}` : '';
}
