import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lint, Traffic } from '../src';
import { FINDING_CODES, WARNING_CODES } from '../src/model/finding-codes';

const page = readFileSync(join(__dirname, '../docs/findings.md'), 'utf8');
const [declared, linted] = page.split(/^# What is found in manifests$/m);
const [, ...sections] = declared.split(/^## /m);
const [, ...lintSections] = linted.split(/^## /m);
const codeOf = (section: string) => section.slice(0, section.indexOf('\n'));

test('every code has a section, in the order of the alphabet', () => {
  expect(sections.map(codeOf)).toStrictEqual(Object.keys(FINDING_CODES).sort().map((code) => `\`${code}\``));
});

test.each(sections.map((section) => [codeOf(section), section]))('%s says what is wrong, shows an example and says what to do', (code, section) => {
  expect(section).toMatch(new RegExp(`^${code}\\n\\n\\S[^]*\\n\\n\`\`\`ts\\n[^]*\\n\`\`\`\\n\\n\\S[^]*\\n$`));
});

test('the sections of warnings say so, and no others', () => {
  const marked = sections.filter((section) => section.includes('\n\nWarning. ')).map(codeOf);
  expect(marked).toStrictEqual(Object.keys(WARNING_CODES).sort().map((code) => `\`${code}\``));
});

const rules = Lint.rules();
const WAIVER = { code: 'waiver-invalid', severity: 'warning', like: [] };

test('every rule of the linter has a section, in the order of the alphabet', () => {
  expect(lintSections.map(codeOf)).toStrictEqual([...rules, WAIVER].map(({ code }) => `\`${code}\``).sort());
});

test.each(lintSections.map((section) => [codeOf(section).slice(1, -1), section]))('%s: the example is found, as grave as the page says', (code, section) => {
  const [, text, example] = /^`[^`]+`\n\n([^]*?)\n\n```yaml\n([^]*?)```\n\n\S[^]*\n$/.exec(section)!;
  const { severity, like } = [...rules, WAIVER].find((rule) => rule.code === code)!;
  const label = `${severity[0].toUpperCase()}${severity.slice(1)}${like.length > 0 ? ` (${like.join(', ')})` : ''}. `;
  expect(text.startsWith(label)).toBe(true);
  const found = Lint.check(Traffic.fromYaml(example));
  expect(found.map((finding) => `${finding.severity} ${finding.code}`)).toContain(`${severity} ${code}`);
  expect(found.filter((finding) => finding.severity === 'error').map((finding) => finding.code).filter((other) => other !== code)).toEqual([]);
});
