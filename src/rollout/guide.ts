import { Gate } from './gate';
import { StagedRollout } from './staged-rollout';

/** How to apply the stages, for people: Markdown, so that `kubectl apply` passes it by. */
export function guide({ stages, sets }: StagedRollout): string {
  const folders = [...sets.keys()];
  const rows = stages.map(({ gates }, index) => {
    const back = folders.filter((folder) => folder.startsWith(`rollback/${folders[index]}/`)).map((folder) => folder.split('/')[2]);
    return `| ${folders[index]} | ${gates.map(gateText).join('; ')} | ${back.join(', ')} |`;
  });
  return `${INTRODUCTION}\n| stage | before the next one | way back, below rollback/ and the name of the stage |\n|---|---|---|\n${rows.join('\n')}\n`;
}

const INTRODUCTION = `# Stages

Each folder is complete. Apply one after the other, each when all pods of the one before are ready, and delete what the new one no longer holds
(\`kubectl apply --prune\`, or what your delivery tool does) after it is applied, routes first. Each stage has a way back, too:
its folders are applied in the same manner, and the traffic is back when \`back\` is.
`;

function gateText(gate: Gate): string {
  const model = gate._toModel();
  switch (model.kind) {
    case 'approval': return escaped(model.text);
    case 'duration': return `wait ${model.milliseconds / 1000} s`;
    case 'metric': return `${escaped(model.metric.name)} ${range(model.metric.min, model.metric.max)}: \`${escaped(model.metric.query)}\``;
  }
}

function range(min: number | undefined, max: number | undefined): string {
  return [...(min === undefined ? [] : [`at least ${min}`]), ...(max === undefined ? [] : [`at most ${max}`])].join(' and ');
}

/** Text that stays in its cell. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\|/g, '\\|');
}
