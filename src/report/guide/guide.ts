import { AppliedSet, commandsOf } from './commands';
import { Cluster } from '../../manifests/cluster';
import { KubeObject } from '../../manifests/kube-object';
import { ObjectChange, objectChanges } from '../plan/object-changes';

/** A set of manifests, by its folder below that of the guide. */
export interface GuideSet {
  readonly folder: string;
  readonly nested: boolean;
  readonly objects: readonly KubeObject[];
}

export interface GuideStage extends GuideSet {
  /** What has to hold before the next stage, as Markdown. */
  readonly gates: readonly string[];
  readonly back: readonly GuideBack[];
}

export interface GuideBack extends GuideSet {
  /** Whether the traffic goes where the first stage sends it. */
  readonly returned: boolean;
}

/**
 * How to apply the stages by hand, and what to do when one goes wrong: Markdown, so that `kubectl apply` passes it by.
 *
 * @param left Deployments that somebody else writes, and that get nothing any more at the end
 */
export function guideOf(stages: readonly GuideStage[], left: readonly string[] = []): string {
  const applied = stages.map((stage, index) => appliedOn(stages[index - 1], stage));
  const sections = [
    INTRODUCTION,
    table(stages, applied),
    whenItGoesWrong(stages),
    '## Forward\n',
    ...stages.map((stage, index) => forward(stage, applied[index])),
    ...left.map((deployment) => `### At the very end\n\n${deployment} gets nothing any more. It is written elsewhere, so that no stage removes it: delete it there.\n`),
    ...(stages.some(({ back }) => back.length > 0) ? ['## Ways back\n', ...stages.map(wayBack)] : []),
  ];
  return sections.filter((section) => section !== '').join('\n');
}

const INTRODUCTION = `# Stages

Each folder is complete. Apply one after the other, each when the commands of the one before have ended and its gates hold. Run the commands in the folder of
this file, in any POSIX shell; each block may be run again. A delivery tool that applies a folder, waits and prunes (Argo CD, Flux) does the same by itself, in the same order.
`;

function table(stages: readonly GuideStage[], applied: readonly AppliedSet[]): string {
  const rows = stages.map(({ folder, gates, back }, index) => {
    const way = back.length > 0 ? `[${back.map((set) => nameOf(set.folder)).join(', ')}](#back-from-${folder})` : '';
    return `| [${folder}](#${folder}) | ${index === 0 ? `${applied[0].objects.length} objects` : summary(applied[index].changes)} | ${gates.join('; ')} | ${way} |`;
  });
  return `| stage | objects | before the next one | way back |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function forward({ folder, gates }: GuideStage, applied: AppliedSet): string {
  const wait = gates.length > 0 ? `\nBefore the next stage:\n\n${gates.map((gate) => `* ${gate}`).join('\n')}\n` : '';
  return `### ${folder}\n\n${script(commandsOf(applied))}${wait}`;
}

function wayBack(stage: GuideStage): string {
  if (stage.back.length === 0) return '';
  const sets: readonly GuideSet[] = [stage, ...stage.back];
  const returned = stage.back.find((set) => set.returned);
  const steps = stage.back.map((set, index) => {
    const note = set === returned ? '# from here on all traffic goes where the first stage sends it' : undefined;
    return script(commandsOf(appliedOn(sets[index], set)), note);
  });
  return `### Back from ${stage.folder}\n\n${steps.join('\n')}`;
}

function whenItGoesWrong(stages: readonly GuideStage[]): string {
  const [first] = stages;
  if (stages.every(({ back }) => back.length === 0)) return '';
  const folders = covering(stages).map(({ folder, nested }) => `${nested ? '-R ' : ''}-f ${folder}`).join(' ');
  return `## When it goes wrong

1. Which stage is it? The answer names the one that is deployed, or comes nearest:

   \`\`\`sh
   kubectl get ${folders} --ignore-not-found -o yaml | npx canary plan . --deployed -
   \`\`\`

   In the middle of a stage it is that stage: its commands can be run again at any time.
2. Run the commands of its way back (the last column above), one block after the other. Each block waits until it is safe to go on, and ends
   early if pods do not come up.
3. It is over when the last of them has ended, and the command above names \`${first.folder}\`.
`;
}

/** Few sets that hold every object of any stage between them. */
function covering(stages: readonly GuideSet[]): GuideSet[] {
  const seen = new Set<string>();
  return stages.filter(({ objects }) => {
    const missing = objects.filter(({ key }) => !seen.has(key));
    for (const { key } of missing) seen.add(key);
    return missing.length > 0;
  });
}

function appliedOn(before: GuideSet | undefined, { folder, nested, objects }: GuideSet): AppliedSet {
  return { folder, nested, objects, changes: objectChanges(new Cluster(before?.objects ?? []), new Cluster(objects)) };
}

function summary(changes: readonly ObjectChange[]): string {
  const count = (how: ObjectChange['how']) => changes.filter((change) => change.how === how).length;
  const words = ([['added', 'new'], ['changed', 'changed'], ['removed', 'gone']] as const).filter(([how]) => count(how) > 0);
  return words.map(([how, word]) => `${count(how)} ${word}`).join(', ');
}

/** What fails ends a block that is pasted: nothing is deleted while pods are missing. */
function script(commands: readonly string[], note?: string): string {
  return `\`\`\`sh\n${commands.join(' &&\n')}\n${note ? `${note}\n` : ''}\`\`\`\n`;
}

function nameOf(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}
