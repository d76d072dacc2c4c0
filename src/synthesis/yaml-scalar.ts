import { Yaml } from 'cdk8s';

/** Texts that stand for themselves in every version of YAML: they begin like a word, and nothing in them is a sign of YAML's. */
const PLAIN = /^[A-Za-z][\w./-]*(?::[\w./-]+)*$/;

/** Words that YAML 1.1 takes for something else, and what cdk8s's YAML quotes as if it were a number. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|e-?\d+)$/i;

const LONGEST_KEPT = 80;

/** Writes scalars with the bytes of cdk8s: the plain ones at once, the rest by asking cdk8s and keeping what it says. */
export class Scalars {
  private readonly known = new Map<string, string>();

  /** A value that stands at a depth of at least 1. */
  public value(value: string | number | boolean | null, depth: number): string {
    if (typeof value === 'string') return isPlain(value) ? value : this.text(value, depth);
    if (typeof value === 'number' && !Number.isSafeInteger(value)) return valueOfCdk8s(value, depth);
    return String(value);
  }

  /** A key of a map at a depth of at least 0. */
  public key(key: string, depth: number): string {
    if (isPlain(key)) return key;
    return this.kept(`key ${depth === 0} ${key}`, () => keyOfCdk8s(key, depth));
  }

  private text(text: string, depth: number): string {
    // Only texts of several lines depend on where they stand.
    if (text.length > LONGEST_KEPT || text.includes('\n')) return valueOfCdk8s(text, depth);
    return this.kept(`value ${text}`, () => valueOfCdk8s(text, depth));
  }

  private kept(id: string, write: () => string): string {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const written = write();
    this.known.set(id, written);
    return written;
  }
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !RESERVED.test(text);
}

function valueOfCdk8s(value: unknown, depth: number): string {
  return nested({ k: value }, depth - 1).slice('k: '.length);
}

function keyOfCdk8s(key: string, depth: number): string {
  return nested({ [key]: 0 }, depth).slice(0, -': 0'.length);
}

/** What cdk8s writes for a map so many maps deep, without the keys above it. */
function nested(map: object, depth: number): string {
  let document = map;
  let above = 0;
  for (let level = 0; level < depth; level++) {
    document = { k: document };
    above += 'k:\n'.length + 2 * level;
  }
  return Yaml.stringify(document).slice(above + 2 * depth, -1);
}
