import * as fc from 'fast-check';

/** Anything that YAML can say, often in a place where something else belongs. */
const anything = fc.oneof(
  fc.constantFrom(null, true, -1, 0, 1.5, 1e300, '', 'v1', '/', '*', '(', 'Exact', 'shop', [], {}, [[]], [null], { a: 1 }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A document with one of its values, at any depth, exchanged for anything. */
export function mangled(document: unknown): fc.Arbitrary<unknown> {
  const places = placesIn(document);
  return fc.tuple(fc.array(fc.tuple(fc.constantFrom(...places), anything), { maxLength: 4 })).map(([changes]) =>
    changes.reduce((changed, [place, value]) => exchanged(changed, place, value), document));
}

function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, child]) => [[...path, key], ...placesIn(child, [...path, key])]);
}

function exchanged(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((child: unknown, index) => (`${index}` === key ? exchanged(child, rest, by) : child));
  return { ...value, [key]: exchanged((value as Record<string, unknown>)[key], rest, by) };
}
