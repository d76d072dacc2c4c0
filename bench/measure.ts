/* Measures one workload in this process: `tsx bench/measure.ts <workload> <count>`. Prints one line of JSON. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workload, WorkloadName, WORKLOADS } from './workloads';

/** What one run took. */
export interface Measurement {
  readonly declareSeconds: number;
  readonly synthSeconds: number;
  readonly peakMebibytes: number;
}

function measure({ declare }: Workload, count: number): Measurement {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-canary-bench-'));
  try {
    const began = processorSeconds();
    const app = declare(count, outdir);
    const declared = processorSeconds();
    app.synth();
    const synthesized = processorSeconds();
    return {
      declareSeconds: declared - began,
      synthSeconds: synthesized - declared,
      peakMebibytes: process.resourceUsage().maxRSS / 1024,
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Other programs on the machine change these less than they change the clock on the wall. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

if (require.main === module) {
  const [workload, count] = process.argv.slice(2);
  console.log(JSON.stringify(measure(WORKLOADS[workload as WorkloadName], Number(count))));
}
