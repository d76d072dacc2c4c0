import { parseDocument, ScalarTag, Tags } from 'yaml';
import { Origin } from './kube-object';

/** What one document of a file holds, or why it holds nothing. */
export interface ParsedDocument {
  readonly origin: Origin;
  readonly value?: unknown;
  readonly problem?: string;
}

/** Larger texts are no manifests. etcd takes objects of 1.5 MB. */
export const MAX_TEXT = 64 * 1024 * 1024;
/** The parser repeats what it does not take, however long that is. */
const MAX_MESSAGE = 300;
/** Levels of maps and lists inside one document. */
const MAX_DEPTH = 100;
/** Values that one document may unfold to, aliases counted as often as they are used. */
const MAX_VALUES = 1_000_000;
/** How often one document may repeat what an anchor stands for. */
const MAX_ALIASES = 1000;

/**
 * The documents of a text, each parsed alone, so that a broken one does not hide the others. A `---` at the beginning of a line ends a document
 * whatever stands around it: inside a block it would be indented.
 * @see https://yaml.org/spec/1.2.2/#912-document-markers
 */
export function parseDocuments(text: string, file: string): ParsedDocument[] {
  if (text.length > MAX_TEXT) return [{ origin: { file }, problem: `it has more than ${MAX_TEXT / 1024 / 1024} MB` }];
  if (text.includes('\0')) return [{ origin: { file }, problem: 'it is no text' }];
  const parts = split(text);
  return parts.flatMap(({ content, line }, index) => {
    const { value, problem, lineInside } = parseOne(content);
    const origin = { file, document: index + 1, line: lineInside === undefined ? line + leadingLines(content) : line + lineInside };
    return value === undefined && problem === undefined ? [] : [{ origin, value, problem }];
  });
}

interface Part {
  readonly content: string;
  readonly line: number;
}

function split(text: string): Part[] {
  const parts: Part[] = [];
  let lines: string[] = [];
  let start = 1;
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    const marker = /^---(?=\s|$)/.test(line);
    if (!marker && !/^\.\.\.\s*$/.test(line)) {
      lines.push(line);
      return;
    }
    parts.push({ content: lines.join('\n'), line: start });
    // What stands behind the marker belongs to the new document.
    lines = [marker ? line.slice(3) : ''];
    start = index + 1;
  });
  parts.push({ content: lines.join('\n'), line: start });
  return parts.filter(({ content }) => /^[ \t]*[^\s#%]/m.test(content));
}

/** Lines before the first that says something. */
function leadingLines(content: string): number {
  return content.split('\n').findIndex((line) => /^[ \t]*[^\s#%]/.test(line));
}

interface Parsed {
  readonly value?: unknown;
  readonly problem?: string;
  /** Lines of the document before the one that is wrong. */
  readonly lineInside?: number;
}

function parseOne(content: string): Parsed {
  try {
    const document = parseDocument(content, { version: '1.1', merge: true, customTags: kubernetesTags, logLevel: 'silent', prettyErrors: true });
    const [error] = document.errors;
    if (error) return { problem: firstLine(error), lineInside: error.linePos && error.linePos[0].line - 1 };
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    const excess = tooLarge(value);
    return excess ? { problem: excess } : { value: value ?? undefined };
  } catch (error) {
    return { problem: firstLine(error as Error) };
  }
}

/** Kubernetes reads YAML 1.1 as Go does: neither times nor numbers to the base of sixty. @see https://github.com/kubernetes-sigs/yaml */
function kubernetesTags(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === 'string' || !(tag.tag.endsWith(':timestamp') || (tag as ScalarTag).format === 'TIME'))
    .map((tag) => (typeof tag !== 'string' && tag.tag.endsWith(':float') ? withDigits(tag as ScalarTag) : tag));
}

/** The parser takes a lone dot, as in `exportTo: [.]`, for a number, and so `e1`, which may be a version. */
function withDigits(tag: ScalarTag): ScalarTag {
  return tag.test ? { ...tag, test: new RegExp(`^(?![-+]?[._]*(?:[eE]|$))${tag.test.source.replace(/^\^/, '')}`) } : tag;
}

/** The parser goes as deep as the document does: where its stack ends, so does the document. */
function firstLine({ message }: Error): string {
  if (message.startsWith('Maximum call stack')) return `it nests deeper than ${MAX_DEPTH} levels`;
  return message.slice(0, MAX_MESSAGE).split('\n')[0].replace(/( at line \d+, column \d+)?:?$/, '');
}

/** Why a value is not to be walked through, if so: it is too deep, contains itself or unfolds to too much. */
function tooLarge(value: unknown): string | undefined {
  let values = 0;
  const path = new Set<unknown>();
  const visit = (node: unknown): string | undefined => {
    if (++values > MAX_VALUES) return `it unfolds to more than ${MAX_VALUES} values`;
    if (typeof node !== 'object' || node === null) return undefined;
    if (path.has(node)) return 'it contains itself';
    if (path.size >= MAX_DEPTH) return `it nests deeper than ${MAX_DEPTH} levels`;
    path.add(node);
    for (const child of Object.values(node)) {
      const problem = visit(child);
      if (problem) return problem;
    }
    path.delete(node);
    return undefined;
  };
  return visit(value);
}
