import { colourOf, escaped } from './markup';
import { PlannedSet } from './plan';
import { hostText, PlannedRow } from './rows';
import { sharesText } from './summary';

const WIDTH = 420;
const LINE = 18;
/** Between rows. */
const GAP = 10;
const TEXT_END = 230;
const STREAM = { left: 238, right: 310, width: 16 };
const BOX = { left: 310, width: 106, height: 28, gap: 10 };
/** Characters that fit beside the streams, and into a box. */
const ROW_CHARACTERS = 27;
const BOX_CHARACTERS = 12;
const MOST_LINES = 3;

/** What goes where, a drawing for each host: requests on the left, versions on the right, streams as wide as the shares. */
export function planSvgs({ traffic }: PlannedSet, versions: readonly string[]): string[] {
  const hosts = new Map<string, PlannedRow[]>();
  for (const row of traffic) hosts.set(hostText(row), [...hosts.get(hostText(row)) ?? [], row]);
  return [...hosts].map(([host, rows]) => hostSvg(host, rows, versions));
}

/** Requests that no pod answers go there. */
const ELSEWHERE = '';

/** The rows of one host, and boxes for its versions beside them. The table of the stage says the same in words. */
function hostSvg(host: string, rows: readonly PlannedRow[], versions: readonly string[]): string {
  const texts = rows.map(({ when }, index) => [...index === 0 ? wrapped(host) : [], ...when === 'always' ? [] : wrapped(when)]);
  const answering = versions.filter((version) => rows.some((row) => isAnsweredBy(row, version)));
  const targets = [...answering, ...rows.some(({ others }) => others.length > 0) ? [ELSEWHERE] : []];
  const textHeight = texts.reduce((sum, lines) => sum + Math.max(1, lines.length) * LINE + GAP, 0);
  const height = Math.max(textHeight, targets.length * (BOX.height + BOX.gap));
  const boxes = new Map(targets.map((target, index) => [target, (height * (index + 0.5)) / targets.length]));
  let top = (height - textHeight) / 2;
  const parts = rows.flatMap((row, index) => {
    const lines = texts[index];
    const space = Math.max(1, lines.length) * LINE + GAP;
    const drawn = [...streams(row, top + space / 2, boxes, versions), ...rowText(lines, top + GAP / 2, index === 0 ? wrapped(host).length : 0)];
    top += space;
    return drawn;
  });
  const label = `${host}: ${rows.map((row) => `${row.when} ${sharesText(row)}`).join('; ')}`;
  return [
    `<svg viewBox="0 0 ${WIDTH} ${rounded(height)}" role="img" aria-label="${escaped(label)}">`,
    ...parts,
    ...[...boxes].map(([target, middle]) => box(target, middle, versions)),
    '</svg>',
  ].join('\n');
}

function isAnsweredBy({ shares, mirrors }: PlannedRow, version: string): boolean {
  return [...shares, ...mirrors].some((one) => one.version === version);
}

/** What is longer than the lines is cut, and stands whole in the table. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).flatMap((long) => long.match(new RegExp(`.{1,${ROW_CHARACTERS}}`, 'gu')) ?? [])) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + word.length < ROW_CHARACTERS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES - 1), `${cut(lines[MOST_LINES - 1], ROW_CHARACTERS - 1)}…`] : lines;
}

function rowText(lines: readonly string[], top: number, hostLines: number): string[] {
  return lines.map((line, index) =>
    `<text class="${index < hostLines ? 'host' : 'when'}" x="${TEXT_END}" y="${rounded(top + 13 + index * LINE)}">${escaped(line)}</text>`);
}

/** Streams lie one upon the other where they begin, the first one uppermost. */
function streams({ shares, others, mirrors }: PlannedRow, middle: number, boxes: ReadonlyMap<string, number>, versions: readonly string[]): string[] {
  const elsewhere = { target: ELSEWHERE, share: 1 - shares.reduce((sum, { share }) => sum + share, 0) };
  const parts = [...shares.map(({ version, share }) => ({ target: version, share })), ...others.length > 0 ? [elsewhere] : []];
  let above = middle - STREAM.width / 2;
  const drawn = parts.map(({ target, share }) => {
    const width = Math.max(1.5, share * STREAM.width);
    const from = above + width / 2;
    above += width;
    return curve(from, boxes.get(target) ?? from, width, colour(target, versions));
  });
  return [...drawn, ...mirrors.map(({ version }) => curve(middle, boxes.get(version) ?? middle, 1.5, `copy ${colour(version, versions)}`))];
}

function curve(from: number, to: number, width: number, classes: string): string {
  const bend = (STREAM.left + STREAM.right) / 2;
  const [start, end] = [rounded(from), rounded(to)];
  return `<path class="stream ${classes}" stroke-width="${rounded(width)}" d="M${STREAM.left} ${start} C${bend} ${start} ${bend} ${end} ${STREAM.right} ${end}"/>`;
}

function box(target: string, middle: number, versions: readonly string[]): string {
  const text = target === ELSEWHERE ? 'no pods' : cut(target, BOX_CHARACTERS);
  const place = `x="${BOX.left}" y="${rounded(middle - BOX.height / 2)}" width="${BOX.width}" height="${BOX.height}" rx="5"`;
  return `<rect class="box ${colour(target, versions)}" ${place}/><text class="name" x="${BOX.left + BOX.width / 2}" y="${rounded(middle + 5)}">${escaped(text)}</text>`;
}

function colour(target: string, versions: readonly string[]): string {
  return target === ELSEWHERE ? 'elsewhere' : colourOf(target, versions);
}

function cut(text: string, characters: number): string {
  const letters = [...text];
  return letters.length > characters ? `${letters.slice(0, characters - 1).join('')}…` : text;
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}
