import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that an app wrote, by path below the output folder, each with the hash of what it wrote. */
export type Written = ReadonlyMap<string, string>;

const ENDING = '.cdk8s-canary';

/**
 * Name of the file that keeps the record of one app.
 *
 * It has no ending that kubectl, kustomize, Flux or Argo CD read, and the dot in front keeps it out of Helm, which would render any other file
 * among its templates.
 *
 * @see https://github.com/helm/helm/blob/v3.21.4/pkg/ignore/rules.go#L51
 */
export function recordName(app: string): string {
  return `.${app.replace(/[^\w.-]/g, '-')}${ENDING}`;
}

/** Whether a file is the record of some app. */
export function isRecord(file: string): boolean {
  return file.endsWith(ENDING);
}

export function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Lines as `sha256sum --check` takes them, sorted, so that the record can stand in Git beside the manifests. */
export function recordText(record: Written): string {
  return [...record].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, hash]) => `${hash}  ${path}\n`).join('');
}

/** The record that the last synthesis left, or an empty one. A line that is none of ours says nothing. */
export function readRecord(folder: string, name: string): Written {
  const lines = contentOf(join(folder, name))?.toString('utf8').split('\n') ?? [];
  return new Map(lines.flatMap((line) => {
    const [, hash, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    return path !== undefined && isBelow(path) ? [[path, hash]] : [];
  }));
}

/** Files that other apps wrote into the folder, by their records. */
export function writtenByOthers(folder: string, name: string): ReadonlySet<string> {
  const others = readdirSync(folder).filter((file) => isRecord(file) && file !== name);
  return new Set(others.flatMap((other) => [...readRecord(folder, other).keys()]));
}

/** What a file holds, or nothing where there is none. */
export function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (problem) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((problem as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw problem;
  }
}

/** A record may have come through other hands: it must not lead out of its folder. */
function isBelow(path: string): boolean {
  return !path.startsWith('/') && !path.split(/[\\/]/).includes('..');
}
