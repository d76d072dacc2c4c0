import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { App, Yaml } from 'cdk8s';
import { AppRollout } from './app/app-rollout';
import { showTogether } from './app/findings';
import { isRecording, noteWritten } from './app/stage-record';
import { forceStage, rolloutsOf } from './app/stages';
import { SyncWaves } from './app/sync-waves';
import { fromConstructs } from './manifests/load';
import { listed } from './model/nearest';
import { GuideSet, guideOf } from './report/guide/guide';
import { fluxKustomization, fluxProblems } from './rollout/flux';
import { FluxOptions } from './rollout/flux-options';
import { Output } from './synthesis/layout';
import { writeOutputs } from './synthesis/output-folder';
import { writtenFiles } from './synthesis/written-files';

const GUIDE = 'STAGES.md';

const ROLLBACK = 'rollback/';

/** Folder of what Flux reads. Stages begin with a number, so that none has this name. */
const FLUX = 'flux';

/**
 * Properties of `StagedApp`.
 */
export interface StagedAppProps {
  /**
   * Folder that the stages are written to.
   *
   * @default - the environment variable CDK8S_OUTDIR, else "dist"
   */
  readonly outdir?: string;

  /**
   * Tells apart apps that write into one folder. Each removes only the files that an app of its own name wrote before.
   *
   * @default - the name of the file that Node runs, such as `main.ts`. In Python, Java and Go that is the same for all programs: name them if
   * several write into one folder.
   */
  readonly name?: string;

  /**
   * Whether the way back to the first stage is written for each stage, to `rollback/<stage>/`.
   *
   * @default true
   */
  readonly rollbacks?: boolean;

  /**
   * Whether the objects of each stage get waves of Argo CD, so that it applies what is used before what uses it, and deletes in reverse. See
   * `SyncWaves`.
   *
   * @default false
   */
  readonly syncWaves?: boolean;

  /**
   * How Flux applies the stages. For each folder a Kustomization is written below `flux/`, such as `flux/02-weight-10.yaml`: commit one after the
   * other to where Flux reads it. Refused with an error from `synth` where a value cannot be.
   *
   * @default - no files for Flux
   */
  readonly flux?: FluxOptions;
}

/**
 * Writes every stage of a rollout into a folder of its own: `00-stable`, `01-deploy-v2`, and so on, and how to apply them to `STAGES.md`.
 *
 * Extend it and declare in `buildStage` what an app would hold. It is called once for each folder, with a new app each time.
 */
export abstract class StagedApp {
  private readonly outdir: string;
  private readonly name: string;
  private readonly writer = Symbol('app');
  private readonly rollbacks: boolean;
  private readonly syncWaves: boolean;
  private readonly flux?: FluxOptions;

  /**
   * Prepares the app; nothing is built before `synth`.
   *
   * @param props properties
   */
  public constructor(props: StagedAppProps = {}) {
    // `canary plan --app` leaves the folder alone that the stages are in use from.
    this.outdir = (isRecording() ? process.env.CDK8S_OUTDIR : undefined) ?? props.outdir ?? process.env.CDK8S_OUTDIR ?? 'dist';
    this.name = props.name ?? basename(process.argv[1] ?? 'app');
    this.rollbacks = props.rollbacks ?? true;
    this.syncWaves = props.syncWaves ?? false;
    this.flux = props.flux;
  }

  /**
   * Builds and writes every stage, and the ways back, or throws and writes nothing.
   *
   * Files that the previous synthesis wrote and this one does not are removed, unless somebody has changed them since, and all other files are
   * left alone, as `CanaryApp` does it.
   *
   * All services with a rollout have to share one: stages of two rollouts have no common order.
   *
   * @returns the folders below the output folder, in their order
   */
  public synth(): string[] {
    const problems = this.flux ? fluxProblems(this.flux) : [];
    if (problems.length > 0) throw new Error(problems.join('\n'));
    const workshop = mkdtempSync(join(tmpdir(), 'cdk8s-canary-'));
    try {
      const first = this.synthStage(join(workshop, 'first'), '0');
      const rollout = this.sharedRollout(first);
      const wanted = rollout.folders.filter((folder) => this.rollbacks || !folder.startsWith(ROLLBACK));
      const outputs = [...this.fluxOutputs(wanted), ...this.stageOutputs(join(workshop, 'stages'), wanted, rollout, first)];
      writeOutputs({ folder: this.outdir, app: this.name, writer: this.writer }, outputs);
      noteWritten(this.outdir);
      return wanted;
    } finally {
      rmSync(workshop, { recursive: true });
    }
  }

  /**
   * Declares what the app holds, the same for every stage: services with a rollout become what they are at the stage.
   *
   * @param app the app of one stage
   */
  protected abstract buildStage(app: App): void;

  /**
   * Makes the app of one stage. Override it for settings of the app, such as how the manifests are divided into files.
   *
   * @param outdir folder to write into. What stands there is then put into the folder of the stage.
   */
  protected createApp(outdir: string): App {
    return new App({ outdir });
  }

  /** The rollout of the services. */
  private sharedRollout(app: App): AppRollout {
    const rollouts = rolloutsOf(app);
    const different = new Map([...rollouts].map(([service, rollout]) => [rollout.identity, { service, rollout }]));
    const [first, second] = different.values();
    if (!first) throw new Error('no service of the app has a rollout, and so there are no stages; give a service a `rollout`, or use a plain App');
    if (second) throw new Error(`${listed([first.service, second.service])} have different rollouts, whose stages have no common order; give them one, or write an app for each`);
    return first.rollout;
  }

  /** The services tell what is wrong at any stage: when the first one is well, all are. */
  private synthStage(outdir: string, stage: string, first?: App): App {
    const app = this.createApp(outdir);
    forceStage(app, stage);
    if (first) showTogether(app, first);
    this.buildStage(app);
    if (this.syncWaves) SyncWaves.addTo(app);
    app.synth();
    return app;
  }

  /** The files of all stages, and how to apply them. */
  private* stageOutputs(workshop: string, folders: readonly string[], rollout: AppRollout, first: App): Iterable<Output> {
    const sets: GuideSet[] = [];
    for (const folder of folders) {
      const app = this.synthStage(join(workshop, folder), folder, first);
      const files = [...writtenFiles(join(workshop, folder), folder)];
      yield* files;
      sets.push({ folder, nested: files.some(({ path }) => path.slice(folder.length + 1).includes('/')), objects: fromConstructs([app], '').objects });
    }
    yield { path: GUIDE, content: this.guide(sets, rollout, first) };
  }

  private guide(sets: readonly GuideSet[], { gates, returned }: AppRollout, first: App): string {
    const stages = sets.filter(({ folder }) => !folder.startsWith(ROLLBACK)).map((stage) => ({
      ...stage,
      gates: gates.get(stage.folder) ?? [],
      back: sets.filter(({ folder }) => folder.startsWith(`${ROLLBACK}${stage.folder}/`)).map((set) => ({ ...set, returned: returned.has(set.folder) })),
    }));
    return guideOf(stages, [...rolloutsOf(first).values()].flatMap(({ left }) => left));
  }

  /** One file for each folder, in the same place below their own. */
  private fluxOutputs(folders: readonly string[]): Output[] {
    const { flux } = this;
    return flux ? folders.map((folder) => ({ path: `${FLUX}/${folder}.yaml`, content: Yaml.stringify(fluxKustomization(flux, folder)) })) : [];
  }
}
