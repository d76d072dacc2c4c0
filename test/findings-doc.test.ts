import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FINDING_CODES, WARNING_CODES } from '../src/model/finding-codes';

const page = readFileSync(join(__dirname, '../docs/findings.md'), 'utf8');
const [, ...sections] = page.split(/^## /m);
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
