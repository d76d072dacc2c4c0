import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';
import { Lint, Traffic } from '../../src';
import { mangled } from '../mangled';
import { KINDS } from '../meshes/read-anything';

/** The manifests with a mistake that the documentation shows: every rule looks at one of them. */
const examples = [...readFileSync(join(__dirname, '../../docs/findings.md'), 'utf8').matchAll(/```yaml\n([^]*?)```/g)].map(([, text]) => text);
const parsed = examples.map((text) => parseAllDocuments(text, { logLevel: 'silent' }).map((document) => document.toJS() as unknown)).filter((documents) => documents.some((one) => one !== null));

function check(text: string): void {
  for (const finding of Lint.check(Traffic.fromYaml(text))) {
    expect(finding.message).not.toMatch(/undefined|\[object/);
    expect(finding.remedy).not.toBe('');
  }
}

function written(documents: readonly unknown[]): string {
  return documents.map((document) => stringify(document)).join('---\n');
}

test('there is an example for every rule', () => {
  expect(examples.length).toBeGreaterThanOrEqual(Lint.rules().length);
});

test('examples with anything in any place are looked through without an error', () => {
  const documents = fc.constantFrom(...parsed).chain((example) => fc.tuple(...example.map(mangled)));
  fc.assert(fc.property(documents, (objects) => check(written(objects))), { numRuns: 1000 });
}, 60_000);

test.each(Object.keys(KINDS))('manifests of %s with anything in any place are looked through without an error', (mesh) => {
  fc.assert(fc.property(fc.tuple(...KINDS[mesh].map(mangled)), (objects) => check(written(objects))), { numRuns: 50 });
}, 60_000);

/** Lines that are lost, doubled or out of place, as an editor or a template leaves them. */
function torn(text: string): fc.Arbitrary<string> {
  const lines = text.split('\n');
  const change = fc.record({ at: fc.nat(lines.length - 1), by: fc.constantFrom('', '  ', '- ', '---', 'a: &a [*a]', '{', '\t', '# ') });
  return fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) =>
    changes.reduce((torns, { at, by }) => torns.map((line, index) => (index === at ? by + (by === '' || by === '---' ? '' : line) : line)), lines).join('\n'));
}

test('torn YAML is looked through without an error', () => {
  fc.assert(fc.property(fc.constantFrom(...examples).chain(torn), check), { numRuns: 1000 });
}, 60_000);
