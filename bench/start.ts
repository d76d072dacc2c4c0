/* What the import of the package and a synthesis of the quick start take, from one step to the next: `npm run bench -- start`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { printTable } from './table';

const ROOT = resolve(__dirname, '..');
const PACKAGE = join(ROOT, 'lib/src/index.js');
const QUICK_START = join(ROOT, 'examples/quick-start');
const ROUNDS = 7;

interface Step {
  readonly title: string;
  readonly command: readonly string[];
}

const STEPS: readonly Step[] = [
  { title: 'node', command: imports() },
  { title: 'node, import of cdk8s', command: imports('cdk8s') },
  { title: 'node, import of cdk8s-plus-28', command: imports('cdk8s', 'cdk8s-plus-28') },
  { title: 'node, import of cdk8s-canary', command: imports('cdk8s', 'cdk8s-plus-28', PACKAGE) },
  { title: 'quick start: node --import tsx main.ts', command: [process.execPath, '--import', 'tsx', 'main.ts'] },
  { title: 'quick start: cdk8s synth', command: [process.execPath, join(ROOT, 'node_modules/.bin/cdk8s'), 'synth', '--app', 'node --import tsx main.ts'] },
];

export function benchStart(): void {
  if (!existsSync(PACKAGE)) throw new Error('the package is not compiled: run `npx projen compile` first');
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-canary-bench-'));
  try {
    const fastest = STEPS.map(({ command }) => Math.min(...Array.from({ length: ROUNDS }, () => milliseconds(command, outdir))));
    printTable(['what', 'ms', 'more than the line above'], STEPS.map(({ title }, index) => [
      title, fastest[index].toFixed(0), index === 0 ? '' : (fastest[index] - fastest[index - 1]).toFixed(0),
    ]));
    console.log(`\nTime on the clock, the fastest of ${ROUNDS} runs.`);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function imports(...packages: readonly string[]): string[] {
  return [process.execPath, '-e', packages.map((name) => `require(${JSON.stringify(name)});`).join('')];
}

function milliseconds([program, ...args]: readonly string[], outdir: string): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(program, args, {
    cwd: QUICK_START,
    env: { ...process.env, CDK8S_OUTDIR: outdir, CDK8S_CHECK_UPGRADE: 'false' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - began;
}
