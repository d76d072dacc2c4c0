import { Deployed } from './deployed';
import { ObjectChange } from './object-changes';
import { Plan, PlannedSet, PlannedStage, Risk } from './plan';
import { hostText, PlannedRow, VersionShare } from './rows';
import { changesText, loadCells, mainText, stateText, totals } from './summary';
import { percent } from '../decision-text';

/** A part of the plan as every format shows it; how it looks is the format's. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string; readonly anchor?: string }
  | { readonly kind: 'text'; readonly text: string; readonly tone?: 'good' | 'bad' }
  | { readonly kind: 'table'; readonly caption: string; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'changes'; readonly caption: string; readonly changes: readonly ObjectChange[] }
  | { readonly kind: 'overview'; readonly plan: Plan }
  | { readonly kind: 'picture'; readonly set: PlannedSet };

export function titleOf({ stages, mesh }: Plan): string {
  return `Rollout in ${stages.length} ${stages.length === 1 ? 'stage' : 'stages'}${mesh === '' ? ', without a mesh' : ` on ${mesh}`}`;
}

export function blocksOf(plan: Plan): Block[] {
  return [
    ...caveats(plan).map((text): Block => ({ kind: 'text', text, tone: 'bad' })),
    { kind: 'overview', plan },
    ...plan.deployed ? deployedBlocks(plan.deployed) : [],
    ...plan.stages.flatMap((stage, index) => stageBlocks(stage, plan, plan.stages[index - 1])),
  ];
}

export function anchorOf({ name }: PlannedSet): string {
  return `stage-${name.replace(/[^\w.-]/g, '-')}`;
}

/** What a reader has to know before all else. */
function caveats({ notRead, doubts }: Plan): string[] {
  return [
    ...notRead.length > 0 ? [`What these do with traffic is not in this plan: ${notRead.join(', ')}`] : [],
    ...doubts.map((doubt) => `Uncertain: ${doubt}`),
  ];
}

function stageBlocks(stage: PlannedStage, plan: Plan, before: PlannedStage | undefined): Block[] {
  return [
    { kind: 'heading', level: 2, text: stage.name, anchor: anchorOf(stage) },
    ...stage.losses.map((loss): Block => ({ kind: 'text', text: `Traffic is lost: ${loss}`, tone: 'bad' })),
    { kind: 'picture', set: stage },
    ...trafficBlocks('Traffic', stage.traffic, plan),
    // Without a mesh they are all the clients that there are.
    ...plan.mesh === '' ? [] : trafficBlocks('Clients without a proxy', stage.plain, plan),
    loadsTable(stage),
    ...before ? changeBlocks(`Changes against ${before.name}`, stage.changes) : [],
    ...riskBlocks(stage.risks, before?.risks ?? []),
    ...stage.back.length > 0 ? [backTable(stage.back)] : [],
    ...stage.back.flatMap((set) => set.losses.map((loss): Block => ({ kind: 'text', text: `Traffic is lost on the way back, ${set.name}: ${loss}`, tone: 'bad' }))),
    ...stage.back.flatMap((set) => riskBlocks(set.risks, stage.risks, ` on the way back, ${set.name}`)),
  ];
}

/** What happens to all requests is said once. */
function trafficBlocks(caption: string, rows: readonly PlannedRow[], plan: Plan): Block[] {
  const common = (rows[0]?.notes ?? []).filter((note) => rows.every(({ notes }) => notes.includes(note)));
  const table = trafficTable(caption, rows.map((row) => ({ ...row, notes: row.notes.filter((note) => !common.includes(note)) })), plan);
  return [table, ...common.map((note): Block => ({ kind: 'text', text: `All of them: ${note}` }))];
}

function trafficTable(caption: string, rows: readonly PlannedRow[], { versions }: Plan): Block {
  const shown = versions.filter((version) => rows.some(({ shares }) => shares.some((share) => share.version === version)));
  const more = rows.some(({ others, notes }) => others.length + notes.length > 0);
  return {
    kind: 'table',
    caption,
    head: ['host', 'requests', ...shown, ...more ? ['besides'] : []],
    rows: rows.map((row) => [
      hostText(row),
      row.when,
      ...shown.map((version) => percentOf(row.shares, version)),
      ...more ? [[...row.others, ...row.notes].join('; ')] : [],
    ]),
  };
}

