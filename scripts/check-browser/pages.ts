import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import { CanaryService, Fault, HeaderMatch, Mesh, Mirror, Rollout, StagedApp } from '../../src';
import { run } from '../../src/cli/program';

/** A plan as a page. */
export interface PlanPage {
  readonly name: string;
  readonly file: string;
}

const EXAMPLES = resolve(__dirname, '../../examples');

/** Plans of the examples and of what is hard to show, written to files in a folder. */
export async function pages(folder: string): Promise<PlanPage[]> {
  const shop = join(folder, 'stages-of-shop');
  // Apps are what `--app` runs: the examples, as a user has them.
  const shopApp = `cd "${join(EXAMPLES, 'shop')}" && npx tsx stages.ts && cp -R "$CDK8S_OUTDIR" "${shop}"`;
  const first = await page(folder, 'shop', '--app', shopApp);
  return [
    first,
    await page(folder, 'bookinfo', '--no-rollbacks', '--app', `cd "${join(EXAMPLES, 'bookinfo')}" && npx tsx main.ts`),
    await page(folder, 'broken', brokenShop(folder, shop), '--deployed', join(shop, '03-weight-5')),
    await page(folder, 'crowded', crowded(folder)),
  ];
}

async function page(folder: string, name: string, ...arguments_: string[]): Promise<PlanPage> {
  let html = '';
  let errors = '';
  const output = { write: (text: string) => { html += text; }, error: (text: string) => { errors += text; }, colours: false, width: 80, live: false };
  if (await run(['plan', ...arguments_, '--format', 'html'], output) === 2) throw new Error(`the plan of ${name} cannot be made: ${errors}`);
  const file = join(folder, `${name}.html`);
  writeFileSync(file, html);
  return { name, file };
}

/** A version loses its pods while it has traffic, and a Service sends to a port that nobody listens on. */
function brokenShop(folder: string, shop: string): string {
  const broken = join(folder, 'stages-of-broken');
  cpSync(shop, broken, { recursive: true });
  const file = join(broken, '04-weight-25', 'shop.k8s.yaml');
  const documents = readFileSync(file, 'utf8').split('---\n').filter((document) => !/kind: Deployment\nmetadata:\n(?: .*\n)*? {2}name: web-v2\n/.test(document));
  writeFileSync(file, documents.join('---\n').replaceAll('containerPort: 8080', 'containerPort: 9090'));
  for (const stage of readdirSync(join(broken, 'rollback'))) if (stage !== '05-weight-100') rmSync(join(broken, 'rollback', stage), { recursive: true });
  return broken;
}

const VERSIONS = ['v1', 'v2', 'v3', 'v4', 'v5', 'release-2026-11-21-build-4711', 'v7', 'v8'];

/** Many versions and rules, long names, faults and copies. */
class Crowded extends StagedApp {
  protected buildStage(app: App): void {
    Mesh.setDefault(app, Mesh.istio());
    const chart = new Chart(app, 'crowded', { namespace: 'a-namespace-with-a-name-as-long-as-names-of-namespaces-get' });
    const testers = ['internal', 'friends-and-family', 'early-access-programme-of-the-partners'].map((name) => ({
      name, matches: [{ headers: [HeaderMatch.exact('x-group-of-the-customer', name)] }], weights: { v2: 1, v3: 1 }, fault: Fault.delay(Duration.millis(250)),
    }));
    const rollout = Rollout.stages([
      { name: 'first', weights: { v1: 1 } },
      { name: 'copied', mirrors: [Mirror.to('v2', 10)], addRoutes: testers },
      { name: 'shared', weights: Object.fromEntries(VERSIONS.map((name, index) => [name, index + 1])) },
      { name: 'thirds', weights: { v1: 1, v7: 1, v8: 1 } },
    ], { retire: false });
    const version = (name: string) => ({ name, image: `example/recommendations:${name}` });
    for (const name of ['recommendations-for-customers', 'search', 'checkout']) {
      new CanaryService(chart, name, { ports: [{ port: 80 }, { port: 9090, name: 'http-admin' }], versions: VERSIONS.map(version), rollout });
    }
  }
}

function crowded(folder: string): string {
  const outdir = join(folder, 'stages-of-crowded');
  mkdirSync(outdir);
  new Crowded({ outdir }).synth();
  return outdir;
}
