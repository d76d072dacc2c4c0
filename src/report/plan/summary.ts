import { Load, sumOf } from './loads';
import { ObjectChange } from './object-changes';
import { PlannedSet } from './plan';
import { hostText, PlannedRow, VersionShare } from './rows';
import { Steady, without } from './steady';
import { percent } from '../decision-text';

/** Hosts that answer in the same shares. */
export interface Group {
  readonly hosts: string;
  readonly row: PlannedRow;
}

/** What a set is about in a line or two: the shares of what no special rule takes, for hosts that are not the same at every stage. */
export function mainGroups({ traffic }: PlannedSet, steady: Steady): Group[] {
  const inside = traffic.filter(({ from }) => from === 'mesh');
  const moving = without(inside.length > 0 ? inside : traffic, steady.traffic);
  return groupsOf(moving.filter(isRest), sharesText);
}

/** Special rules of a set, together where they say the same. */
export function specialGroups({ traffic }: PlannedSet, steady: Steady): Group[] {
  const special = without(traffic, steady.traffic).filter((row) => !isRest(row));
  return groupsOf(special, (row) => JSON.stringify([row.when, sharesText(row)]));
}

/** What no special rule takes. */
export function isRest({ when }: PlannedRow): boolean {
  return when === 'always' || when === 'else';
}

/** Rows with one key together. */
export function groupsOf(rows: readonly PlannedRow[], key: (row: PlannedRow) => string): Group[] {
  const groups = new Map<string, PlannedRow[]>();
  for (const row of rows) groups.set(key(row), [...groups.get(key(row)) ?? [], row]);
  return [...groups.values()].map((alike) => ({ hosts: hostsText([...new Set(alike.map(hostText))]), row: alike[0] }));
}

const MOST_HOSTS = 3;

function hostsText(hosts: readonly string[]): string {
  const more = hosts.length - MOST_HOSTS;
  return `${hosts.slice(0, MOST_HOSTS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** `web.shop:80, api.shop:80: v1 90 %, v2 10 %`. */
export function groupText({ hosts, row }: Group): string {
  return `${hosts}: ${sharesText(row)}`;
}

export function mainText(set: PlannedSet, steady: Steady): string {
  return mainGroups(set, steady).map(groupText).join('; ') || (steady.traffic.size > 0 ? 'the same' : '');
}

export function sharesText({ shares, others }: PlannedRow): string {
  return [...shares.map(shareText), ...others].join(', ');
}

/** What happens besides going there. */
export function besidesText({ notes }: PlannedRow): string {
  return notes.join('; ');
}

function shareText({ version, share }: VersionShare): string {
  return `${version} ${percent(share)}`;
}

/** `ok`, or what is wrong. */
export function stateText({ losses, risks }: PlannedSet): string {
  const errors = risks.filter(({ severity }) => severity === 'error').length;
  const told = [...losses.length > 0 ? ['loses traffic'] : [], ...errors > 0 ? [`${errors} ${errors === 1 ? 'error' : 'errors'}`] : []];
  return told.join(', ') || 'ok';
}

/** `+2 ~1 -3`. */
export function changesText(changes: readonly ObjectChange[]): string {
  const count = (how: ObjectChange['how'], mark: string) => {
    const number = changes.filter((change) => change.how === how).length;
    return number > 0 ? [`${mark}${number}`] : [];
  };
  return [...count('added', '+'), ...count('changed', '~'), ...count('removed', '-')].join(' ') || 'none';
}

/** `3`, or `2 to 10` where an autoscaler decides. */
function rangeText(least: number | string, most: number | string): string {
  return least === most ? `${least}` : `${least} to ${most}`;
}

/** Nothing is requested where no container says anything. */
function requestedText(least: string, most: string): string {
  return most === '0' ? '-' : rangeText(least, most);
}

export function loadCells(least: Load, most: Load): [pods: string, cpu: string, memory: string] {
  return [rangeText(least.pods, most.pods), requestedText(least.cpu, most.cpu), requestedText(least.memory, most.memory)];
}

export function totals({ loads }: PlannedSet): readonly [pods: string, cpu: string, memory: string] {
  return loadCells(sumOf(loads.map(({ least }) => least)), sumOf(loads.map(({ most }) => most)));
}
