import { PlannedSet, PlannedStage } from './plan';
import { hostText, PlannedRow } from './rows';

/** Hosts whose requests go the same way at every stage. They are told of once, so that what moves is not lost among them. */
export interface Steady {
  readonly traffic: ReadonlySet<string>;
  readonly plain: ReadonlySet<string>;
}

export function steadyOf(stages: readonly PlannedStage[]): Steady {
  return { traffic: steadyHosts(stages, ({ traffic }) => traffic), plain: steadyHosts(stages, ({ plain }) => plain) };
}

/** Those that are not among the given hosts. */
export function without(rows: readonly PlannedRow[], hosts: ReadonlySet<string>): PlannedRow[] {
  return rows.filter((row) => !hosts.has(hostText(row)));
}

/** A single stage has nothing to be compared with, and what is lost is told of at each stage. */
function steadyHosts(stages: readonly PlannedStage[], rowsOf: (set: PlannedSet) => readonly PlannedRow[]): ReadonlySet<string> {
  const [first, ...others] = stages.map((stage) => byHost(rowsOf(stage)));
  if (others.length === 0) return new Set();
  const steady = [...first].filter(([host, rows]) => rows.every(({ lost }) => lost === 0) && others.every((stage) => isSame(stage.get(host), rows)));
  return new Set(steady.map(([host]) => host));
}

export function byHost(rows: readonly PlannedRow[]): Map<string, PlannedRow[]> {
  const hosts = new Map<string, PlannedRow[]>();
  for (const row of rows) hosts.set(hostText(row), [...hosts.get(hostText(row)) ?? [], row]);
  return hosts;
}

function isSame(rows: readonly PlannedRow[] | undefined, others: readonly PlannedRow[]): boolean {
  return JSON.stringify(rows) === JSON.stringify(others);
}
