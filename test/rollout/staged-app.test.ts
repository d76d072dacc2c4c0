import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Duration, YamlOutputType } from 'cdk8s';
import { web } from './staged';
import { CanaryService, CanaryServiceProps, ExistingDeployment, Gate, Mesh, MeshNamespace, Rollout, RolloutStep, StagedApp, StagedAppProps, Warnings } from '../../src';

const PAIR = { stable: 'v1', candidate: 'v2' };

let outdir: string;

beforeEach(() => { outdir = mkdtempSync(join(tmpdir(), 'staged-')); });
afterEach(() => rmSync(outdir, { recursive: true }));

/** An app with one service, whose rollout has the given steps. */
class Shop extends StagedApp {
  public readonly built: string[] = [];

  public constructor(private readonly steps: RolloutStep[], private readonly props: Partial<CanaryServiceProps> = {}, rollbacks?: boolean) {
    super({ outdir, name: 'shop', rollbacks });
  }

  protected buildStage(app: App): void {
    Mesh.setDefault(app, Mesh.istio());
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new MeshNamespace(chart, 'shop');
    web(chart, { rollout: Rollout.canary({ ...PAIR, steps: this.steps }), ...this.props });
  }
}

function files(): string[] {
  return readdirSync(outdir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(outdir.length + 1))
    .sort();
}

