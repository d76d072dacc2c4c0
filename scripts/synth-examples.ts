/* Synthesizes every stage of every example with the real `cdk8s synth` and prints what was made. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Example, EXAMPLES } from '../examples/examples';

const ROOT = resolve(__dirname, '..');
const OUTPUT = join(ROOT, process.argv[2] ?? 'dist/examples');

interface Row {
  readonly folder: string;
  readonly kinds: string;
  readonly seconds: string;
}

function main(): void {
  mkdirSync(OUTPUT, { recursive: true });
  const rows: Row[] = [];
  const all = EXAMPLES.flatMap((example) => example.stages.map((stage) => ({ example, stage })));
  all.forEach(({ example, stage }, index) => {
    process.stderr.write(`[${index + 1}/${all.length}] ${example.folder} ${example.output} ${stage}\n`);
    rows.push(synthesize(example, stage));
  });
  printTable(rows);
}

/** `cdk8s synth` empties its output folder before the app runs: it gets a new one, which takes the place of the old when all went well. */
function synthesize(example: Example, stage: string): Row {
  const began = Date.now();
  const folder = join(example.folder, example.output, stage);
  const fresh = mkdtempSync(join(OUTPUT, '.new-'));
  const result = spawnSync('npx', ['cdk8s', 'synth', '--app', `npx tsx ${example.app}`, '--output', fresh, '--no-check-upgrade'], {
    cwd: join(ROOT, 'examples', example.folder),
    env: { ...process.env, STAGE: stage, CANARY_STAGE: stage, CDK8S_CHECK_UPGRADE: 'false' },
    encoding: 'utf8',
  });
  if (result.status !== 0) {
    rmSync(fresh, { recursive: true });
    process.stderr.write(result.stdout + result.stderr);
    process.stderr.write(`${folder} could not be synthesized; what stood there before is untouched\n`);
    process.exit(1);
  }
  const target = join(OUTPUT, folder);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(dirname(target), { recursive: true });
  renameSync(fresh, target);
  return { folder, kinds: kindsIn(target), seconds: ((Date.now() - began) / 1000).toFixed(1) };
}

function kindsIn(folder: string): string {
  const counts = new Map<string, number>();
  for (const file of readdirSync(folder)) {
    for (const document of parseAllDocuments(readFileSync(join(folder, file), 'utf8'))) {
      const kind = String(document.get('kind'));
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

function printTable(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ folder }) => folder.length));
  console.log(`${'folder'.padEnd(width)}  seconds  objects`);
  for (const { folder, seconds, kinds } of rows) console.log(`${folder.padEnd(width)}  ${seconds.padStart(7)}  ${kinds}`);
  console.log(`${rows.length} folders below ${OUTPUT.startsWith(ROOT) ? OUTPUT.slice(ROOT.length + 1) : OUTPUT}`);
}

main();
