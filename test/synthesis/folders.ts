import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'cdk8s-canary-'));
}

/** Contents of all files below a folder by path, `null` for folders; the records of apps are left out. */
export function filesIn(folder: string): Record<string, string | null> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().filter((path) => !path.endsWith('.cdk8s-canary'));
  return Object.fromEntries(paths.map((path) => {
    const file = join(folder, path);
    return [path, statSync(file).isDirectory() ? null : readFileSync(file, 'utf8')];
  }));
}
