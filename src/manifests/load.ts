import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { MAX_TEXT, ParsedDocument, parseDocuments } from './documents';
import { KubeObject, Origin } from './kube-object';

/** What is no object of Kubernetes, or none that can be read. */
export interface LoadProblem {
  readonly kind: 'unreadable' | 'not-an-object' | 'duplicate';
  readonly origin: Origin;
  readonly message: string;
}

/** Objects in the order in which they were found, and what was wrong with the rest. */
export interface Manifests {
  readonly objects: readonly KubeObject[];
  readonly problems: readonly LoadProblem[];
}

/** Objects of a YAML or JSON text. */
export function fromText(text: string, file: string, defaultNamespace = 'default'): Manifests {
  return gather(parseDocuments(text, file), defaultNamespace);
}

/**
 * Objects of files and folders. A folder stands for every `.yaml`, `.yml` and `.json` file below it, in the order of their names; `-` for the
 * standard input. What cannot be read is a problem, not an error.
 */
export function fromFiles(paths: readonly string[], defaultNamespace = 'default', tell: Told = () => {}): Manifests {
  return gather(readAll(paths.flatMap((path) => (path === '-' ? [path] : filesAt(path))), tell), defaultNamespace);
}

/** Told how far it is: so many files are read, of how many. */
export type Told = (done: number, all: number) => void;

function readAll(files: readonly string[], tell: Told): ParsedDocument[] {
  return files.flatMap((file, index) => {
    tell(index, files.length);
    return readOne(file);
  });
}

/** Objects of every file of a folder, each said to stand at its path below the folder. */
export function fromFolder(folder: string, defaultNamespace = 'default'): Manifests {
  const below = (file: string) => relative(folder, file).split(sep).join('/');
  const documents = filesAt(folder).flatMap(readOne);
  return gather(documents.map(({ origin, ...read }) => ({ ...read, origin: { ...origin, file: below(origin.file) } })), defaultNamespace);
}

/** Objects below constructs, as they will be written, JSON patches included. */
export function fromConstructs(scopes: readonly IConstruct[], defaultNamespace = 'default'): Manifests {
  const objects = scopes.flatMap(({ node }) => node.findAll()).filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
  return gather(objects.map((object) => ({ origin: { file: object.node.path }, value: object.toJson() })), defaultNamespace);
}

/** Files of a folder, or the path itself. Links below a folder are not followed into others: they could lead back. */
function filesAt(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory() && /\.(ya?ml|json)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function readOne(file: string): ParsedDocument[] {
  try {
    if (file !== '-' && statSync(file).size > MAX_TEXT) return [{ origin: { file }, problem: `it has more than ${MAX_TEXT / 1024 / 1024} MB` }];
    return parseDocuments(readFileSync(file === '-' ? 0 : file, 'utf8'), file);
  } catch (error) {
    return [{ origin: { file }, problem: (error as Error).message }];
  }
}

function gather(documents: readonly ParsedDocument[], defaultNamespace: string): Manifests {
  const problems: LoadProblem[] = [];
  const objects: KubeObject[] = [];
  const seen = new Map<string, KubeObject>();
  for (const { origin, value, problem } of documents.flatMap(unpacked)) {
    if (problem !== undefined) {
      problems.push({ kind: 'unreadable', origin, message: problem });
      continue;
    }
    const object = new KubeObject(value, origin, defaultNamespace);
    const missing = (['apiVersion', 'kind', 'name'] as const).filter((field) => object[field] === '');
    if (missing.length > 0) {
      problems.push({ kind: 'not-an-object', origin, message: `it has no ${missing.map((field) => (field === 'name' ? 'metadata.name' : field)).join(', no ')}` });
      continue;
    }
    const earlier = seen.get(object.key);
    if (earlier) problems.push({ kind: 'duplicate', origin, message: `${object.title} stands at ${placeOf(earlier.origin)} too` });
    seen.set(object.key, object);
    objects.push(object);
  }
  return { objects, problems };
}

/** Items of a List are objects like any others. */
function unpacked(document: ParsedDocument): ParsedDocument[] {
  const list = document.value as { readonly kind?: unknown; readonly items?: unknown } | null | undefined;
  if (typeof list?.kind !== 'string' || !list.kind.endsWith('List') || !Array.isArray(list.items)) return [document];
  return list.items.map((value: unknown) => ({ origin: document.origin, value }));
}

/** `shop.yaml:12`. */
export function placeOf({ file, line }: Origin): string {
  return line === undefined ? file : `${file}:${line}`;
}
