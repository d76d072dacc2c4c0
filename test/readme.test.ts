import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App, Chart } from 'cdk8s';
import * as ts from 'typescript';
import { CanaryService, Fault, HeaderMatch, IstioGateway, Mesh, Protocol } from '../src';
import { canary } from './cli/run';

const ROOT = resolve(__dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

interface Sample {
  readonly name: string;
  readonly code: string;
}

/** The mistakes that the README shows. */
function brokenApp(): App {
  const app = new App({ outdir: join(tmpdir(), 'cdk8s-canary-readme') });
  Mesh.setDefault(app, Mesh.istio());
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const gateway = new IstioGateway(chart, 'edge', { listeners: [{ port: 80, protocol: Protocol.HTTP }] });
  new CanaryService(chart, 'web', {
    ports: [{ port: 80 }],
    versions: [{ name: 'v1', image: 'web:1' }, { name: 'v2', image: 'web:2' }],
    weights: { v1: 1 },
    routes: [{ matches: [{ headers: [HeaderMatch.exact('x-tester', 'yes')] }], weights: { v3: 1 } }],
    fault: Fault.abort(503),
  });
  const api = new CanaryService(chart, 'api', { ports: [{ port: 5432, protocol: Protocol.TCP }], versions: [{ name: 'v1', image: 'api:1' }] });
  api.exposeViaGateway(gateway);
  return app;
}

function fences(file: string): Sample[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code], index) => ({ name: `${file} sample ${index + 1}`, code }));
}

test('the README begins with the quick-start example, word for word', () => {
  expect(fences('README.md')[0].code).toBe(readFileSync(join(ROOT, 'examples/quick-start/main.ts'), 'utf8'));
});

test('every TypeScript sample of the README compiles', () => {
  expect(fences('README.md').length).toBeGreaterThan(1);
  expect(problemsOf(fences('README.md'))).toEqual([]);
});

test('the README shows the messages that synthesis really gives', () => {
  const [shown] = [...README.matchAll(/^```\nError: ([\s\S]*?)```/gm)].map(([, text]) => text.trim());
  expect(() => brokenApp().synth()).toThrow(shown);
});

test('the README shows what its commands really say, and each of them runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'canary-readme-'));
  const output = join(folder, 'dist/examples/quick-start/istio');
  spawnSync(process.execPath, ['--require', 'tsx/cjs', join(ROOT, 'examples/quick-start/main.ts')], {
    cwd: ROOT, env: { ...process.env, CDK8S_OUTDIR: output, TSX_TSCONFIG_PATH: join(ROOT, 'examples/tsconfig.json') },
  });
  const [, shown, says] = /\$ npx canary (route .*)\n([\s\S]*?)```/.exec(README)!;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `"$0" "$1" ${shown}`, process.execPath, join(ROOT, 'bin/canary')], { cwd: folder, encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: says, stderr: '' });
  const run = (command: string) => canary(...[...command.matchAll(/'([^']*)'|(\S+)/g)].slice(1).map(([, quoted, plain]) => quoted ?? plain.replace(/^dist(\.old)?$/, output)));
  const commands = [...README.matchAll(/^\| `(canary [^`]*)` \|/gm)].map(([, command]) => command);
  expect(commands.length).toBe(5);
  for (const command of commands.filter((one) => !one.startsWith('canary plan'))) expect([command, (await run(command)).code]).toEqual([command, 0]);
  rmSync(folder, { recursive: true });
});

test('the README says of meshes what docs/meshes.md says', () => {
  const tableOf = (text: string) => {
    const [header, ...rows] = /^\| can it[^]*?\n\n/m.exec(text)![0].trim().split('\n').map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
    return rows.slice(1).map((cells) => Object.fromEntries(cells.map((cell, index) => [header[index], cell])));
  };
  const all = tableOf(readFileSync(join(ROOT, 'docs/meshes.md'), 'utf8'));
  const shown = tableOf(README);
  expect(shown).toHaveLength(5);
  for (const row of shown) expect(all).toContainEqual(expect.objectContaining(row));
});

test('the README shows the validation as it is tested', () => {
  const [, yaml] = /^```yaml\n(validations:[\s\S]*?)```/m.exec(README)!;
  expect(readFileSync(join(ROOT, 'test/canary-validation.test.ts'), 'utf8')).toContain(yaml);
});

test('every file that the README links to exists', () => {
  const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link);
  expect(links.filter((link) => !existsSync(join(ROOT, link)))).toEqual([]);
});

test('a sample that does not compile is noticed', () => {
  expect(problemsOf([{ name: 'broken', code: "import { Mesh } from 'cdk8s-canary';\nMesh.istoi();\n" }])).toEqual([
    "broken: Property 'istoi' does not exist on type 'typeof Mesh'. Did you mean 'istio'?",
  ]);
});

/** Compiles samples as if they stood beside the examples. */
function problemsOf(samples: readonly Sample[]): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(join(ROOT, 'examples/tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined })!;
  const virtual = new Map(samples.map(({ name, code }, index) => [join(ROOT, 'examples', `sample-${index}.ts`), { name, code }]));
  const host = ts.createCompilerHost(config.options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (file, language) => {
    const sample = virtual.get(file);
    return sample ? ts.createSourceFile(file, sample.code, language) : getSourceFile.call(host, file, language);
  };
  host.fileExists = (file) => virtual.has(file) || fileExists.call(host, file);
  const program = ts.createProgram([...virtual.keys()], config.options, host);
  return [...virtual].flatMap(([file, { name }]) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file))
    .map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`));
}
