/* What the import of the package and a synthesis of the quick start take, from one step to the next: `npm run bench -- start`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { timed } from './process';
import { printTable } from './table';

const ROOT = resolve(__dirname, '..');
const PACKAGE = join(ROOT, 'lib/src/index.js');
const QUICK_START = join(ROOT, 'examples/quick-start');
const ROUNDS = 7;
const LIMIT_SECONDS = 60;

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
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-canary-bench-'));
  try {
    const least = STEPS.map(({ command }) => Math.min(...Array.from({ length: ROUNDS }, () => milliseconds(command, outdir))));
    printTable(['what', 'ms', 'more than the line above'], STEPS.map(({ title }, index) => [
      title, least[index].toFixed(0), index === 0 ? '' : (least[index] - least[index - 1]).toFixed(0),
    ]));
    console.log(`\nProcessor time of whole processes, the least of ${ROUNDS} runs.`);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function imports(...packages: readonly string[]): string[] {
  return [process.execPath, '-e', packages.map((name) => `require(${JSON.stringify(name)});`).join('')];
}

function milliseconds(command: readonly string[], outdir: string): number {
  const times = timed(command, { cwd: QUICK_START, env: { CDK8S_OUTDIR: outdir, CDK8S_CHECK_UPGRADE: 'false' }, limit: LIMIT_SECONDS });
  if (!times) throw new Error(`${command.join(' ')} took more than ${LIMIT_SECONDS} seconds`);
  return times.processor * 1000;
}
