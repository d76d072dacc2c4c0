import { Deployed } from './deployed';
import { sumOf } from './loads';
import { ObjectChange } from './object-changes';
import { isBroken, Plan, PlannedSet, PlannedStage, Risk } from './plan';
import { hostText, PlannedRow } from './rows';
import { Steady, steadyOf, without } from './steady';
import { besidesText, changesText, groupsOf, groupText, isRest, loadCells, mainText, sharesText, stateText, totals } from './summary';

/** A part of the plan as every format shows it; how it looks is the format's. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2; readonly text: string; readonly anchor?: string }
  | { readonly kind: 'text'; readonly text: string; readonly tone?: 'good' | 'bad' }
  | Table
  | { readonly kind: 'traffic'; readonly caption: string; readonly rows: readonly PlannedRow[] }
  | { readonly kind: 'changes'; readonly caption: string; readonly changes: readonly ObjectChange[] }
  | { readonly kind: 'overview'; readonly steady: Steady }
  | { readonly kind: 'picture'; readonly rows: readonly PlannedRow[] }
  | Fold;

interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What not everybody wants to see at once. */
interface Fold {
  readonly kind: 'fold';
  /** What it comes to. */
  readonly summary: string;
  readonly open: boolean;
  readonly blocks: readonly Block[];
}

export function titleOf({ stages, mesh }: Plan): string {
  return `Rollout in ${stages.length} ${stages.length === 1 ? 'stage' : 'stages'}${mesh === '' ? ', without a mesh' : ` on ${mesh}`}`;
}

/** What it all comes to, in a sentence. */
export function verdictOf(plan: Plan): Block & { readonly kind: 'text' } {
  const wrong = plan.stages.flatMap((stage) => [stage, ...stage.back.map((set) => ({ ...set, name: `${set.name} on the way back from ${stage.name}` }))])
    .filter((set) => stateText(set) !== 'ok').map((set) => `${set.name} (${stateText(set)})`);
  if (wrong.length > 0) return { kind: 'text', text: `Not to be applied as it is: ${wrong.join('; ')}.`, tone: 'bad' };
  if (isBroken(plan)) return { kind: 'text', text: 'Not to be applied as it is: from what is deployed, traffic is lost.', tone: 'bad' };
  const back = plan.stages.some((stage) => stage.back.length > 0) ? ' or on any way back' : '';
  return { kind: 'text', text: `No traffic is lost at any stage${back}, and the linter has no errors.`, tone: 'good' };
}

/** What it costs at its peak. */
export function factsOf({ stages }: Plan): string {
  const all = stages.map((stage) => ({ stage, pods: sumOf(stage.loads.map((load) => load.most)).pods }));
  const most = all.reduce((best, one) => (one.pods > best.pods ? one : best));
  const requested = loadsText(most.stage);
  return all.every(({ stage }) => loadsText(stage) === requested) ? `At each stage ${requested}.` : `At most ${requested}, at ${most.stage.name}.`;
}

/** `4 pods, CPU 0.4`. */
export function loadsText(set: PlannedSet): string {
  const [pods, cpu, memory] = totals(set);
  return [`${pods} ${pods === '1' ? 'pod' : 'pods'}`, ...cpu === '-' ? [] : [`CPU ${cpu}`], ...memory === '-' ? [] : [`memory ${memory}`]].join(', ');
}

