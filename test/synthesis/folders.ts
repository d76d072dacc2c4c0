import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'cdk8s-canary-'));
}

/** Contents of all files below a folder by path, `null` for folders; the records of apps, and what apps of this library record besides, are left out. */
export function filesIn(folder: string): Record<string, string | null> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().filter((path) => !path.endsWith('.cdk8s-canary'));
  return Object.fromEntries(paths.map((path) => {
    const file = join(folder, path);
    return [path, statSync(file).isDirectory() ? null : content(file)];
  }));
}

function content(file: string): string {
  const text = readFileSync(file, 'utf8');
  if (!file.endsWith('construct-metadata.json')) return text;
  const { version, resources } = JSON.parse(text) as { readonly version: string; readonly resources: Record<string, unknown> };
  return JSON.stringify({ version, resources: Object.fromEntries(Object.entries(resources).filter(([key]) => !key.includes('/'))) });
}
