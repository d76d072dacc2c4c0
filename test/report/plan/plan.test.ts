import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { writtenShop } from './shop';
import { HeaderMatch, Mesh, Mirror } from '../../../src';
import { Plan, PlannedSet } from '../../../src/report/plan/plan';
import { canary } from '../../cli/run';

const scratch = mkdtempSync(join(tmpdir(), 'canary-plan-'));
const shop = writtenShop([{ weight: 10 }]);
afterAll(() => [scratch, shop].forEach((folder) => rmSync(folder, { recursive: true })));

async function planned(...arguments_: string[]): Promise<Plan> {
  return JSON.parse((await canary('plan', ...arguments_, '--format', 'json')).out);
}

/** Shares of every row: `web.shop:80 always` to `v1 9/10, v2 1/10`. */
function shares({ traffic }: Pick<PlannedSet, 'traffic'>): Record<string, string> {
  return Object.fromEntries(traffic.map((row) => [`${row.host} ${row.when}`, row.shares.map(({ version, exact }) => `${version} ${exact}`).join(', ')]));
}

/** A copy of the shop in which one file is another one. */
function changedShop(stage: string, change: (manifests: string) => string): string {
  const folder = mkdtempSync(join(scratch, 'changed-'));
  cpSync(shop, folder, { recursive: true });
  const file = join(folder, stage, 'shop.k8s.yaml');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  return folder;
}

const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n';

function written(name: string, content: string): string {
  mkdirSync(join(scratch, name, '..'), { recursive: true });
  writeFileSync(join(scratch, name), content);
  return join(scratch, name);
}

