import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { Failure } from './output';
import { READERS } from '../meshes/readers';
import { Traffic } from '../traffic';

export interface ManifestOptions {
  readonly mesh?: string;
  readonly namespace?: string;
  readonly clusterDomain?: string;
}

/** Options of every command that reads manifests. */
export function withManifests(command: Command): Command {
  return command
    .option('--mesh <name>', `mesh that the manifests are for: ${meshNames().join(', ')} (default: the one that they show)`)
    .option('-n, --namespace <name>', 'namespace of objects that name none (default: "default")')
    .option('--cluster-domain <domain>', 'DNS domain of the cluster (default: "cluster.local")');
}

/** Reads files and folders; `-` is the standard input. */
export function readTraffic(paths: readonly string[], options: ManifestOptions): Traffic {
  const missing = paths.filter((path) => path !== '-' && !existsSync(path));
  if (missing.length > 0) throw new Failure(`there is no file or folder ${missing.map((path) => `"${path}"`).join(', ')}`);
  checkMesh(options);
  const traffic = Traffic.fromFiles([...paths], options);
  if (traffic._manifests.objects.length === 0) throw new Failure(`there is no Kubernetes object in ${paths.join(', ')}${firstProblem(traffic)}`);
  return traffic;
}

export function checkMesh({ mesh }: ManifestOptions): void {
  if (mesh !== undefined && !meshNames().includes(mesh)) throw new Failure(`"${mesh}" is no mesh; there are ${meshNames().join(', ')}`);
}

function firstProblem({ unread }: Traffic): string {
  return unread.length > 0 ? `: ${unread[0]}` : '';
}

function meshNames(): string[] {
  return READERS.meshes.map(({ name }) => name);
}