function percentOf(shares: readonly VersionShare[], version: string): string {
  const share = shares.find((one) => one.version === version);
  return share ? percent(share.share) : '-';
}

function loadsTable(stage: PlannedSet): Block {
  const rows = stage.loads.map(({ workload, version, least, most, unstated }) => [workload, version, ...loadCells(least, most), unstated.join(', ')]);
  const open = stage.loads.some(({ unstated }) => unstated.length > 0);
  const all = [...rows, ['all', '', ...totals(stage), '']];
  return {
    kind: 'table',
    caption: 'Pods and what they request',
    head: ['workload', 'version', 'pods', 'CPU', 'memory', ...open ? ['not stated'] : []],
    rows: open ? all : all.map((row) => row.slice(0, -1)),
  };
}

function changeBlocks(caption: string, changes: readonly ObjectChange[]): Block[] {
  return changes.length === 0 ? [{ kind: 'text', text: `${caption}: none` }] : [{ kind: 'changes', caption, changes }];
}

const LONGEST_VALUE = 160;

/** A value of a field. Long ones are cut here; the JSON form has them whole. */
export function valueText(value: unknown): string {
  if (value === undefined) return '';
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** Changes as a table: an object's name stands on the line of its first field. */
export function changeTable({ caption, changes }: Block & { readonly kind: 'changes' }): Block & { readonly kind: 'table' } {
  const rows = changes.flatMap(({ object, how, fields }) => (fields.length === 0 ? [[object, how, '', '', '']]
    : fields.map(({ path, from, to }, index) => [...index === 0 ? [object, how] : ['', ''], path, valueText(from), valueText(to)])));
  return { kind: 'table', caption, head: ['object', 'change', 'field', 'before', 'after'], rows };
}

/** What was there at the stage before is counted only. */
function riskBlocks(risks: readonly Risk[], before: readonly Risk[], where = ''): Block[] {
  const known = new Set(before.map(identity));
  const fresh = risks.filter((risk) => !known.has(identity(risk)));
  const old = risks.length - fresh.length;
  if (fresh.length === 0) return where !== '' ? [] : [{ kind: 'text', text: old > 0 ? `Risks: ${old} as before` : 'Risks: none' }];
  const caption = `Risks${where}${old > 0 ? `, and ${old} as before` : ''}`;
  return [{
    kind: 'table',
    caption,
    head: ['severity', 'code', 'where', 'what', 'remedy'],
    rows: fresh.map(({ severity, code, where: object, place, message, remedy }) => [severity, code, object, `${place}: ${message}`, remedy]),
  }];
}

/** Without the line, which moves. */
function identity({ code, where, place, message }: Risk): string {
  return JSON.stringify([code, where.replace(/ \([^()]*\)$/, ''), place, message]);
}

function backTable(back: readonly PlannedSet[]): Block {
  return {
    kind: 'table',
    caption: 'Way back',
    head: ['set', 'traffic', 'pods', 'changes', 'state'],
    rows: back.map((set) => [set.name, mainText(set), totals(set)[0], changesText(set.changes), stateText(set)]),
  };
}

function deployedBlocks({ nearest, equal, stages, losses }: Deployed): Block[] {
  const changes = stages.find(({ stage }) => stage === nearest)?.changes ?? [];
  return [
    { kind: 'heading', level: 2, text: 'What is deployed' },
    { kind: 'text', text: equal ? `It equals ${nearest}.` : `It equals no stage and is nearest to ${nearest}.`, ...equal ? { tone: 'good' as const } : {} },
    { kind: 'table', caption: 'What applying a stage would change', head: ['stage', 'objects'], rows: stages.map((one) => [one.stage, changesText(one.changes)]) },
    ...equal ? [] : changeBlocks(`What applying ${nearest} would change`, changes),
    ...losses.map((loss): Block => ({ kind: 'text', text: `Applying ${nearest} loses traffic: ${loss}`, tone: 'bad' })),
  ];
}
