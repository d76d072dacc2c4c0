/* Looks at the page of `canary plan` with a real Chromium: nothing is cut, covered, too small or too pale, at a desk, on a telephone, and on paper. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Browser, chromium } from 'playwright-core';
import { pages, PlanPage } from './pages';
import { usedByKeyboard, Visit, visited } from './visit';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** `--screenshots <folder>` keeps what was seen. */
const SCREENSHOTS = process.argv[2] === '--screenshots' ? process.argv[3] : undefined;

async function main(): Promise<number> {
  const executablePath = process.env.CHROME_PATH ?? onPath();
  if (executablePath === undefined || !existsSync(executablePath)) {
    process.stderr.write(`check:browser NOT RUN: there is no ${executablePath ?? NAMES[0]}; install Chromium, or name it with CHROME_PATH\n`);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), 'canary-browser-'));
  // Chromium has no sandbox for root, and containers have little shared memory. What is shown is ours.
  const made = await pages(folder);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    return await look(browser, made);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}

async function look(browser: Browser, all: readonly PlanPage[]): Promise<number> {
  let wrong = 0;
  for (const page of all) {
    for (const visit of visitsOf(page)) {
      const problems = await visited(browser, page, visit);
      wrong += problems.length;
      process.stdout.write(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${page.name}, ${visit.name}\n${problems.map((problem) => `       ${problem}\n`).join('')}`);
    }
  }
  const problems = await usedByKeyboard(browser, all[0]);
  process.stdout.write(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${all[0].name}, by keyboard\n${problems.map((problem) => `       ${problem}\n`).join('')}`);
  wrong += problems.length;
  process.stdout.write(`check:browser: ${wrong === 0 ? 'nothing wrong' : `${wrong} wrong`} on ${all.length} pages, seen by Chromium ${browser.version()}\n`);
  return wrong === 0 ? 0 : 1;
}

function visitsOf({ name }: PlanPage): Visit[] {
  const file = (visit: string) => (SCREENSHOTS === undefined ? undefined : join(SCREENSHOTS, `${name}-${visit}.png`));
  const desk = { width: 1280, height: 900 };
  const telephone = { width: 390, height: 844 };
  return [
    { name: 'desk', ...desk, colours: 'light', screenshot: file('desk') },
    { name: 'desk, dark', ...desk, colours: 'dark', screenshot: file('desk-dark') },
    { name: 'telephone', ...telephone, colours: 'light', screenshot: file('telephone') },
    { name: 'telephone, dark', ...telephone, colours: 'dark', screenshot: file('telephone-dark') },
    // A4 with margins of a centimetre, in CSS pixels.
    { name: 'paper', width: 718, height: 1046, colours: 'light', paper: true, screenshot: file('paper') },
  ];
}

main().then((code) => { process.exitCode = code; }, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
