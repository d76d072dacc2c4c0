import { shareBar } from './bar';
import { Colours } from './colours';
import { escaped, nonBreaking } from './markup';
import { Plan, PlannedStage } from './plan';
import { Steady } from './steady';
import { Group, mainGroups, sharesText, specialGroups, stateText } from './summary';
import { anchorOf, changesInWords, loadsText } from './view';

interface Timeline {
  readonly steady: Steady;
  /** What happens at every stage besides. */
  readonly usual: ReadonlySet<string>;
  readonly colours: Colours;
}

/** All stages, one below the other: what moves, and what it costs. */
export function timeline({ stages }: Plan, steady: Steady, colours: Colours): string {
  const shown = { steady, usual: usualNotes(stages), colours };
  return `<h2>Stages</h2>\n<ol class="timeline">\n${stages.map((stage, index) => stageLine(stage, index, shown)).join('\n')}\n</ol>`;
}

function stageLine(stage: PlannedStage, index: number, shown: Timeline): string {
  const state = stateText(stage);
  return [
    '<li>',
    `<div class="stage"><a href="#${escaped(anchorOf(stage))}">${escaped(stage.name)}</a><div class="${state === 'ok' ? 'good' : 'bad'}">${escaped(state)}</div></div>`,
    `<ul class="shares">${lines(stage, shown).map((line) => `<li>${line}</li>`).join('')}</ul>`,
    `<div class="facts"><div>${escaped(loadsText(stage))}</div><div>${index === 0 ? 'first stage' : escaped(changesInWords(stage.changes))}</div></div>`,
    '</li>',
  ].join('\n');
}

const MOST_RULES = 3;

function lines(stage: PlannedStage, { steady, usual, colours }: Timeline): string[] {
  const groups = mainGroups(stage, steady);
  const special = specialGroups(stage, steady);
  const more = special.length - MOST_RULES;
  const besides = ({ row }: Group) => row.notes.filter((note) => !usual.has(note)).map((note) => `<div class="quiet">${escaped(note)}</div>`).join('');
  return [
    ...groups.map((group) => `${share(group.hosts, group)}${shareBar(group.row, colours)}${besides(group)}`),
    ...special.slice(0, MOST_RULES).map((group) => `<div class="quiet">${share(`${group.hosts}, ${group.row.when}`, group)}</div>${besides(group)}`),
    ...more > 0 ? [`<div class="quiet">and ${more} more ${more === 1 ? 'rule' : 'rules'}</div>`] : [],
    ...groups.length + special.length === 0 ? ['<div class="quiet">as at every stage</div>'] : [],
  ];
}

/** What happens to all requests that reach a pod says nothing about a stage. */
function usualNotes(stages: readonly PlannedStage[]): ReadonlySet<string> {
  const rows = stages.flatMap(({ traffic }) => traffic).filter(({ shares }) => shares.length > 0);
  return new Set((rows[0]?.notes ?? []).filter((note) => rows.every(({ notes }) => notes.includes(note))));
}

function share(what: string, { row }: Group): string {
  return `<div class="share"><span>${escaped(what)}</span><span>${nonBreaking(sharesText(row))}</span></div>`;
}
