import { Plan, PlannedSet } from './plan';
import { hostText, PlannedRow } from './rows';

/** Number of colours of versions; behind the last one they begin again. */
export const COLOURS = 8;

/** Class of the colour that a version has at a host. */
export type Colours = (host: string, version: string) => string;

/** Versions of each host are counted for themselves, in the order in which they come up: old ones look alike at all hosts, and so do new ones. */
export function coloursOf({ stages, versions }: Plan): Colours {
  const ofHost = new Map<string, Set<string>>();
  const rows = stages.flatMap((stage) => [stage, ...stage.back]).flatMap(({ traffic, plain }: PlannedSet) => [...traffic, ...plain]);
  for (const row of rows) ofHost.set(hostText(row), new Set([...ofHost.get(hostText(row)) ?? [], ...versionsOf(row)]));
  return (host, version) => {
    const own = versions.filter((one) => ofHost.get(host)?.has(one));
    return `v${Math.max(0, own.indexOf(version)) % COLOURS}`;
  };
}

function versionsOf({ shares, mirrors }: PlannedRow): string[] {
  return [...shares, ...mirrors].map(({ version }) => version);
}
