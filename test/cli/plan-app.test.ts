import { execSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { canary, Ran } from './run';

const ROOT = resolve(__dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'canary-plan-app-'));
afterAll(() => rmSync(scratch, { recursive: true }));
jest.setTimeout(120_000);

const PRELUDE = `
import { App, Chart } from ${JSON.stringify(require.resolve('cdk8s'))};
import { CanaryService, Mesh, Rollout, StagedApp } from ${JSON.stringify(join(ROOT, 'src'))};
export const steps = () => Rollout.canary({ stable: 'v1', candidate: 'v2', steps: [{ weight: 10 }] });
export function web(app: App, rollout: Rollout, more = {}, name = 'web') {
  Mesh.setDefault(app, Mesh.istio());
  const chart = new Chart(app, name, { namespace: 'shop' });
  const version = (one: string) => ({ name: one, image: 'example/web:' + one });
  new CanaryService(chart, name, { ports: [{ port: 80 }], versions: [version('v1'), version('v2')], rollout, ...more });
}
`;

/** A program, and the command that runs it in this checkout. */
function program(name: string, code: string): string {
  writeFileSync(join(scratch, `${name}.ts`), `${PRELUDE}${code}`);
  return `"${process.execPath}" --require "${require.resolve('tsx/cjs')}" "${join(scratch, `${name}.ts`)}"`;
}

const PLAIN = program('plain', 'const app = new App(); web(app, steps()); app.synth();');

const STAGED = program('staged', `
class Release extends StagedApp { protected buildStage(app: App) { web(app, steps()); } }
new Release({ outdir: ${JSON.stringify(join(scratch, 'in-use'))} }).synth();
`);

/** What the same stages say where they are written. */
async function planOfWritten(...options: string[]): Promise<Ran> {
  const folder = join(scratch, 'in-use');
  if (!existsSync(folder)) execSync(STAGED, { stdio: 'ignore' });
  return canary('plan', folder, ...options);
}

test('an app of stages is run once, and leaves the folder alone that it writes to otherwise', async () => {
  const { code, out } = await canary('plan', '--app', STAGED);
  expect(existsSync(join(scratch, 'in-use'))).toBe(false);
  expect({ code, out }).toEqual({ code: 0, out: (await planOfWritten()).out });
  expect(out).toContain('Way back');
});

test('any other app is run for each stage and each way back, and says the same', async () => {
  const before = leftovers();
  const { code, out } = await canary('plan', '--app', PLAIN, '--format', 'json');
  expect({ code, out }).toEqual({ code: 0, out: (await planOfWritten('--format', 'json')).out });
  expect(leftovers()).toEqual(before);
});

test('what is deployed is told from the stages of an app, too, after its steps have changed', async () => {
  await planOfWritten();
  const changed = program('changed', `
    class Release extends StagedApp {
      protected buildStage(app: App) { web(app, Rollout.canary({ stable: 'v1', candidate: 'v2', steps: [{ weight: 5 }, { weight: 50 }] })); }
    }
    new Release().synth();`);
  const { code, out } = await canary('plan', '--app', changed, '--no-rollbacks', '--deployed', join(scratch, 'in-use/02-weight-10'));
  expect(code).toBe(0);
  expect(out).toContain('It equals no stage and is nearest to 02-weight-5.');
  expect(out).toContain('spec.http[0].route[1].weight: 10 -> 5');
  expect(out).not.toContain('Way back');
});

/** Folders in which apps write what is planned. Nothing else makes any of that name. */
function leftovers(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('canary-stages-'));
}

test('what Flux reads beside the stages is none of them', async () => {
  const folder = join(scratch, 'with-flux');
  execSync(program('flux', `
    class Release extends StagedApp { protected buildStage(app: App) { web(app, steps()); } }
    new Release({ outdir: ${JSON.stringify(folder)}, flux: { name: 'shop', gitRepository: 'shop', path: 'dist' } }).synth();`), { stdio: 'ignore' });
  expect(readdirSync(folder)).toContain('flux');
  expect(await canary('plan', folder)).toEqual(await planOfWritten());
});

const OUTSIDE = join(scratch, 'outside');

test.each([
  { what: 'a command that fails', app: 'echo one; echo two >&2; exit 3', says: 'one\ntwo\ncanary: the app cannot be planned: "echo one; echo two >&2; exit 3" ended with exit code 3\n' },
  { what: 'a command without rollouts', app: 'true', says: 'canary: no service of the app has a `rollout`, and so there are no stages; canary explain shows the rules of what it writes\n' },
  {
    what: 'two rollouts',
    app: program('two', "const app = new App(); web(app, steps()); web(app, steps(), {}, 'api'); app.synth();"),
    says: '"web/web" and "api/api" have different rollouts, whose stages have no common order; give them one, or plan an app for each\n',
  },
  {
    what: 'two apps of stages',
    app: program('two-staged', `
      class Release extends StagedApp { protected buildStage(app: App) { web(app, steps()); } }
      new Release().synth(); new Release({ outdir: ${JSON.stringify(OUTSIDE)} }).synth();`),
    says: 'canary: the program writes stages several times, and so has several rollouts; run each by itself\n',
  },
  {
    what: 'a folder that is written down',
    app: program('outdir', `const app = new App({ outdir: ${JSON.stringify(OUTSIDE)} }); web(app, steps()); app.synth();`),
    says: `canary: the app writes to "${OUTSIDE}", whatever CDK8S_OUTDIR says, and that folder is left alone; leave out its \`outdir\`, or name the folder that has the stages\n`,
  },
  {
    what: 'a stage that is written down',
    app: program('stage', "const app = new App(); web(app, steps(), { stage: 'weight-10' }); app.synth();"),
    says: 'canary: "web/web" is built at stage "weight-10", whatever CANARY_STAGE says; leave out its `stage` and the context "canary:stage"\n',
  },
  { what: 'an app that writes nothing', app: program('nothing', 'web(new App(), steps());'), says: 'canary: the app wrote nothing; does it call `app.synth()`?\n' },
  {
    what: 'an app with errors',
    app: program('errors', 'const app = new App(); web(app, steps(), { weights: { v9: 1 } }); app.synth();'),
    says: 'ended with exit code 1\n',
  },
])('$what cannot be planned', async ({ app, says }) => {
  const { code, out, err } = await canary('plan', '--app', app);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.endsWith(says) ? says : err).toBe(says);
  expect(existsSync(OUTSIDE)).toBe(false);
});

test('a stage at which the app fails is named', async () => {
  const app = program('later', "if (process.env.CANARY_STAGE === 'weight-10') throw new Error('not now'); const app = new App(); web(app, steps()); app.synth();");
  const { code, err } = await canary('plan', '--app', app);
  expect(code).toBe(2);
  expect(err).toContain('Error: not now');
  expect(err).toMatch(/canary: the app cannot be planned: .*, at stage weight-10, ended with exit code 1\n$/);
});

test('a folder and an app are too much, and neither needs an app in cdk8s.yaml', async () => {
  expect(await canary('plan', 'dist', '--app', 'true')).toMatchObject({ code: 2, err: 'canary: give either the folder "dist" or --app, not both\n' });
  // The one of this checkout has none.
  expect(readFileSync(join(process.cwd(), 'cdk8s.yaml'), 'utf8')).not.toMatch(/^app:/m);
  expect(await canary('plan')).toMatchObject({ code: 2, err: 'canary: cdk8s.yaml has no `app`; name a folder with stages, or the app: canary plan --app "npx tsx main.ts"\n' });
});
