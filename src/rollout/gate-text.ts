import { Gate } from './gate';

/** What has to hold, for people: Markdown for one line and one cell. */
export function gateText(gate: Gate): string {
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