test('the plan of a rollout of two services as a person reads it', async () => {
  const { code, out, err } = await canary('plan', shop);
  expect(out).toBe(readFileSync(join(__dirname, 'shop.txt'), 'utf8'));
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('the README shows how that plan begins', () => {
  const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');
  const [, shown] = /^\$ npx canary plan dist\n([^`]*)```/m.exec(readme) ?? [];
  expect(readFileSync(join(__dirname, 'shop.txt'), 'utf8').split('\n\n')[0]).toBe(shown.trimEnd());
});

test.each([{ mesh: Mesh.gatewayApi() }, { mesh: Mesh.istio() }])('the shares on $mesh.name are those that the steps declare', async ({ mesh }) => {
  const folder = writtenShop([{ weight: 10, mirrors: [Mirror.to('v2', 5)] }, { weight: 30, mirrors: [] }], mesh);
  const { stages, versions } = await planned(folder);
  rmSync(folder, { recursive: true });
  expect(versions).toEqual(['v1', 'v2']);
  const both = (text: string) => ({ 'web.shop:80 always': text, 'api.shop:80 always': text });
  expect(stages.map(({ name, traffic }) => [name, shares({ traffic })])).toEqual([
    ['00-stable', both('v1 1')],
    ['01-deploy-v2', both('v1 1')],
    ['02-weight-10', both('v1 9/10, v2 1/10')],
    ['03-weight-30', both('v1 7/10, v2 3/10')],
    ['04-weight-100', both('v2 1')],
    ['05-retire-v1', both('v2 1')],
    ['06-remove-v1', both('v2 1')],
  ]);
  expect(stages.map(({ traffic }) => traffic.flatMap(({ mirrors }) => mirrors).length)).toEqual([0, 0, 2, 0, 0, 0, 0]);
  expect(stages[2].traffic[0].mirrors).toEqual([{ version: 'v2', percent: 5 }]);
});

test('a route for some requests is a row of its own, before the rest', async () => {
  const matches = [{ headers: [HeaderMatch.exact('x-tester', 'yes')] }];
  const folder = writtenShop([{ addRoutes: [{ name: 'testers', matches, weights: { v2: 1 } }] }]);
  const stage = (await planned(folder)).stages[2];
  rmSync(folder, { recursive: true });
  expect(shares(stage)).toEqual({
    'web.shop:80 header x-tester is "yes"': 'v2 1', 'web.shop:80 else': 'v1 1', 'api.shop:80 header x-tester is "yes"': 'v2 1', 'api.shop:80 else': 'v1 1',
  });
});

test('the JSON form holds everything that a stage is about', async () => {
  const { mesh, stages: [, , stage] } = await planned(shop);
  expect(mesh).toBe('gateway-api');
  expect(Object.keys(stage)).toEqual(['name', 'traffic', 'plain', 'loads', 'changes', 'losses', 'risks', 'back']);
  expect(shares({ traffic: stage.plain })).toEqual({ 'web.shop:80 always': 'v1 1/2, v2 1/2', 'api.shop:80 always': 'v1 1/2, v2 1/2' });
  expect(stage.loads[0]).toEqual({
    workload: 'Deployment shop/web-v1',
    version: 'v1',
    least: { pods: 2, cpu: '0.2', memory: '256Mi' },
    most: { pods: 2, cpu: '0.2', memory: '256Mi' },
    unstated: [],
  });
  expect(stage.changes[0]).toEqual({
    object: 'HTTPRoute shop/web',
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    namespace: 'shop',
    name: 'web',
    how: 'changed',
    fields: [
      { path: 'spec.rules[0].backendRefs[0].weight', from: 100, to: 90 },
      { path: 'spec.rules[0].backendRefs[1]', to: { name: 'web-v2', port: 80, weight: 10 } },
    ],
  });
  expect(stage.back.map(({ name }) => name)).toEqual(['00-back', '01-retire', '02-stable']);
});

test.each(['text', 'markdown', 'json', 'html'])('the %s form depends on nothing but the manifests', async (format) => {
  const copy = join(scratch, `copy-${format}`);
  cpSync(shop, copy, { recursive: true });
  const plan = async (folder: string) => (await canary('plan', folder, '--format', format)).out;
  const [first, second, third] = [await plan(shop), await plan(copy), await plan(relative(process.cwd(), shop))];
  expect(second).toBe(first);
  expect(third).toBe(first);
  expect(first).not.toContain(shop);
});

test('services that stay as they are have no place at each stage', async () => {
  const folder = writtenShop([{ weight: 10 }], Mesh.istio());
  const still = 'apiVersion: v1\nkind: Service\nmetadata: { name: still, namespace: shop }\nspec: { selector: { app: still }, ports: [{ name: http, port: 80 }] }\n---\n'
    + 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: still, namespace: shop }\n'
    + 'spec: { replicas: 1, selector: { matchLabels: { app: still } }, template: { metadata: { labels: { app: still, version: v7 } }, spec: { containers: [] } } }\n';
  const stages = ['00-stable', '01-deploy-v2', '02-weight-10', '03-weight-100', '04-retire-v1', '05-remove-v1'];
  for (const stage of stages) writeFileSync(join(folder, stage, 'still.yaml'), still);
  const { out } = await canary('plan', folder, '--no-rollbacks');
  const html = (await canary('plan', folder, '--no-rollbacks', '--format', 'html')).out;
  rmSync(folder, { recursive: true });
  expect(out).toContain('  02-weight-10   api.shop:80, web.shop:80: v1 90 %, v2 10 %  ');
  expect(out.match(/still\.shop:80 /g)).toHaveLength(2);
  expect(out.indexOf('The same at every stage')).toBeLessThan(out.indexOf('still.shop:80 '));
  // Its version is the first one there, as v1 is at the others.
  expect(html).toContain('<summary>still.shop:80: v7 100&nbsp;%</summary>');
  expect(html.match(/class="box v0"[^>]*\/><text[^>]*>v7</)).not.toBeNull();
});

describe('a plan in which traffic is lost', () => {
  test('is told of at the stage, and ends with 1', async () => {
    const folder = changedShop('02-weight-10', (manifests) => manifests.replace(/(name: web-v2\n {2}namespace: shop\nspec:\n {2}replicas:) 2/, '$1 0'));
    const { code, out } = await canary('plan', folder);
    expect(code).toBe(1);
    expect(out).toContain('! Traffic is lost: 10 % of web.shop:80, always');
    expect(out).toMatch(/02-weight-10 .* loses traffic, 1 error/);
    expect(out).toContain('backend-without-pods');
  });

  test('counts what the stage before answered and a new one refuses', async () => {
    const folder = changedShop('03-weight-100', (manifests) => manifests.replace(/kind: Service\nmetadata:\n {2}labels:\n {4}app: api\n {2}name: api\n[^]*?---\n/, 'kind: ConfigMap\nmetadata: { name: x }\n---\n'));
    expect((await planned(folder)).stages.map(({ losses }) => losses)).toEqual([[], [], [], ['api.shop:80 GET /'], [], []]);
    expect((await canary('plan', folder)).code).toBe(1);
  });

  test('counts the ways back, too', async () => {
    const folder = changedShop('rollback/02-weight-10/00-back', (manifests) => manifests.replace(/(name: web-v1\n {2}namespace: shop\nspec:\n {2}replicas:) 2/, '$1 0'));
    const { code, out } = await canary('plan', folder);
    expect(code).toBe(1);
    expect(out).toContain('! Traffic is lost on the way back, 00-back: 100 % of web.shop:80, always');
  });
});

describe('beside what is deployed', () => {
  test('the stage that equals it is named', async () => {
    const { code, out } = await canary('plan', shop, '--deployed', join(shop, '02-weight-10'));
    expect(code).toBe(0);
    expect(out).toContain('It equals 02-weight-10.');
  });

  test('the nearest stage of new steps is named, with what would change', async () => {
    const folder = writtenShop([{ weight: 25 }, { weight: 50 }]);
    const { deployed } = await planned(folder, '--deployed', join(shop, '02-weight-10'));
    rmSync(folder, { recursive: true });
    expect(deployed).toMatchObject({ nearest: '02-weight-25', equal: false, losses: [] });
    const changes = deployed?.stages.find(({ stage }) => stage === '02-weight-25')?.changes.map(({ object, fields }) => [object, ...fields.map(({ from, to }) => `${String(from)} -> ${String(to)}`)]);
    expect(changes).toEqual([['HTTPRoute shop/web', '90 -> 75', '10 -> 25'], ['HTTPRoute shop/api', '90 -> 75', '10 -> 25']]);
  });

  test('what only the API server writes is no difference', async () => {
    const live = changedShop('02-weight-10', (manifests) => manifests.replace(/^metadata:\n/gm, 'metadata:\n  uid: 1-2\n  resourceVersion: "7"\n'));
    expect((await canary('plan', shop, '--deployed', join(live, '02-weight-10'))).out).toContain('It equals 02-weight-10.');
  });
});

test('manifests that two meshes could follow are uncertain', async () => {
  const both = ['networking.istio.io/v1\nkind: Sidecar', 'policy.linkerd.io/v1beta3\nkind: Server'].map((kind) => `apiVersion: ${kind}\nmetadata: { name: x }\n---\n`).join('');
  const folder = join(written('both/00-a/a.yaml', both), '..', '..');
  expect((await planned(folder)).doubts).toEqual(['the manifests may be for istio or linkerd; istio is assumed']);
  expect((await canary('plan', folder)).out).toContain('! Uncertain: the manifests may be for istio or linkerd');
  expect((await planned(folder, '--mesh', 'linkerd')).doubts).toEqual([]);
});

test('without a mesh there is one kind of clients inside the cluster, and many hosts are summed up', async () => {
  const service = (name: string) => `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: x }, ports: [{ port: 80 }] }\n---\n`;
  const pods = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: x }\nspec: { template: { metadata: { labels: { app: x, version: v1 } } } }\n---\n';
  const { out } = await canary('plan', join(written('plain/00-a/a.yaml', pods + ['a', 'b', 'c', 'd', 'e'].map(service).join('')), '..', '..'));
  expect(out).toContain('Rollout in 1 stage, without a mesh\n');
  expect(out).toContain('a.default:80, b.default:80, c.default:80 and 2 more: v1 100 %');
  expect(out).not.toContain('Clients without a proxy');
});

test('kinds that nobody reads are named: what they do with traffic is not in the plan', async () => {
  const object = (apiVersion: string, kind: string) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\n---\n`;
  const known = object('v1', 'ConfigMap') + object('apps/v1', 'Deployment') + object('rbac.authorization.k8s.io/v1', 'Role') + object('networking.istio.io/v1', 'Gateway');
  written('foreign/00-a/a.yaml', known + object('traefik.io/v1alpha1', 'IngressRoute') + object('projectcontour.io/v1', 'HTTPProxy'));
  const folder = join(scratch, 'foreign');
  expect((await planned(folder)).notRead).toEqual(['HTTPProxy (projectcontour.io)', 'IngressRoute (traefik.io)']);
  expect((await canary('plan', folder)).out).toContain('! What these do with traffic is not in this plan: HTTPProxy (projectcontour.io), IngressRoute (traefik.io)');
});

test('folders that are no rollout come by their numbers, or in the order in which they are named', async () => {
  for (const name of ['10-last', '2-between', '1-first']) written(`order/${name}/x.yaml`, MAP);
  const namesOf = async (...folders: string[]) => (await planned(...folders)).stages.map(({ name }) => name.slice(scratch.length));
  expect((await planned(join(scratch, 'order'))).stages.map(({ name }) => name)).toEqual(['1-first', '2-between', '10-last']);
  expect(await namesOf(join(scratch, 'order/10-last'), join(scratch, 'order/1-first'))).toEqual(['/order/10-last', '/order/1-first']);
  expect(await canary('plan', shop, shop)).toMatchObject({ code: 2, err: `canary: the folder "${shop}" is given twice\n` });
});

test('values of Secrets are not shown', async () => {
  const secret = (value: string) => `apiVersion: v1\nkind: Secret\nmetadata: { name: key }\nstringData: { password: ${value} }\n`;
  written('secrets/00-a/s.yaml', secret('horse'));
  written('secrets/01-b/s.yaml', secret('battery'));
  const { out } = await canary('plan', join(scratch, 'secrets'), '--format', 'json');
  expect(JSON.parse(out).stages[1].changes).toMatchObject([
    { object: 'Secret default/key', how: 'changed', fields: [{ path: 'stringData.password', from: '(hidden)', to: '(hidden)' }] },
  ]);
  expect(out).not.toMatch(/horse|battery/);
});

test.each([
  { what: 'a folder that is not there', folder: () => join(scratch, 'nowhere'), says: 'there is no folder' },
  { what: 'a file', folder: () => written('file.yaml', MAP), says: 'is a file; name the folder that holds the stages' },
  { what: 'a folder without stages', folder: () => join(written('empty/notes/README.md', 'x'), '..', '..'), says: 'there are no stages in' },
  { what: 'the folder of a stage', folder: () => join(shop, '00-stable'), says: 'it holds manifests itself; name the folder above' },
  { what: 'a stage that cannot be read', folder: () => changedShop('02-weight-10', (text) => `${text}---\na: [\n`), says: /02-weight-10\/shop\.k8s\.yaml:\d+ cannot be read: Flow sequence/ },
  { what: 'a way back that cannot be read', folder: () => changedShop('rollback/02-weight-10/00-back', (text) => `a: [\n---\n${text}`), says: /00-back\/shop\.k8s\.yaml:\d+ cannot be read/ },
])('fails for $what with 2 and no stack', async ({ folder, says }) => {
  const { code, out, err } = await canary('plan', folder());
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(says);
  expect(err).not.toMatch(/\n\s+at /);
});

test.each([
  { what: 'a format that is none', arguments_: ['--format', 'pdf'], says: "argument 'pdf' is invalid" },
  { what: 'a mesh that is none', arguments_: ['--mesh', 'spaghetti'], says: '"spaghetti" is no mesh' },
  { what: 'deployed manifests that are not there', arguments_: ['--deployed', 'nowhere'], says: 'there is no file or folder "nowhere"' },
])('fails for $what', async ({ arguments_, says }) => {
  const { code, err } = await canary('plan', shop, ...arguments_);
  expect(code).toBe(2);
  expect(err).toContain(says);
});
