import { Progress } from '../../src/cli/progress';

/** What is written to the standard error output. */
function errors(live: boolean) {
  const lines: string[] = [];
  return { lines, output: { write: () => {}, error: (text: string) => { lines.push(text); }, colours: false, width: 80, live } };
}

beforeEach(() => { jest.useFakeTimers({ now: 0 }); });
afterEach(() => { jest.useRealTimers(); });

test('on a terminal, how far it is stands in a line that goes away, when it takes more than two seconds', () => {
  const { lines, output } = errors(true);
  const progress = new Progress(output);
  const tell = progress.counting('reading files');
  tell(1, 9);
  jest.setSystemTime(2500);
  tell(5, 9);
  tell(6, 9);
  progress.end();
  expect(lines).toEqual(['\r\u001b[Kreading files: 5 of 9', '\r\u001b[K']);
});

test('elsewhere nothing is said of steps', () => {
  const { lines, output } = errors(false);
  const progress = new Progress(output);
  jest.setSystemTime(9000);
  progress.counting('reading files')(5, 9);
  progress.end();
  expect(lines).toEqual([]);
});

test.each([{ live: true, says: ['\r\u001b[Krunning the app'] }, { live: false, says: ['canary: running the app\n'] }])('what is waited for is said after two seconds: $says', async ({ live, says }) => {
  const { lines, output } = errors(live);
  let end = () => {};
  const waited = new Progress(output).during('running the app', new Promise<void>((resolve) => { end = resolve; }));
  jest.advanceTimersByTime(1900);
  expect(lines).toEqual([]);
  jest.advanceTimersByTime(200);
  expect(lines).toEqual(says);
  end();
  await waited;
});

test('what is quick is not spoken of', async () => {
  const { lines, output } = errors(true);
  await new Progress(output).during('running the app', Promise.resolve());
  jest.advanceTimersByTime(5000);
  expect(lines).toEqual([]);
});
