import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { YamlWriter } from '../../src/synthesis/yaml-writer';

/** Texts that YAML could take for something else, or cannot hold as they are. */
const AWKWARD = [
  '', ' ', '-', '- a', '?', '? a', ':', 'a:', 'a: b', 'a:b', ':a', 'a #b', 'a#b', '#', '&a', '*a', '!a', '!!str', '|', '>', '%', '%YAML',
  '@', '`', '~', '<<', '=',
  '{', '}', '{a: b}', '[', ']', '[a]', ',', '"', "'", '\'a"b', '---', '---\na', '...', '--- a', 'a\n---\nb', 'a\n...', '\\', '\t', 'a\tb', '\ta', '\r', 'a\r\nb', '\0',
  '\u0007', '\u0085', '\u00a0', '\u2028', '\ufeff', '\ud800', 'é', '日本', '😀', 'y', 'Y', 'n', 'N', 'yes', 'Yes', 'no', 'NO', 'on', 'On', 'off', 'true', 'True', 'false', 'null', 'Null',
  'NULL', 'nULL', '0', '1', '-1', '+1', '00', '010', '0o10', '0x1F', '0b1', '1_000', '_1', '1.', '.5', '1.0', '1e3', '1E3', 'e3', '.inf', '-.INF', '.nan', '1:30', '1:30:45.5',
  '2001-01-01', '2001-01-01T00:00:00Z', '2s', '10%', '1Gi', '500m', 'v1', 'a/b', 'a.b', 'a_b', 'a-b', 'nginx:1.27', 'host:80', 'http://a.b/c?d=e&f', 'a: ', 'a ', ' a',
  'a\n', '\na', 'a\nb', 'a\n\nb', 'a \nb', 'a\n b', ' a\nb', 'a\nb\n\n', '\n', '\n\n', 'a\n ', 'a\n\t', '# a\nb', '- a\n- b', 'a: b\nc: d', '#!/bin/sh\nset -e\n\n  exec "$@"\n',
  'x'.repeat(100), 'many words '.repeat(20), `${'many words '.repeat(20)}\nand a line `, `"${'quoted '.repeat(20)}\n \n"`, '__proto__', 'constructor', 'toString',
];

const text = fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'binary', maxLength: 12 }), fc.stringMatching(/^[ \n\t:#\-?a0"'.%]{0,60}$/));

const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -0, 1e21, 2 ** 53, NaN, Infinity, -Infinity, 1e-7));

const scalar = fc.oneof(text, text, number, fc.boolean(), fc.constant(null));

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 5, withCrossShrink: true }, scalar, tie('list'), tie('map')),
  list: fc.array(tie('tree'), { maxLength: 4 }),
  map: fc.dictionary(text, tie('tree'), { maxKeys: 5, noNullPrototype: true }),
}));

const RUNS = { numRuns: 1000 };

test('documents have the bytes of cdk8s', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.dictionary(text, tree, { noNullPrototype: true }), tree), { maxLength: 3 }), (documents) => {
    expect(new YamlWriter().stringify(documents)).toBe(Yaml.stringify(...documents));
  }), RUNS);
});

/** All texts of up to three of these characters: what is taken for plain has to be plain. */
test('every short text has the bytes of cdk8s', () => {
  const characters = [...'aeEyNonf0x9_-./:'];
  const longer = (texts: readonly string[]): string[] => ['', ...texts.flatMap((start) => characters.map((character) => start + character))];
  const document = { texts: longer(longer(longer(['']))) };
  expect(new YamlWriter().stringify([document])).toBe(Yaml.stringify(document));
});

test.each(AWKWARD.map((awkward) => ({ name: JSON.stringify(awkward).slice(0, 40), awkward })))('$name has the bytes of cdk8s as value and as key, at every depth', ({ awkward }) => {
  const document = { [awkward]: awkward, list: [awkward, [awkward], { [awkward]: [awkward], more: { [awkward]: { [awkward]: awkward } } }] };
  expect(new YamlWriter().stringify([document, document])).toBe(Yaml.stringify(document, document));
});

const shared = { a: 1 };

test.each([
  { name: 'no document', documents: [] },
  { name: 'documents that are missing', documents: [undefined, { a: 1 }, undefined] },
  { name: 'an object that stands in two places', documents: [{ a: shared, b: shared }] },
  { name: 'an empty map in two places', documents: [{ a: {}, b: {} }] },
  { name: 'values that are missing', documents: [{ a: undefined, b: [undefined] }] },
  { name: 'places in a list that were never filled', documents: [{ a: Object.assign([], { 2: 'c' }) }] },
  { name: 'a date', documents: [{ a: new Date(0) }] },
  { name: 'a map of another kind', documents: [{ a: new Map([['b', 1]]) }] },
  { name: 'a class', documents: [{ a: new (class Port { public readonly number = 80; })() }] },
  { name: 'a map without a prototype', documents: [Object.assign(Object.create(null) as object, { a: 1 })] },
  { name: 'a big integer', documents: [{ a: 10n }] },
  { name: 'keys longer than YAML takes', documents: [{ ['k'.repeat(2000)]: { ['k'.repeat(1022)]: 1, ['\u0001'.repeat(490)]: 1 } }] },
  { name: 'more levels than anybody writes', documents: [Array.from({ length: 60 }).reduce<object>((below) => ({ a: [below, 'x\ny\n'] }), {})] },
])('$name: the bytes of cdk8s', ({ documents }) => {
  expect(new YamlWriter().stringify(documents)).toBe(Yaml.stringify(...documents));
});

test('plain manifests are written without asking cdk8s', () => {
  const writer = new YamlWriter();
  const manifest = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', labels: { app: 'web' } }, spec: { ports: [{ port: 80, name: 'http-80' }], on: true } };
  const expected = Yaml.stringify(manifest);
  const ask = jest.spyOn(Yaml, 'stringify');
  expect(writer.stringify([manifest])).toBe(expected);
  expect(ask.mock.calls).toEqual([[{ k: { on: 0 } }]]);
});
