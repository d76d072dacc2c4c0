import { PlannedSet } from './plan';
import { hostText, PlannedRow } from './rows';
import { percent } from '../decision-text';

/** Hosts on the left, versions on the right, and what goes between them. @see https://mermaid.js.org/syntax/flowchart.html */
export function planMermaid({ traffic }: PlannedSet): string {
  const nodes = new Map<string, string>();
  const node = (key: string, text: string): string => {
    const known = nodes.get(key);
    if (known) return known.split('[')[0];
    const id = `n${nodes.size + 1}`;
    nodes.set(key, `${id}["${escaped(text)}"]`);
    return id;
  };
  const edges = traffic.flatMap((row) => {
    const from = node(`host ${row.from} ${row.host}`, hostText(row));
    const to = (version: string) => node(`version ${row.host} ${version}`, version);
    return [
      ...row.shares.map(({ version, share }) => `${from} -->|"${escaped(labelText(row, percent(share)))}"| ${to(version)}`),
      ...row.others.map((other) => `${from} -->|"${escaped(row.when)}"| ${node(`other ${other}`, other)}`),
      ...row.mirrors.map((mirror) => `${from} -.->|"${escaped(labelText(row, `${mirror.percent} % copied`))}"| ${to(mirror.version)}`),
    ];
  });
  return ['flowchart LR', ...nodes.values(), ...edges].map((line, index) => `${index === 0 ? '' : '  '}${line}\n`).join('');
}

function labelText({ when }: PlannedRow, what: string): string {
  return when === 'always' ? what : `${when}: ${what}`;
}

/** Whatever could mean something to Mermaid becomes the number of its character. @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[^\p{L}\p{N} .,:/%()+?=_-]/gu, (character) => `#${character.codePointAt(0)};`);
}
