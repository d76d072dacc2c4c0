import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Output } from './layout';
import { isRecord } from './record';

/** What an app has written into a folder, as files of another folder. Its own record is left out: who writes the files there keeps one. */
export function* writtenFiles(folder: string, below: string): Iterable<Output> {
  yield { path: below };
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !isRecord(entry.name));
  for (const file of entries.map(({ parentPath, name }) => join(parentPath, name)).sort()) {
    yield { path: `${below}/${relative(folder, file).split(sep).join('/')}`, content: readFileSync(file, 'utf8') };
  }
}