export function blocksOf(plan: Plan): Block[] {
  const steady = steadyOf(plan.stages);
  return [
    ...caveats(plan).map((text): Block => ({ kind: 'text', text, tone: 'bad' })),
    { kind: 'overview', steady },
    ...plan.deployed ? deployedBlocks(plan.deployed) : [],
    ...steadyBlocks(plan, steady),
    ...plan.stages.flatMap((stage, index) => stageBlocks(stage, plan, plan.stages[index - 1], steady)),
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

/** Without a mesh, clients without a proxy are all the clients that there are. */
function plainOf(set: PlannedSet, { mesh }: Plan): readonly PlannedRow[] {
  return mesh === '' ? [] : set.plain;
}

function steadyBlocks(plan: Plan, steady: Steady): Block[] {
  const [first] = plan.stages;
  const traffic = first.traffic.filter((row) => steady.traffic.has(hostText(row)));
  const plain = plainOf(first, plan).filter((row) => steady.plain.has(hostText(row)));
  if (traffic.length + plain.length === 0) return [];
  return [
    { kind: 'heading', level: 2, text: 'The same at every stage' },
    {
      kind: 'fold',
      summary: traffic.length > 0 ? trafficText(traffic) : `${PLAIN}: ${trafficText(plain)}`,
      open: traffic.length === first.traffic.length,
      blocks: [...traffic.length > 0 ? [{ kind: 'picture', rows: traffic } as const] : [], ...trafficBlocks('Traffic', traffic), ...trafficBlocks(PLAIN, plain)],
    },
  ];
}

function stageBlocks(stage: PlannedStage, plan: Plan, before: PlannedStage | undefined, steady: Steady): Block[] {
  const traffic = without(stage.traffic, steady.traffic);
  return [
    { kind: 'heading', level: 2, text: stage.name, anchor: anchorOf(stage) },
    ...stage.losses.map((loss): Block => ({ kind: 'text', text: `Traffic is lost: ${loss}`, tone: 'bad' })),
    ...traffic.length > 0 ? [{ kind: 'picture', rows: traffic } as const] : [],
    ...trafficBlocks('Traffic', traffic),
    ...plainFold(without(plainOf(stage, plan), steady.plain)),
    loadsFold(stage),
    ...before ? changeBlocks(`Changes against ${before.name}`, stage.changes) : [],
    ...riskBlocks(stage.risks, before?.risks ?? []),
    ...backFold(stage.back, steady),
    ...stage.back.flatMap((set) => set.losses.map((loss): Block => ({ kind: 'text', text: `Traffic is lost on the way back, ${set.name}: ${loss}`, tone: 'bad' }))),
    ...stage.back.flatMap((set) => riskBlocks(set.risks, stage.risks, ` on the way back, ${set.name}`)),
  ];
}

/** What happens to all requests is said once. */
function trafficBlocks(caption: string, rows: readonly PlannedRow[]): Block[] {
  if (rows.length === 0) return [];
  const answered = rows.filter(({ shares }) => shares.length > 0);
  const common = (answered[0]?.notes ?? []).filter((note) => answered.every(({ notes }) => notes.includes(note)));
  const others = rows.map((row) => ({ ...row, notes: row.notes.filter((note) => !common.includes(note)) }));
  return [{ kind: 'traffic', caption, rows: others }, ...common.map((note): Block => ({ kind: 'text', text: `Every request that reaches a pod: ${note}` }))];
}

const PLAIN = 'Clients without a proxy';

function plainFold(rows: readonly PlannedRow[]): Block[] {
  if (rows.length === 0) return [];
  return [{ kind: 'fold', summary: `${PLAIN}: ${trafficText(rows)}`, open: false, blocks: trafficBlocks(PLAIN, rows) }];
}

/** In short: hosts that answer in the same shares together. Rules for some requests are only counted. */
function trafficText(rows: readonly PlannedRow[]): string {
  const rest = rows.filter((row) => isRest(row) && row.shares.length > 0);
  const rules = rows.filter((row) => !isRest(row)).length;
  return [...groupsOf(rest, sharesText).map(groupText), ...rules > 0 ? [`${rules} ${rules === 1 ? 'rule' : 'rules'} for some requests`] : []].join('; ');
}

/** Traffic as a table, for formats without bars. */
export function trafficTable({ caption, rows }: Block & { readonly kind: 'traffic' }): Table {
  const more = rows.some((row) => besidesText(row) !== '');
  return {
    kind: 'table',
    caption,
    head: ['host', 'requests', 'go to', ...more ? ['besides'] : []],
    rows: rows.map((row) => [hostText(row), row.when, sharesText(row), ...more ? [besidesText(row)] : []]),
  };
}

function loadsFold(stage: PlannedSet): Block {
  const [pods, cpu, memory] = totals(stage);
  const rows = stage.loads.map(({ workload, version, least, most }) => [workload, version, ...loadCells(least, most)]);
  const unstated = [...new Set(stage.loads.flatMap((load) => load.unstated))];
  return {
    kind: 'fold',
    summary: loadsText(stage),
    open: false,
    blocks: [
      { kind: 'table', caption: 'Pods and what they request', head: ['workload', 'version', 'pods', 'CPU', 'memory'], rows: [...rows, ['all', '', pods, cpu, memory]] },
      ...unstated.length > 0 ? [{ kind: 'text', text: `Not requested, and so not counted: ${unstated.join(', ')}` } as const] : [],
    ],
  };
}

/** More than that is looked at by those who want to. */
const FIELDS_AT_ONCE = 12;

function changeBlocks(caption: string, changes: readonly ObjectChange[]): Block[] {
  if (changes.length === 0) return [{ kind: 'text', text: `${caption}: none` }];
  const lines = changes.reduce((sum, { fields }) => sum + Math.max(1, fields.length), 0);
  return [{ kind: 'fold', summary: `${caption}: ${changesInWords(changes)}`, open: lines <= FIELDS_AT_ONCE, blocks: [{ kind: 'changes', caption, changes }] }];
}

/** `3 objects added, 1 changed`. */
export function changesInWords(changes: readonly ObjectChange[]): string {
  const told = (['added', 'changed', 'removed'] as const).flatMap((how) => {
    const number = changes.filter((change) => change.how === how).length;
    return number === 0 ? [] : [{ number, how }];
  });
  return told.map(({ number, how }, index) => `${number}${index > 0 ? '' : number === 1 ? ' object' : ' objects'} ${how}`).join(', ') || 'no object';
}

const LONGEST_VALUE = 160;

/** A value of a field. Long ones are cut here; the JSON form has them whole. */
export function valueText(value: unknown, longest = LONGEST_VALUE): string {
  if (value === undefined) return '';
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Changes as a table: an object's name stands on the line of its first field. */
export function changeTable({ caption, changes }: Block & { readonly kind: 'changes' }): Table {
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

function backFold(back: readonly PlannedSet[], steady: Steady): Block[] {
  if (back.length === 0) return [];
  const wrong = back.filter((set) => stateText(set) !== 'ok').length;
  const rows = back.map((set) => [set.name, mainText(set, steady), totals(set)[0], changesText(set.changes), stateText(set)]);
  return [{
    kind: 'fold',
    summary: `Way back in ${back.length} ${back.length === 1 ? 'set' : 'sets'}: ${wrong === 0 ? 'ok' : `${wrong} not ok`}`,
    open: wrong > 0,
    blocks: [{ kind: 'table', caption: 'Way back', head: ['set', 'traffic', 'pods', 'changes', 'state'], rows }],
  }];
}

function deployedBlocks({ nearest, equal, stages, losses }: Deployed): Block[] {
  const changes = stages.find(({ stage }) => stage === nearest)?.changes ?? [];
  return [
    { kind: 'heading', level: 2, text: 'What is deployed' },
    { kind: 'text', text: equal ? `It equals ${nearest}.` : `It equals no stage and is nearest to ${nearest}.`, ...equal ? { tone: 'good' as const } : {} },
    ...losses.map((loss): Block => ({ kind: 'text', text: `Applying ${nearest} loses traffic: ${loss}`, tone: 'bad' })),
    { kind: 'table', caption: 'What applying a stage would change', head: ['stage', 'objects'], rows: stages.map((one) => [one.stage, changesInWords(one.changes)]) },
    ...equal ? [] : changeBlocks(`What applying ${nearest} would change`, changes),
  ];
}
