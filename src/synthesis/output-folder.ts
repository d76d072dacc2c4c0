import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Exchange } from './exchange';
import { Output } from './layout';
import { contentOf, hashOf, readRecord, recordName, recordText, Written, writtenByOthers } from './record';

/** Who writes, and where. */
export interface Destination {
  /** Created if it is missing. */
  readonly folder: string;
  /** Name of the app: tells apart those that write into one folder. */
  readonly app: string;
  /** Tells apart apps of one process that have one name. */
  readonly writer: symbol;
}

interface Staged {
  readonly folders: ReadonlySet<string>;
  /** Where each file waits, by the path where it belongs. */
  readonly files: ReadonlyMap<string, string>;
  readonly written: Written;
}

/** Who wrote a file in this process, by absolute path. */
const writers = new Map<string, symbol>();

/**
 * Writes all files or none. Files that this app wrote before and does not any more are removed, unless somebody changed them.
 *
 * All is written into a folder inside the output folder first, which is surely on the same file system, under names that nothing would read.
 * Then it is put in place. A problem on the way, be it of the disk or of what makes the files, leaves everything as it was.
 */
export function writeOutputs(destination: Destination, outputs: Iterable<Output>): void {
  const { folder } = destination;
  const created = mkdirSync(folder, { recursive: true });
  const workshop = mkdtempSync(join(folder, '.cdk8s-canary-'));
  const places = new Exchange(join(workshop, 'old'));
  try {
    putInPlace(destination, stage(join(workshop, 'new'), outputs), places);
  } catch (problem) {
    places.undoAll();
    rmSync(created ?? workshop, { recursive: true });
    throw problem;
  }
  rmSync(workshop, { recursive: true });
}

function stage(folder: string, outputs: Iterable<Output>): Staged {
  mkdirSync(folder);
  const folders = new Set<string>();
  const files = new Map<string, string>();
  const written = new Map<string, string>();
  for (const { path, content } of outputs) {
    if (content === undefined) {
      folders.add(path);
      continue;
    }
    if (files.has(path)) console.warn(`Warning: several charts or resources are to be written into "${path}", and only the last one is; name them apart or divide the output in another way`);
    const file = files.get(path) ?? join(folder, String(files.size));
    writeFileSync(file, content);
    files.set(path, file);
    written.set(path, hashOf(content));
  }
  return { folders, files, written };
}

function putInPlace({ folder, app, writer }: Destination, { folders, files, written }: Staged, places: Exchange): void {
  const record = recordName(app);
  const before = [...readRecord(folder, record)].filter(([path]) => !written.has(path));
  const ofTwins = before.filter(([path]) => (writers.get(resolve(folder, path)) ?? writer) !== writer);
  const gone = before.filter((entry) => !ofTwins.includes(entry));
  for (const path of folders) places.putFolder(join(folder, path));
  for (const [path, from] of files) places.putFile(from, join(folder, path));
  remove(folder, gone, writtenByOthers(folder, record), places);
  places.writeFile(join(folder, record), recordText(new Map([...ofTwins, ...written])));
  for (const path of written.keys()) writers.set(resolve(folder, path), writer);
}

function remove(folder: string, gone: readonly (readonly [string, string])[], wanted: ReadonlySet<string>, places: Exchange): void {
  for (const [path, hash] of gone) {
    const content = contentOf(join(folder, path));
    if (content === undefined || wanted.has(path)) continue;
    if (hashOf(content) === hash) places.removeFile(join(folder, path));
    else console.warn(`Warning: "${join(folder, path)}" belongs to no chart any more, but was changed since it was written, and stays; remove it if it is not wanted`);
  }
  const folders = new Set(gone.flatMap(([file]) => foldersOf(file)));
  for (const path of [...folders].sort((a, b) => b.length - a.length)) places.removeEmptyFolder(join(folder, path));
}

/** Folders that a file stands in, below the output folder. */
function foldersOf(file: string): string[] {
  const parent = dirname(file);
  return parent === '.' ? [] : [parent, ...foldersOf(parent)];
}
