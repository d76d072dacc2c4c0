import { Load, sumOf } from './loads';
import { ObjectChange } from './object-changes';
import { PlannedSet } from './plan';
import { PlannedRow, VersionShare } from './rows';
import { percent } from '../decision-text';

/** Hosts that answer in the same shares. */
export interface Group {
  readonly hosts: string;
  readonly row: PlannedRow;
}

/** What a set is about in a line or two: the shares of what no special rule takes. */
export function mainGroups({ traffic }: PlannedSet): Group[] {
  const inside = traffic.filter(({ from }) => from === 'mesh');
  const groups = new Map<string, PlannedRow[]>();
  for (const row of (inside.length > 0 ? inside : traffic).filter(({ when }) => when === 'always' || when === 'else')) {
    groups.set(sharesText(row), [...groups.get(sharesText(row)) ?? [], row]);
  }
  return [...groups.values()].map((rows) => ({ hosts: hostsText(rows.map(({ host }) => host)), row: rows[0] }));
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

export function mainText(set: PlannedSet): string {
  return mainGroups(set).map(groupText).join('; ');
}

export function sharesText({ shares, others }: PlannedRow): string {
  return [...shares.map(shareText), ...others].join(', ');
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
