/** An arrow of a diagram. Nodes of one key are one node. */
export interface Arrow {
  readonly from: Node;
  readonly to: Node;
  /** Empty for none. */
  readonly label: string;
  /** Drawn with dots: what goes there is a copy. */
  readonly copied?: boolean;
}

export interface Node {
  readonly key: string;
  readonly text: string;
}

/** A flowchart from left to right: first its nodes, then its arrows. @see https://mermaid.js.org/syntax/flowchart.html */
export function flowchart(arrows: readonly Arrow[]): string {
  const texts = new Map(arrows.flatMap(({ from, to }) => [from, to]).map(({ key, text }) => [key, text]));
  const ids = new Map([...texts.keys()].map((key, index) => [key, `n${index + 1}`]));
  const lines = [
    ...[...texts].map(([key, text]) => `${ids.get(key)}["${escaped(text)}"]`),
    ...arrows.map(({ from, to, label, copied }) => `${ids.get(from.key)} ${copied ? '-.->' : '-->'}${label === '' ? '' : `|"${escaped(label)}"|`} ${ids.get(to.key)}`),
  ];
  return ['flowchart LR', ...lines.map((line) => `  ${line}`), ''].join('\n');
}

/** Whatever could mean something to Mermaid becomes the number of its character. @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[^\p{L}\p{N} .,:/%()+?=_-]/gu, (character) => `#${character.codePointAt(0)};`);
}
