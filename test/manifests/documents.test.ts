import { parseDocuments } from '../../src/manifests/documents';

const BOMB = ['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[index]}`).join(', ')}]`)].join('\n');

test.each([
  { what: 'an empty text', text: '', lines: [] },
  { what: 'comments alone', text: '# nothing\n---\n# here\n', lines: [] },
  { what: 'a document that begins on the first line', text: 'a: 1\n', lines: [1] },
  { what: 'documents after empty ones and comments', text: '# head\n---\na: 1\n---\n---\n# more\n\nb: 2\n', lines: [3, 8] },
  { what: 'a document behind its marker', text: '--- {"a": 1}\n--- {"b": 2}\n', lines: [1, 2] },
  { what: 'a marker inside an indented block, which is text', text: 'a: |\n  one\n  ---\n  two\nb: 2\n', lines: [1] },
  { what: 'the end marker', text: 'a: 1\n...\n---\nb: 2\n', lines: [1, 4] },
  { what: 'Windows line ends', text: 'a: 1\r\n---\r\nb: 2\r\n', lines: [1, 3] },
])('$what: documents begin on lines $lines', ({ text, lines }) => {
  const found = parseDocuments(text, 'x.yaml');
  expect(found.map(({ problem }) => problem)).toEqual(lines.map(() => undefined));
  expect(found.map(({ origin }) => origin.line)).toEqual(lines);
});

test('a broken document does not hide the others', () => {
  const [first, second, third] = parseDocuments('a: 1\n---\nb: [\n---\nc: 3\n', 'x.yaml');
  expect([first.value, third.value]).toEqual([{ a: 1 }, { c: 3 }]);
  expect(second.problem).toContain('Flow sequence');
});

// sigs.k8s.io/yaml, which kubectl and the API server use, reads YAML 1.1 the way Go's library does.
test.each([
  { text: 'v: yes', value: true },
  { text: 'v: "yes"', value: 'yes' },
  { text: 'v: .', value: '.' },
  { text: 'v: e12', value: 'e12' },
  { text: 'v: 1e3', value: 1000 },
  { text: 'v: .5', value: 0.5 },
  { text: 'v: -.inf', value: -Infinity },
  { text: 'v: 0777', value: 511 },
  { text: 'v: 1:30', value: '1:30' },
  { text: 'v: 2026-01-01', value: '2026-01-01' },
  { text: 'base: &b {v: 1}\n<<: *b', value: 1 },
])('$text reads as $value', ({ text, value }) => {
  expect((parseDocuments(text, 'x')[0].value as { v: unknown }).v).toEqual(value);
});

test.each([
  { what: 'aliases that explode', text: BOMB, problem: 'alias count' },
  { what: 'brackets without an end', text: '['.repeat(50_000), problem: 'nests deeper' },
  { what: 'deep indentation', text: Array.from({ length: 3000 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'), problem: 'nests deeper' },
  { what: 'lists in lists', text: `${'- '.repeat(10_000)}a`, problem: 'nests deeper' },
  { what: 'a list that contains itself', text: 'a: &a [*a]', problem: 'contains itself' },
  { what: 'a key twice', text: 'a: 1\na: 2', problem: 'unique' },
  { what: 'tabs as indentation', text: 'a:\n\tb: 1', problem: 'Tabs' },
])('$what is a problem, not a crash', ({ text, problem }) => {
  expect(parseDocuments(text, 'x')[0].problem).toContain(problem);
});
