import { Colours } from './colours';
import { escaped } from './markup';
import { PlannedRow } from './rows';
import { byHost } from './steady';
import { sharesText } from './summary';

/** Drawn as large as it is, so that its text is as large as any other: the width of a telephone has room for one. */
const WIDTH = 336;
const LINE = 17;
/** Between rows. */
const GAP = 12;
const TEXT_END = 170;
const STREAM = { left: 178, right: 240, width: 16 };
const BOX = { left: 240, width: 96, height: 28, gap: 8 };
/** Characters that fit beside the streams, and into a box. */
const ROW_CHARACTERS = 22;
const BOX_CHARACTERS = 10;
const MOST_LINES = 3;

/** Requests that no pod answers go there: because nobody is there, or because they are answered on the way. No version has such a name. */
const LOST = ' lost';
const ELSEWHERE = ' elsewhere';

/** What goes where, a drawing for each host, or for several whose requests go the same way. The table below says the same in words. */
export function planFigures(rows: readonly PlannedRow[], colours: Colours): string[] {
  const alike = new Map<string, [string, readonly PlannedRow[]][]>();
  for (const [host, own] of byHost(rows)) {
    const key = JSON.stringify(own.map(({ when, shares, others, mirrors }) => [when, shares, others, mirrors]));
    alike.set(key, [...alike.get(key) ?? [], [host, own]]);
  }
  return [...alike.values()].map((hosts) => figure(hosts.map(([host]) => host), hosts[0][1], colours));
}

function figure(hosts: readonly string[], rows: readonly PlannedRow[], colours: Colours): string {
  const names = hosts.map((host) => `<div>${escaped(host)}</div>`).join('');
  return `<figure>\n<figcaption>${names}</figcaption>\n${drawing(hosts.join(', '), rows, (version) => colours(hosts[0], version))}\n</figure>`;
}

type ColourOf = (version: string) => string;

function drawing(hosts: string, rows: readonly PlannedRow[], colourOf: ColourOf): string {
  const texts = rows.map(({ when }) => wrapped(when === 'always' ? 'all requests' : when));
  const targets = targetsOf(rows);
  const textHeight = texts.reduce((sum, lines) => sum + lines.length * LINE + GAP, 0);
  const height = Math.max(textHeight, targets.length * (BOX.height + BOX.gap));
  const boxes = new Map(targets.map((target, index) => [target, (height * (index + 0.5)) / targets.length]));
  const colour = (target: string) => (target === LOST || target === ELSEWHERE ? target.trim() : colourOf(target));
  let top = (height - textHeight) / 2;
  const parts = rows.flatMap((row, index) => {
    const space = texts[index].length * LINE + GAP;
    const drawn = [...streams(row, top + space / 2, boxes, colour), ...rowText(texts[index], top + GAP / 2)];
    top += space;
    return drawn;
  });
  const label = `${hosts}: ${rows.map((row) => `${row.when} ${sharesText(row)}`).join('; ')}`;
  return [
    `<svg viewBox="0 0 ${WIDTH} ${rounded(height)}" width="${WIDTH}" height="${rounded(height)}" role="img" aria-label="${escaped(label)}">`,
    ...parts,
    ...[...boxes].map(([target, middle]) => box(target, middle, colour(target))),
    '</svg>',
  ].join('\n');
}

interface Part {
  readonly target: string;
  readonly share: number;
}

function partsOf({ shares, others, lost }: PlannedRow): Part[] {
  const elsewhere = 1 - lost - shares.reduce((sum, { share }) => sum + share, 0);
  return [
    ...shares.map(({ version, share }) => ({ target: version, share })),
    ...lost > 0 ? [{ target: LOST, share: lost }] : [],
    ...others.length > 0 && elsewhere > 1e-9 ? [{ target: ELSEWHERE, share: elsewhere }] : [],
  ];
}

/** A copy is drawn, and has no say in where its version stands. */
const OF_COPY = 0.001;

/** Each target as near as possible to the rows that send most to it, so that few streams cross. */
function targetsOf(rows: readonly PlannedRow[]): string[] {
  const weights = new Map<string, { sum: number; rows: number }>();
  rows.forEach((row, index) => {
    for (const { target, share } of [...partsOf(row), ...row.mirrors.map(({ version }) => ({ target: version, share: OF_COPY }))]) {
      const { sum, rows: weighted } = weights.get(target) ?? { sum: 0, rows: 0 };
      weights.set(target, { sum: sum + share, rows: weighted + share * index });
    }
  });
  const place = (target: string) => weights.get(target)!.rows / weights.get(target)!.sum;
  return [...weights.keys()].sort((one, other) => place(one) - place(other));
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

function rowText(lines: readonly string[], top: number): string[] {
  return lines.map((line, index) => `<text class="when" x="${TEXT_END}" y="${rounded(top + 13 + index * LINE)}">${escaped(line)}</text>`);
}

/** Streams lie one upon the other where they begin, in the order of where they end. */
function streams(row: PlannedRow, middle: number, boxes: ReadonlyMap<string, number>, colour: ColourOf): string[] {
  const targets = [...boxes.keys()];
  const parts = partsOf(row).sort((one, other) => targets.indexOf(one.target) - targets.indexOf(other.target));
  let above = middle - STREAM.width / 2;
  const drawn = parts.map(({ target, share }) => {
    const width = Math.max(1.5, share * STREAM.width);
    const from = above + width / 2;
    above += width;
    return curve(from, boxes.get(target) ?? from, width, colour(target));
  });
  return [...drawn, ...row.mirrors.map(({ version }) => curve(middle, boxes.get(version) ?? middle, 1.5, `copy ${colour(version)}`))];
}

function curve(from: number, to: number, width: number, classes: string): string {
  const bend = (STREAM.left + STREAM.right) / 2;
  const [start, end] = [rounded(from), rounded(to)];
  return `<path class="stream ${classes}" stroke-width="${rounded(width)}" d="M${STREAM.left} ${start} C${bend} ${start} ${bend} ${end} ${STREAM.right} ${end}"/>`;
}

function box(target: string, middle: number, classes: string): string {
  const text = target === LOST ? 'lost' : target === ELSEWHERE ? 'no pods' : cut(target, BOX_CHARACTERS);
  const place = `x="${BOX.left}" y="${rounded(middle - BOX.height / 2)}" width="${BOX.width}" height="${BOX.height}" rx="5"`;
  return `<rect class="box ${classes}" ${place}/><text class="name" x="${BOX.left + BOX.width / 2}" y="${rounded(middle + 5)}">${escaped(text)}</text>`;
}

function cut(text: string, characters: number): string {
  const letters = [...text];
  return letters.length > characters ? `${letters.slice(0, characters - 1).join('')}…` : text;
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}
