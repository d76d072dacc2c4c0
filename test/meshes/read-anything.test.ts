import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { KINDS } from './read-anything';
import { RequestSource, Traffic } from '../../src';

/** Anything that YAML can say, often in a place where something else belongs. */
const anything = fc.oneof(
  fc.constantFrom(null, true, -1, 0, 1.5, 1e300, '', 'v1', '/', '*', '(', 'Exact', 'shop', [], {}, [[]], [null], { a: 1 }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A document with one of its values, at any depth, exchanged for anything. */
function mangled(document: unknown): fc.Arbitrary<unknown> {
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

const SOURCES = [RequestSource.meshed({ namespace: 'shop' }), RequestSource.plain({ namespace: 'shop' }), RequestSource.gateway('edge', { namespace: 'shop' }), RequestSource.gateway('main', { namespace: 'shop' })];

test.each(Object.keys(KINDS))('manifests of %s with anything in any place are read and decided without an error', (mesh) => {
  const documents = fc.tuple(...KINDS[mesh].map(mangled));
  fc.assert(fc.property(documents, fc.constantFrom('HTTP', 'GRPC', 'TCP', 'TLS'), (objects, protocol) => {
    const traffic = Traffic.fromYaml(objects.map((object) => stringify(object, { version: '1.1' })).join('---\n'), { mesh });
    for (const from of SOURCES) {
      const { outcomes } = traffic.decide({ host: 'web.shop', port: 80, protocol, path: '/v2/x', from });
      expect(outcomes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    }
    expect(traffic._evaluator.entries()).toEqual(expect.any(Array));
  }), { numRuns: 100, seed: 20260801 });
}, 60_000);
