/** A field that differs. What is missing on one side is left out there. */
export interface FieldChange {
  /** Where in the document: `spec.http[0].route[1].weight`. */
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** Fields in which two documents differ, in the order of the older one. */
export function fieldChanges(from: unknown, to: unknown, path = ''): FieldChange[] {
  if (isEqual(from, to)) return [];
  if (Array.isArray(from) && Array.isArray(to)) return itemChanges(from, to, path);
  if (!isMap(from) || !isMap(to)) return [{ path, ...from === undefined ? {} : { from }, ...to === undefined ? {} : { to } }];
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...keys].flatMap((key) => fieldChanges(own(from, key), own(to, key), joined(path, key)));
}

/** Items that are equal at both ends stand for themselves, so that one in front does not change all behind it. */
function itemChanges(from: readonly unknown[], to: readonly unknown[], path: string): FieldChange[] {
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && isEqual(from[head], to[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && isEqual(from[from.length - 1 - tail], to[to.length - 1 - tail])) tail += 1;
  const changed = Math.max(from.length, to.length) - head - tail;
  return Array.from({ length: changed }, (_, index) => head + index).flatMap((index) => fieldChanges(
    index < from.length - tail ? from[index] : undefined,
    index < to.length - tail ? to[index] : undefined,
    `${path}[${index}]`,
  ));
}

/** Keys that are no plain words are quoted. */
function joined(path: string, key: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function own(map: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The order of keys means nothing. */
function isEqual(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, index) => isEqual(item, other[index]));
  if (!isMap(one) || !isMap(other)) return one === other;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && isEqual(one[key], other[key]));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
