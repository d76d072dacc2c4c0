import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { readNotes, STAGE_RECORD, StageNote } from '../app/stage-record';

/** One run of an app, at one stage. */
export interface AppRun {
  readonly notes: readonly StageNote[];
  /** What went wrong: `exit code 1`. */
  readonly failure?: string;
  /** All that it said, in its order. */
  readonly said: string;
  /** What it said on the standard error output. */
  readonly warnings: string;
}

/**
 * Runs an app as `cdk8s synth` does: in a shell, with the folder to write to in the environment.
 *
 * @param record file for what it says of its stages
 */
export async function runApp(command: string, outdir: string, stage: string, record: string): Promise<AppRun> {
  mkdirSync(outdir, { recursive: true });
  const env = { ...process.env, CDK8S_OUTDIR: outdir, CANARY_STAGE: stage, [STAGE_RECORD]: record };
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'], env });
  let said = '';
  let warnings = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => { said += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { said += text; warnings += text; });
  const failure = await new Promise<string | undefined>((resolve) => {
    child.on('error', ({ message }) => resolve(message));
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : `ended with ${signal === null ? `exit code ${code}` : signal}`));
  });
  return { notes: readNotes(record), failure, said, warnings };
}
