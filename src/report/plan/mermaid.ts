import { hostText, PlannedRow } from './rows';
import { percent } from '../decision-text';
import { Arrow, flowchart } from '../mermaid';

/** Hosts on the left, versions on the right, and what goes between them. */
export function planMermaid(traffic: readonly PlannedRow[]): string {
  return flowchart(traffic.flatMap((row): Arrow[] => {
    const from = { key: `host ${row.from} ${row.host}`, text: hostText(row) };
    const to = (version: string) => ({ key: `version ${row.host} ${version}`, text: version });
    return [
      ...row.shares.map(({ version, share }) => ({ from, to: to(version), label: labelText(row, percent(share)) })),
      ...row.others.map((other) => ({ from, to: { key: `other ${other}`, text: other }, label: row.when })),
      ...row.mirrors.map((mirror) => ({ from, to: to(mirror.version), label: labelText(row, `${mirror.percent} % copied`), copied: true })),
    ];
  }));
}

function labelText({ when }: PlannedRow, what: string): string {
  return when === 'always' ? what : `${when}: ${what}`;
}
