import { Browser, Page } from 'playwright-core';
import { hiddenFolds, problemsSeen } from './in-page';
import { PlanPage } from './pages';

export interface Visit {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly colours: 'light' | 'dark';
  readonly paper?: boolean;
  /** File for a picture of it. */
  readonly screenshot?: string;
}

/** What is wrong with a page, seen as the visit says, folded as it comes and with everything unfolded. */
export async function visited(browser: Browser, { file }: PlanPage, { width, height, colours, paper, screenshot }: Visit): Promise<string[]> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: colours, offline: true });
  const page = await context.newPage();
  const problems = listened(page, file);
  await open(page, file);
  if (paper) {
    await page.emulateMedia({ media: 'print', colorScheme: colours });
    problems.push(...await page.evaluate(hiddenFolds));
    if ((await page.pdf({ format: 'A4' })).length < 1000) problems.push('nothing is printed');
  }
  problems.push(...await page.evaluate(problemsSeen));
  if (screenshot !== undefined) await page.screenshot({ path: screenshot, fullPage: true });
  if (!paper) {
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
    problems.push(...await page.evaluate(problemsSeen));
  }
  await context.close();
  return [...new Set(problems)];
}

/** Every link and every fold is reached with the tabulator, seen when it is, and does what it says. */
export async function usedByKeyboard(browser: Browser, { file }: PlanPage): Promise<string[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true });
  const page = await context.newPage();
  const problems = listened(page, file);
  await open(page, file);
  const expected = await page.evaluate(() => [...document.querySelectorAll('a[href], summary')].map(({ tagName }) => tagName));
  for (const [index, element] of expected.entries()) {
    await page.keyboard.press('Tab');
    const { tagName, outline } = await page.evaluate(() => {
      const active = document.activeElement!;
      return { tagName: active.tagName, outline: getComputedStyle(active).outlineStyle };
    });
    if (tagName !== element) problems.push(`tabulator ${index + 1} reaches ${tagName}, not ${element}`);
    if (outline === 'none') problems.push(`${element} ${index + 1} does not show that it is reached`);
    if (element !== 'SUMMARY') continue;
    const isOpen = () => page.evaluate(() => (document.activeElement?.parentElement as HTMLDetailsElement).open);
    const before = await isOpen();
    await page.keyboard.press('Enter');
    if (await isOpen() === before) problems.push(`fold ${index + 1} does nothing when Enter is pressed`);
    await page.keyboard.press('Space');
    if (await isOpen() !== before) problems.push(`fold ${index + 1} does nothing when Space is pressed`);
  }
  await page.focus('a[href]');
  await page.keyboard.press('Enter');
  const top = await page.evaluate(() => document.querySelector(':target')?.getBoundingClientRect().top);
  if (top === undefined || top < 0 || top > 900) problems.push('the first link leads nowhere');
  await context.close();
  return problems;
}

/** What the browser complains of, and what the page asks for. */
function listened(page: Page, file: string): string[] {
  const problems: string[] = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`); });
  page.on('pageerror', ({ message }) => problems.push(`error: ${message}`));
  page.on('request', (request) => { if (new URL(request.url()).pathname !== new URL(`file://${file}`).pathname) problems.push(`asks for ${request.url()}`); });
  return problems;
}

async function open(page: Page, file: string): Promise<void> {
  await page.goto(`file://${file}`);
  // What compiles this file gives functions their names by a function that pages lack.
  await page.evaluate('globalThis.__name = (named) => named');
}