describe('a staged app', () => {
  test('writes each stage to a folder of its own, and the ways back, with what a plain app would write', () => {
    const folders = new Shop([{ weight: 10 }]).synth();

    expect(folders.filter((folder) => !folder.startsWith('rollback/')))
      .toStrictEqual(['00-stable', '01-deploy-v2', '02-weight-10', '03-weight-100', '04-retire-v1', '05-remove-v1']);
    expect(files()).toStrictEqual([...folders.map((folder) => `${folder}/shop.k8s.yaml`), '.shop.cdk8s-canary', 'STAGES.md'].sort());
    for (const folder of folders) expect(readFileSync(join(outdir, folder, 'shop.k8s.yaml'), 'utf8')).toBe(plain(folder));
  });

  function plain(stage: string): string {
    const app = new App();
    Mesh.setDefault(app, Mesh.istio());
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new MeshNamespace(chart, 'shop');
    web(chart, { rollout: Rollout.canary({ ...PAIR, steps: [{ weight: 10 }] }), stage });
    return app.synthYaml();
  }

  test('can leave out the ways back', () => {
    expect(new Shop([], {}, false).synth()).toStrictEqual(['00-stable', '01-deploy-v2', '02-weight-100', '03-retire-v1', '04-remove-v1']);
  });

  test('says how to apply the stages, with their gates', () => {
    const gates = [
      Gate.duration(Duration.minutes(10)), Gate.approval('checkout works | for you'),
      Gate.metric({ name: 'errors', query: 'sum(rate(errors[1m]))', max: 0.01 }),
    ];
    new Shop([{ weight: 10, gates }]).synth();
    expect(readFileSync(join(outdir, 'STAGES.md'), 'utf8').split('\n').filter((line) => line.startsWith('|'))).toStrictEqual([
      '| stage | objects | before the next one | way back |',
      '|---|---|---|---|',
      '| [00-stable](#00-stable) | 7 objects |  |  |',
      '| [01-deploy-v2](#01-deploy-v2) | 3 new, 1 changed |  | [00-retire, 01-stable](#back-from-01-deploy-v2) |',
      '| [02-weight-10](#02-weight-10) | 1 changed | wait 600 s; checkout works \\| for you; errors at most 0.01: `sum(rate(errors[1m]))` '
        + '| [00-back, 01-retire, 02-stable](#back-from-02-weight-10) |',
      '| [03-weight-100](#03-weight-100) | 1 changed |  | [00-back, 01-retire, 02-stable](#back-from-03-weight-100) |',
      '| [04-retire-v1](#04-retire-v1) | 1 changed, 1 gone |  | [00-restore, 01-back, 02-retire, 03-stable](#back-from-04-retire-v1) |',
      '| [05-remove-v1](#05-remove-v1) | 1 changed, 2 gone |  | [00-restore, 01-back, 02-retire, 03-stable](#back-from-05-remove-v1) |',
    ]);
  });

  test('says that a Deployment which somebody else writes has to be removed by hand', () => {
    const old = ExistingDeployment.byName('old', { matchLabels: { app: 'web', version: 'old' } });
    const versions = [{ name: 'v1', existing: old }, { name: 'v2', image: 'example/web:2' }];
    new Shop([], { versions, rollout: Rollout.canary({ ...PAIR, retire: false }) }).synth();
    expect(readFileSync(join(outdir, 'STAGES.md'), 'utf8')).toContain('Deployment shop/old gets nothing any more.');
  });

  /** What the next run of the program writes: nothing is remembered but what stands in the folder. */
  function inNewProcess(steps: RolloutStep[], props: StagedAppProps = {}): string[] {
    let folders: string[] = [];
    jest.isolateModules(() => {
      /* eslint-disable @typescript-eslint/no-require-imports */
      const cdk8s = require('cdk8s') as typeof import('cdk8s');
      const fresh = require('../../src') as typeof import('../../src');
      /* eslint-enable @typescript-eslint/no-require-imports */
      class Fresh extends fresh.StagedApp {
        protected buildStage(app: App): void {
          new fresh.CanaryService(new cdk8s.Chart(app, 'shop', { namespace: 'shop' }), 'web', {
            mesh: fresh.Mesh.istio(),
            ports: [{ port: 80 }],
            versions: [{ name: 'v1', image: 'a' }, { name: 'v2', image: 'b' }],
            rollout: fresh.Rollout.canary({ ...PAIR, steps }),
          });
        }
      }
      folders = new Fresh({ outdir, name: 'shop', ...props }).synth();
    });
    return folders;
  }

  const FLUX = { name: 'shop', gitRepository: 'shop', path: 'dist' };

  test('takes the place of what it wrote before, and of nothing else, whatever it is called', () => {
    inNewProcess([{ weight: 10 }, { weight: 50 }], { flux: FLUX });
    const mine = ['mine.txt', '99-mine/notes.txt', 'rollback/notes.txt', '03-weight-50/notes.txt', 'flux/notes.txt'];
    mkdirSync(join(outdir, '99-mine'));
    for (const file of mine) writeFileSync(join(outdir, file), 'mine');
    const folders = inNewProcess([{ weight: 20 }]);
    expect(files()).toStrictEqual([...folders.map((folder) => `${folder}/shop.k8s.yaml`), ...mine, '.shop.cdk8s-canary', 'STAGES.md'].sort());
    expect(existsSync(join(outdir, 'rollback', '04-weight-100'))).toBe(false);
  });

  test('leaves what somebody has changed, and says so', () => {
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    inNewProcess([{ weight: 10 }]);
    writeFileSync(join(outdir, '02-weight-10', 'shop.k8s.yaml'), 'changed');
    warn.mockClear();
    inNewProcess([{ weight: 20 }]);
    const lines = warn.mock.calls.map(([line]) => line as string).filter((line) => line.includes('was changed'));
    warn.mockRestore();
    expect(readFileSync(join(outdir, '02-weight-10', 'shop.k8s.yaml'), 'utf8')).toBe('changed');
    expect(lines).toHaveLength(1);
  });

  test('leaves the stages of another app in the same folder', () => {
    const first = inNewProcess([{ weight: 10 }], { name: 'first' });
    const second = inNewProcess([{ weight: 20 }], { name: 'second' });
    inNewProcess([{ weight: 20 }], { name: 'second' });
    expect(files().filter((file) => file.endsWith('.yaml'))).toStrictEqual([...new Set([...first, ...second])].map((folder) => `${folder}/shop.k8s.yaml`).sort());
  });

  test('fails if anything is wrong at any stage, and leaves what stood there', () => {
    new Shop([{ weight: 10 }]).synth();
    const before = files();
    expect(() => new Shop([{ weight: 20, addRoutes: [{ name: 'x', matches: [], weights: { v9: 1 } }] }]).synth()).toThrow('version-unknown at rollout.steps[0].addRoutes[0].weights.v9: no version is named "v9"');
    expect(files()).toStrictEqual(before);
  });

  test('builds every stage whatever the service says', () => {
    new Shop([{ weight: 10 }], { stage: 'weight-10' }).synth();
    expect(readFileSync(join(outdir, '00-stable', 'shop.k8s.yaml'), 'utf8')).not.toContain('web-v2');
  });

  test('writes files as its app divides them', () => {
    class Divided extends Shop {
      protected createApp(folder: string): App {
        return new App({ outdir: folder, yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
      }
    }
    new Divided([]).synth();
    expect(readdirSync(join(outdir, '00-stable'))).toContain('Deployment.web-v1.k8s.yaml');
  });

  test('fails if no service has a rollout', () => {
    expect(() => new Shop([], { rollout: undefined, weights: { v1: 1 } }).synth()).toThrow('no service of the app has a rollout');
  });

  test('fails if two services have rollouts of their own', () => {
    class Two extends Shop {
      protected buildStage(app: App): void {
        super.buildStage(app);
        new CanaryService(new Chart(app, 'bank'), 'pay', {
          ports: [{ port: 80 }], versions: [{ name: 'v1', image: 'a' }, { name: 'v2', image: 'b' }], rollout: Rollout.blueGreen(PAIR),
        });
      }
    }
    expect(() => new Two([]).synth()).toThrow('"shop/web", "bank/pay" have different rollouts, whose stages have no common order; give them one, or write an app for each');
  });

  test('shows a warning of all stages once', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    class Warned extends Shop {
      protected buildStage(app: App): void {
        super.buildStage(app);
        this.built.push(...Warnings.of(app));
      }
    }
    const app = new Warned([{ weight: 1 }]);
    app.synth();
    const lines = warn.mock.calls.map(([line]) => line as string);
    warn.mockRestore();
    expect(lines).toStrictEqual([...new Set(app.built)].map((line) => `Warning: ${line}`));
    expect(lines.map((line) => line.split(' ')[2])).toStrictEqual(Array(3).fill('plain-clients-bypass'));
  });
});
