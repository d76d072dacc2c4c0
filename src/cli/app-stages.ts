import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure, Output } from './output';
import { Progress } from './progress';
import { AppRun, runApp } from './run-app';
import { NotedSet, StagedServiceNote, StageNote } from '../app/stage-record';

export interface AppStagesOptions {
  /** Whether the ways back are wanted. */
  readonly rollbacks: boolean;
}

/**
 * Has an app write its stages to a folder that is gone afterwards, and looks at them.
 *
 * An app of stages writes all of them in one run. Any other notes in the first run which there are, and is run once for each.
 * Ways back have much in common: equal sets are run once.
 */
export async function withStagesOf(command: string, options: AppStagesOptions, output: Output, look: (folder: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'canary-stages-'));
  const leave = (signal: NodeJS.Signals) => {
    rmSync(folder, { recursive: true, force: true });
    process.kill(process.pid, signal);
  };
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    look(await new AppStages(command, folder, output).write(options));
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** There is a stage of this number whatever the names are. */
const FIRST = '0';

class AppStages {
  private readonly shown = new Set<string>();
  private runs = 0;

  public constructor(private readonly command: string, private readonly folder: string, private readonly output: Output) {}

  /** @returns the folder that has one for each stage */
  public async write({ rollbacks }: AppStagesOptions): Promise<string> {
    const progress = new Progress(this.output);
    try {
      const fresh = join(this.folder, 'first');
      const notes = await progress.during('running the app', this.run(fresh, FIRST));
      if (notes.some(({ kind }) => kind === 'written')) return this.written(fresh, notes);
      const sets = setsOf(notes).filter(({ folder }) => rollbacks || !folder.startsWith('rollback/'));
      if (readdirSync(fresh).length === 0) throw new Failure('the app wrote nothing; does it call `app.synth()`?');
      const stages = join(this.folder, 'stages');
      const different = sets.filter(({ folder, like }) => folder === like);
      let done = 0;
      const told = () => `running the app at each stage: ${done} of ${different.length}`;
      await progress.during(told, inParallel(different, async ({ folder }) => {
        await this.run(join(stages, folder), stageOf(folder));
        done += 1;
        progress.say(told());
      }));
      for (const { folder, like } of sets.filter((set) => set.folder !== set.like)) {
        cpSync(join(stages, like), join(stages, folder), { recursive: true });
      }
      return stages;
    } finally {
      progress.end();
    }
  }

  /** Two apps of stages write over each other, since both are told one folder. */
  private written(folder: string, notes: readonly StageNote[]): string {
    if (notes.filter(({ kind }) => kind === 'written').length > 1) {
      throw new Failure('the program writes stages several times, and so has several rollouts; run each by itself');
    }
    return folder;
  }

  private async run(outdir: string, stage: string): Promise<readonly StageNote[]> {
    this.runs += 1;
    const ran = await runApp(this.command, outdir, stage, join(this.folder, `notes-${this.runs}`));
    const services = ran.notes.filter((note) => note.kind === 'service');
    const stray = services.find(({ strayOutdir }) => strayOutdir !== undefined);
    if (stray) {
      throw new Failure(`the app writes to "${stray.strayOutdir}", whatever CDK8S_OUTDIR says, and that folder is left alone; leave out its \`outdir\`, or name the folder that has the stages`);
    }
    if (ran.failure !== undefined) throw this.failed(ran, stage);
    const fixed = services.find((service) => service.stage !== stage);
    if (fixed && !ran.notes.some(({ kind }) => kind === 'written')) {
      throw new Failure(`"${fixed.service}" is built at stage "${fixed.stage}", whatever CANARY_STAGE says; leave out its \`stage\` and the context "canary:stage"`);
    }
    this.tellOnce(ran.warnings);
    return ran.notes;
  }

  private failed({ failure, said }: AppRun, stage: string): Failure {
    this.output.error(said === '' || said.endsWith('\n') ? said : `${said}\n`);
    return new Failure(`the app cannot be planned: "${this.command}"${stage === FIRST ? '' : `, at stage ${stage},`} ${failure}`);
  }

  /** The same warnings come at each stage. */
  private tellOnce(warnings: string): void {
    for (const line of warnings.split('\n').filter((text) => text !== '' && !this.shown.has(text))) {
      this.shown.add(line);
      this.output.error(`${line}\n`);
    }
  }
}

/** What an app that asks for its stage expects, and people write. */
function stageOf(folder: string): string {
  return folder.startsWith('rollback/') ? folder : folder.replace(/^\d+-/, '');
}

/** All sets of the rollout that the services share. */
function setsOf(notes: readonly StageNote[]): readonly NotedSet[] {
  const services = notes.filter((note): note is StagedServiceNote => note.kind === 'service');
  const [first] = services;
  if (!first) throw new Failure('no service of the app has a `rollout`, and so there are no stages; canary explain shows the rules of what it writes');
  const other = services.find(({ rollout }) => rollout !== first.rollout);
  if (other) {
    throw new Failure(`"${first.service}" and "${other.service}" have different rollouts, whose stages have no common order; give them one, or plan an app for each`);
  }
  return first.sets;
}

/** Each app is a process of its own, and may be large. */
const MOST_AT_ONCE = 4;

/** The first failure ends the work when what has begun is done. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(item).catch((error: unknown) => {
        waiting.length = 0;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(MOST_AT_ONCE, availableParallelism()) }, worker));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}
