import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COLOURS } from '../../../src/report/plan/colours';
import { STYLE } from '../../../src/report/plan/style';
import { canary } from '../../cli/run';

const HOSTILE = '<script>alert(1)</script>"\'&|`@team ![x](http://x.example/y)';

/** Two stages whose names and values try to leave their place. */
function hostileStages(): string {
  const folder = mkdtempSync(join(tmpdir(), 'canary-page-'));
  const text = JSON.stringify(HOSTILE);
  ['00-a', '01-<img src=x onerror=alert(1)>'].forEach((stage, index) => {
    mkdirSync(join(folder, stage));
    writeFileSync(join(folder, stage, 'all.yaml'), `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${text}, namespace: shop, annotations: { ${text}: "${index}" } }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web, version: ${text} } }, spec: { containers: [{ name: ${text} }] } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: web, port: 80 }]
  rules: [{ matches: [{ headers: [{ name: x, value: ${text} }] }], backendRefs: [{ name: web, port: 80 }] }]
`);
  });
  return folder;
}

let folder: string;
beforeAll(() => { folder = hostileStages(); });
afterAll(() => rmSync(folder, { recursive: true }));

async function plan(format: string): Promise<string> {
  return (await canary('plan', folder, '--format', format)).out;
}

/** Tags in their order, without what stands in quotes. */
function tags(html: string): string[] {
  return [...html.replace(/<style>[^]*?<\/style>/, '').matchAll(/<(\/?[a-z][\w-]*)/gi)].map(([, name]) => name);
}

const VOID = ['meta', 'wbr'];

test('names of manifests stay text in the page', async () => {
  const html = await plan('html');
  expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
  expect(tags(html).filter((tag) => /script|img|iframe|link/i.test(tag))).toEqual([]);
  expect(html).not.toMatch(/<[^>]*\son\w+=/);
});

test('every element of the page is closed where it was opened', async () => {
  const open: string[] = [];
  const html = (await plan('html')).replace(/<(?:path|rect)\b[^>]*\/>/g, '');
  for (const tag of tags(html).filter((name) => !VOID.includes(name))) {
    if (!tag.startsWith('/')) open.push(tag);
    else expect(open.pop()).toBe(tag.slice(1));
  }
  expect(open).toEqual([]);
});

test('the page needs nothing from elsewhere, and forbids it', async () => {
  const html = await plan('html');
  expect(html).toContain("default-src 'none'");
  expect(html.replace(/<wbr>/g, '').replace(/&#60;[^]*?&#62;|http:\/\/x\.example/g, '')).not.toMatch(/\b(?:src|href)="(?!#)|url\(|@import|https?:/);
});

test('headings follow each other without a gap, and tables say what their cells are', async () => {
  const html = await plan('html');
  const levels = tags(html).flatMap((tag) => (/^h\d$/.test(tag) ? [Number(tag[1])] : []));
  expect(levels[0]).toBe(1);
  expect(levels.filter((level) => level === 1)).toEqual([1]);
  expect(levels.filter((level, index) => index > 0 && level > levels[index - 1] + 1)).toEqual([]);
  expect(html.match(/<svg /g)?.length).toBe(html.match(/<svg [^>]*role="img" aria-label="[^"]+"/g)?.length);
  expect(html).not.toMatch(/<th(?![^>]*scope=)(?!ead)/);
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect([...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id)).toEqual(ids);
});

test('what is the same at every stage is told of once, and folded away', async () => {
  const html = await plan('html');
  expect(html.match(/<figure>/g)).toHaveLength(1);
  expect((await plan('text')).split('\n').filter((line) => /^(?:The same|0\d-)/.test(line))).toEqual(['The same at every stage', '00-a', '01-<img src=x onerror=alert(1)>']);
});

test('what is drawn says the shares in words, too', async () => {
  expect(await plan('html')).toMatch(/aria-label="web\.shop:80: header x is [^"]* 100 %; else 100 % 404/);
});

test('names of manifests stay in their cell in Markdown, mention nobody and load nothing', async () => {
  const markdown = await plan('markdown');
  expect(markdown.replace(/```mermaid[^]*?```/g, '')).not.toMatch(/@team|<script|!\[x\]\(|http:\/\//);
  const tables = markdown.split('\n\n').filter((block) => block.startsWith('| '));
  for (const table of tables) {
    const columns = table.trim().split('\n').map((row) => row.replace(/\\./g, '').split('|').length);
    expect(new Set(columns).size).toBe(1);
  }
  expect(tables.length).toBeGreaterThan(4);
});

test('names of manifests end no label of a Mermaid diagram', async () => {
  const diagrams = [...(await plan('markdown')).matchAll(/```mermaid\n([^]*?)```/g)].map(([, diagram]) => diagram.trim().split('\n'));
  expect(diagrams.length).toBe(1);
  for (const [first, ...lines] of diagrams) {
    expect(first).toBe('flowchart LR');
    expect(lines.filter((line) => !/^ {2}n\d+(\["[^"\]`<>|]*"\]| (-->|-\.->)\|"[^"\]`<>|]*"\| n\d+)$/.test(line))).toEqual([]);
  }
});

test('control characters move no cursor', async () => {
  const evil = mkdtempSync(join(tmpdir(), 'canary-page-'));
  mkdirSync(join(evil, '00-a'));
  writeFileSync(join(evil, '00-a', 'all.yaml'), 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: "x\\e[2J" }\nspec: {}\n');
  const { out } = await canary('plan', evil);
  rmSync(evil, { recursive: true });
  expect(out).toContain('x\\u001b[2J');
  expect(out).not.toMatch(/[^\n\x20-\x7e]/);
});

/** Colours of the light scheme, then of the dark one. */
const SCHEMES = [...STYLE.matchAll(/:root \{([^}]*)\}/g)].map(([, variables]) => new Map([...variables.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value])));

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test.each([{ scheme: 'light', index: 0 }, { scheme: 'dark', index: 1 }])('text can be read in the $scheme scheme', ({ index }) => {
  const colour = (name: string) => SCHEMES[index].get(name) ?? '';
  const texts = ['ink', 'quiet', 'bad', 'good'].flatMap((name) => [[name, 'ground'], [name, 'card']]);
  const boxes = [...Array.from({ length: COLOURS }, (_, number) => `v${number}`), 'elsewhere'].map((name) => ['on', name]);
  expect([...texts, ...boxes].filter(([text, ground]) => !(contrast(colour(text), colour(ground)) >= 4.5))).toEqual([]);
});
