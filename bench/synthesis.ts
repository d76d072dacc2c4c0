/* Processor time and memory of synthesis, by the number of services: `npm run bench -- synthesis [count...]`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Measurement } from './measure';
import { printTable } from './table';
import { WorkloadName, WORKLOADS } from './workloads';

const COUNTS = [100, 400, 1600, 6400];

/** A workload that takes longer is not run with greater counts. */
const LIMIT_SECONDS = 60;

interface Row {
  readonly count: number;
  readonly name: WorkloadName;
  /** Missing where the limit was reached with this count or a smaller one. */
  readonly result?: Measurement;
}

export function benchSynthesis(counts: readonly string[]): void {
  const rows: Row[] = [];
  const given = counts.length > 0 ? counts.map(Number) : COUNTS;
  for (const count of given) {
    for (const name of Object.keys(WORKLOADS) as WorkloadName[]) {
      process.stderr.write(`${count} × ${WORKLOADS[name].title}\n`);
      const stopped = rows.some((row) => row.name === name && row.result === undefined);
      rows.push({ count, name, result: stopped ? undefined : run(name, count) });
    }
  }
  printTable(['what', 'services', 'declare s', 'synth s', 'sum s', 'of the floor', 'ms each', 'peak MiB'], rows.map((row) => cells(row, rows)));
  console.log(`\nSeconds are processor time. "over ${LIMIT_SECONDS}": stopped after that time, and not run with more services.`);
}

/** A process of its own for each run, so that none starts with the memory and the compiled code of another. */
function run(name: WorkloadName, count: number): Measurement | undefined {
  const command = ['ulimit -t "$1"; shift; exec "$@"', 'bash', String(LIMIT_SECONDS), process.execPath, '--import', 'tsx', join(__dirname, 'measure.ts'), name, String(count)];
  const { stdout, stderr, status } = spawnSync('bash', ['-c', ...command], { encoding: 'utf8' });
  if (status === null || status > 128) return undefined;
  if (status !== 0) throw new Error(`${name} failed with ${count} services:\n${stderr}`);
  return JSON.parse(stdout) as Measurement;
}

function cells({ count, name, result }: Row, rows: readonly Row[]): string[] {
  const title = [WORKLOADS[name].title, count.toLocaleString('en')];
  if (!result) return [...title, '', '', `over ${LIMIT_SECONDS}`, '', '', ''];
  const floor = rows.find((row) => row.count === count && row.name === 'floor')?.result;
  const sum = secondsOf(result);
  return [
    ...title,
    result.declareSeconds.toFixed(2),
    result.synthSeconds.toFixed(2),
    sum.toFixed(2),
    floor ? `${(sum / secondsOf(floor)).toFixed(2)}×` : '',
    ((sum / count) * 1000).toFixed(2),
    result.peakMebibytes.toFixed(0),
  ];
}

function secondsOf({ declareSeconds, synthSeconds }: Measurement): number {
  return declareSeconds + synthSeconds;
}
