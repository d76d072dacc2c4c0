import { Command, Option } from 'commander';
import { checkMesh, ManifestOptions, withManifests } from './manifest-options';
import { Ended, Output } from './output';
import { readSet, readStages } from './stage-folders';
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
  readonly deployed?: string;
}

/** `canary plan`: what each stage of a rollout does, before anything is applied. */
export function planCommand(output: Output, ended: Ended): Command {
  const command = new Command('plan')
    .description('shows what each stage of a rollout does: traffic, pods, changed objects, risks; exit code 1 if one loses traffic or has errors')
    .argument('<folder>', 'folder with the stages, a folder each, and their ways back below rollback/, as a StagedApp writes them')
    .addOption(new Option('--format <format>', 'what to write').choices(Object.keys(FORMATS)).default('text'))
    .option('--deployed <folder>', 'manifests that are deployed now: says which stage they equal or come nearest to, and what would change')
    .addHelpText('after', '\nExample:\n  canary plan dist --format html > plan.html');
  return withManifests(command).action((folder: string, options: PlanOptions) => {
    checkMesh(options);
    const stages = readStages(folder, options);
    const plan = planOf(stages, options.deployed === undefined ? undefined : readSet(options.deployed, 'deployed', options));
    output.write(FORMATS[options.format](plan));
    ended(isBroken(plan) ? 1 : 0);
  });
}
