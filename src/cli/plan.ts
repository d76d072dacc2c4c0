import { Command, Option } from 'commander';
import { commandOfCdk8s } from './app-command';
import { withStagesOf } from './app-stages';
import { checkMesh, jsonOption, ManifestOptions, withManifests } from './manifest-options';
import { Ended, Failure, Output } from './output';
import { Progress } from './progress';
import { readDeployed, readEach, readStages } from './stage-folders';
import { planHtml } from '../report/plan/html';
import { planMarkdown } from '../report/plan/markdown';
import { isBroken, Plan, planOf } from '../report/plan/plan';
import { planText } from '../report/plan/text';

const FORMATS = {
  text: planText,
  markdown: planMarkdown,
  json: (plan: Plan) => `${JSON.stringify(plan, undefined, 2)}\n`,
  html: planHtml,
} as const;

interface PlanOptions extends ManifestOptions {
  readonly format: keyof typeof FORMATS;
  readonly app?: string;
  readonly deployed?: string;
  readonly rollbacks: boolean;
}

/** `canary plan`: what each stage of a rollout does, before anything is applied. */
export function planCommand(output: Output, ended: Ended): Command {
  const command = new Command('plan')
    .description('shows what each stage of a rollout does: traffic, pods, changed objects, risks; exit code 1 if one loses traffic or has errors')
    .argument('[folders...]', 'one: has a folder for each stage, and ways back below rollback/, as a StagedApp writes them; several: each is a stage (default: the app is run)')
    .option('--app <command>', 'runs this app, which writes its stages to a folder of its own; your output folder stays as it is (default: the app of cdk8s.yaml)')
    .addOption(new Option('--format <format>', 'what to write').choices(Object.keys(FORMATS)).default('text'))
    .addOption(jsonOption())
    .option('--deployed <path>', 'manifests that are deployed now (file, folder, or - for the standard input): says which stage they equal or come nearest to, and what would change')
    .option('--no-rollbacks', 'leaves out the ways back')
    .addHelpText('after', EXAMPLES);
  return withManifests(command).action(async (folders: string[], options: PlanOptions) => {
    checkMesh(options);
    if (folders.length > 0 && options.app !== undefined) throw new Failure(`give either the folder "${folders[0]}" or --app, not both`);
    const show = (...stages: string[]) => {
      const progress = new Progress(output);
      const plan = planFrom(stages, options, progress);
      progress.end();
      output.write(FORMATS[options.format](plan));
      ended(isBroken(plan) ? 1 : 0);
    };
    if (folders.length === 0) await withStagesOf(options.app ?? commandOfCdk8s(), options, output, show);
    else show(...folders);
  });
}

const EXAMPLES = `
An app needs a service with a rollout. A StagedApp is run once; any other is run once for each stage, with CANARY_STAGE and CDK8S_OUTDIR set.

Examples:
  canary plan dist
  canary plan before between after
  canary plan --app 'npx tsx main.ts' --format html > plan.html
  canary plan --app 'python main.py' --deployed deployed
  kubectl get -f dist/00-stable -f dist/01-deploy-v2 --ignore-not-found -o yaml | canary plan dist --deployed -`;

function planFrom(folders: readonly string[], options: PlanOptions, progress: Progress): Plan {
  const tell = progress.counting('reading stages');
  const stages = folders.length === 1 ? readStages(folders[0], options, tell) : readEach(folders, options, tell);
  const deployed = options.deployed === undefined ? undefined : readDeployed(options.deployed, options, progress);
  return planOf(stages, deployed, progress.counting('comparing stages'));
}
