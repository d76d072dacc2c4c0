import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as ts from 'typescript';

const ROOT = resolve(__dirname, '../..');
const TEST = `
import 'cdk8s-canary/jest';
import { Traffic } from 'cdk8s-canary';
expect(Traffic.fromYaml('')).toSplit({ host: 'web' }, { v1: 1 });
// @ts-expect-error a host is needed
expect(Traffic.fromYaml('')).toRouteTo({}, 'v1');
`;

const folder = mkdtempSync(join(tmpdir(), 'canary-types-'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/cdk8s-canary'));
  for (const name of ['@types', 'cdk8s', 'cdk8s-plus-28', 'constructs', 'expect', 'pretty-format', '@jest']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  writeFileSync(join(folder, 'web.test.ts'), TEST);
});

test.each([
  { name: 'node10', options: { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 } },
  { name: 'node16', options: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 } },
  { name: 'bundler', options: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler } },
])('the types of cdk8s-canary/jest are found with moduleResolution $name', ({ options }) => {
  const program = ts.createProgram([join(folder, 'web.test.ts')], {
    ...options, target: ts.ScriptTarget.ES2022, strict: true, noEmit: true, skipLibCheck: true, types: ['jest'], typeRoots: [join(folder, 'node_modules/@types')],
  });
  const problems = ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(problems).toEqual([]);
});
