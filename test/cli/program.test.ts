import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { canary } from './run';
import { run } from '../../src/cli/program';

const folder = mkdtempSync(join(tmpdir(), 'canary-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
`;

function deployment(version: string, replicas = 1): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web-${version}, namespace: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web, version: ${version} } }
  template:
    metadata: { labels: { app: web, version: ${version} } }
    spec: { containers: [{ name: web, ports: [{ containerPort: 8080 }] }] }
`;
}

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const good = file('good.yaml', SERVICE + deployment('v1', 3) + deployment('v2'));
const bad = file('bad.yaml', SERVICE.replace('8080', '9090') + deployment('v1') + '---\na: [\n');

test('route prints shares with bars, and what decided', async () => {
  expect(await canary('route', good, '--host', 'web')).toEqual({
    code: 0,
    err: '',
    out: `███████████████░░░░░      75 %  v1 (Deployment shop/web-v1)
█████░░░░░░░░░░░░░░░      25 %  v2 (Deployment shop/web-v2)
decided by no rule: any pod of the Service
`,
  });
});

test('route --json prints exact shares', async () => {
  const { out } = await canary('route', good, '--host', 'web.shop', '--json');
  expect(JSON.parse(out).outcomes.map(({ version, exactShare }: { version: string; exactShare: string }) => [version, exactShare])).toEqual([['v1', '3/4'], ['v2', '1/4']]);
});

test('check says what is wrong and how to mend it, and ends with 1', async () => {
  const { code, out } = await canary('check', bad);
  expect(code).toBe(1);
  expect(out).toBe(`error manifest-unreadable ${bad}:17
  document: Flow sequence in block collection must be sufficiently indented and end with a ]
  -> mend the YAML
error target-port-undeclared Service shop/web (${bad}:1)
  spec.ports[0].targetPort: no container of Deployment shop/web-v1 listens on "9090", but on 8080
  -> send to a port that the container declares, or declare it there
2 errors in 2 objects
`);
});

test('check ends with 0 where nothing is wrong, or where it is said to be meant', async () => {
  expect(await canary('check', good)).toEqual({ code: 0, err: '', out: 'nothing found in 3 objects\n' });
  expect((await canary('check', bad, '--severity', 'manifest-unreadable=info', '--severity', 'target-port-undeclared=off')).code).toBe(0);
});

test('diff says which requests go elsewhere, and ends with 1 where traffic is lost', async () => {
  const promoted = file('promoted.yaml', SERVICE + deployment('v1', 1) + deployment('v2'));
  const gone = file('gone.yaml', SERVICE + deployment('v1', 0));
  expect(await canary('diff', good, good)).toMatchObject({ code: 0, out: '0 of 1 requests change\n' });
  expect(await canary('diff', good, promoted)).toMatchObject({ code: 0, out: expect.stringContaining('after   50 % v1 (Deployment shop/web-v1), 50 % v2') });
  expect(await canary('diff', good, gone)).toMatchObject({ code: 1, out: expect.stringContaining('LOST web.shop:80 GET /') });
});

/** A chart, whose templates are no YAML. */
function chart(): string {
  mkdirSync(join(folder, 'chart/templates'), { recursive: true });
  file('chart/Chart.yaml', 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
  file('chart/templates/service.yaml', 'kind: Service\nmetadata:\n  name: {{ .Release.Name }}\n');
  return join(folder, 'chart');
}

test.each(['check', 'explain', 'route', 'diff'])('%s names kinds that nobody reads', async (command) => {
  const path = file('proxy.yaml', `${SERVICE}${deployment('v1')}---\napiVersion: projectcontour.io/v1\nkind: HTTPProxy\nmetadata: { name: web, namespace: shop }\n`);
  const more = { route: ['--host', 'web'], diff: [path] }[command] ?? [];
  expect(await canary(command, path, ...more)).toMatchObject({ code: 0, err: expect.stringContaining('HTTPProxy (projectcontour.io)') });
});

test.each(['explain', 'route', 'diff'])('%s names documents that cannot be read, and goes by the rest', async (command) => {
  const more = { route: ['--host', 'web', '--json'], diff: [bad] }[command] ?? [];
  expect(await canary(command, bad, ...more)).toMatchObject({ code: 0, err: `canary: not read: ${bad}:17: Flow sequence in block collection must be sufficiently indented and end with a ]\n` });
});

const DELAY = (fault: string) => `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { hosts: [web], http: [{ match: [{ headers: { who: { exact: me } } }],${fault} route: [{ destination: { host: web } }] }, { route: [{ destination: { host: web } }] }] }
`;

test('diff sees what happens on the way, to requests that one rule takes', async () => {
  const before = file('quick.yaml', SERVICE + deployment('v1') + DELAY(''));
  const after = file('slow.yaml', SERVICE + deployment('v1') + DELAY(' fault: { delay: { fixedDelay: 7s, percentage: { value: 100 } } },'));
  expect(await canary('diff', before, after)).toEqual({
    code: 0,
    err: '',
    out: `web.shop:80 GET / with who: me
  before  100 % v1 (Deployment shop/web-v1)
  after   100 % v1 (Deployment shop/web-v1); delayed by 7 s, 100 % of the requests
1 of 2 requests change
`,
  });
});

const POLICY = `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: web, namespace: shop }
spec: { rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/cart] } }] }] }
`;

test('diff sees shares that move for clients that access rules let in, whoever they are', async () => {
  const injected = (text: string) => text.replace(/metadata: \{ labels: \{ app/g, 'metadata: { labels: { sidecar.istio.io/inject: "true", app');
  const one = file('policy-one.yaml', injected(SERVICE + deployment('v1', 1)) + POLICY);
  const two = file('policy-two.yaml', injected(SERVICE + deployment('v1', 1) + deployment('v2')) + POLICY);
  expect(await canary('diff', one, two)).toMatchObject({ code: 0, out: expect.stringContaining('after   50 % v1 (Deployment shop/web-v1), 50 % v2') });
});

test('diff asks what a rule before and a rule after both take', async () => {
  const routes = (...rules: string[]) => `${SERVICE}${deployment('v1')}${deployment('v2')}${deployment('v3')}---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web, namespace: shop }
spec: { host: web, subsets: [${['v1', 'v2', 'v3'].map((name) => `{ name: ${name}, labels: { version: ${name} } }`).join(', ')}] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { hosts: [web], http: [${rules.join(', ')}] }
`;
  const when = (header: string, subset: string) => `{ match: [{ headers: { ${header}: { exact: "yes" } } }], route: [{ destination: { host: web, subset: ${subset} } }] }`;
  const rest = '{ route: [{ destination: { host: web, subset: v1 } }] }';
  const before = file('pair-before.yaml', routes(when('x-a', 'v2'), when('x-b', 'v3'), rest));
  const after = file('pair-after.yaml', routes(when('x-b', 'v3'), when('x-a', 'v2'), rest));
  // Each header by itself is sent as before; both together are not.
  expect((await canary('diff', before, after)).out).toBe(`web.shop.svc.cluster.local:80 GET / with x-b: yes, x-a: yes
  before  100 % v2 (Deployment shop/web-v2)
  after   100 % v3 (Deployment shop/web-v3)
1 of 4 requests change
`);
});

test('explain shows by numbers of pods what a version gets where there is no mesh', async () => {
  expect(await canary('explain', good)).toEqual({
    code: 0, err: '', out: 'web.shop:80 (HTTP) inside the cluster\n  when    then                          by\n  always  100 % web (v1 75 %, v2 25 %)\n',
  });
});

test('explain says that there are no rules where there are none', async () => {
  expect(await canary('explain', good, '--mesh', 'istio')).toMatchObject({ code: 0, out: expect.stringContaining('No host has rules') });
});

test('explain writes the hosts of a gateway as they are declared', async () => {
  const gateway = `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { hosts: ['*'], gateways: [edge], http: [{ match: [{ uri: { exact: '/v2' } }], route: [{ destination: { host: web } }] }] }
`;
  const { out } = await canary('explain', file('any-host.yaml', SERVICE + deployment('v1') + gateway));
  expect(out).toContain('*:80 (HTTP) through gateway shop/edge\n');
  expect(out).not.toContain('any.example.com');
});

test.each([
  { what: 'no command', arguments_: [], says: 'Usage: canary' },
  { what: 'a command that is misspelt', arguments_: ['chek', 'x'], says: 'Did you mean check?' },
  { what: 'no host', arguments_: ['route', good], says: '--host' },
  { what: 'a port that is none', arguments_: ['route', good, '--host', 'web', '--port', '0'], says: 'from 1 to 65535' },
  { what: 'a header without a colon', arguments_: ['route', good, '--host', 'web', '--header', 'x'], says: 'name: value' },
  { what: 'an unknown source', arguments_: ['route', good, '--host', 'web', '--from', 'moon'], says: 'gateway:<namespace>/<name>' },
  { what: 'a file that is not there', arguments_: ['check', join(folder, 'nope.yaml')], says: 'there is no file or folder' },
  { what: 'a file without objects', arguments_: ['check', file('empty.yaml', '# nothing\n')], says: 'no Kubernetes object' },
  { what: 'a file that is no text', arguments_: ['check', file('binary.yaml', 'a\0b')], says: 'binary.yaml: it is no text' },
  { what: 'a Helm chart', arguments_: ['check', chart()], says: 'render it first: helm template' },
  { what: 'an unknown mesh', arguments_: ['check', good, '--mesh', 'spaghetti'], says: '"spaghetti" is no mesh' },
  { what: 'an unknown severity', arguments_: ['check', good, '--severity', 'field-type=of'], says: 'did you mean "off"?' },
  { what: 'an unknown code', arguments_: ['check', good, '--severity', 'field-typ=off'], says: 'did you mean "field-type"?' },
])('$what ends with 2, one line and no stack', async ({ arguments_, says }) => {
  const { code, out, err } = await canary(...arguments_);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain(says);
  expect(err).not.toMatch(/\n\s+at /);
});

test.each([[], ['route'], ['check'], ['explain'], ['diff'], ['plan']])('help of canary %s has an example, and ends with 0', async (...command) => {
  const { code, out } = await canary(...command, '--help');
  expect(code).toBe(0);
  expect(out).toMatch(/Examples?:\n {2}canary /);
});

test('route ends with 1 where nobody answers', async () => {
  expect(await canary('route', good, '--host', 'webb')).toMatchObject({ code: 1, out: expect.stringContaining('"web') });
  expect((await canary('route', good, '--host', 'web', '--from', 'gateway:shop/edge')).code).toBe(1);
});

/** An output that nobody can write to. */
const BROKEN = { colours: false, width: 80, live: false, write: () => { throw new TypeError('the pipe is broken'); } };

test.each([
  { what: 'in a line, which asks for a report', debug: undefined, says: /^canary: this is a mistake of canary itself: the pipe is broken; please report it with .* https:\S+\/issues\n$/ },
  { what: 'with DEBUG by its stack', debug: '1', says: /^canary: TypeError: the pipe is broken\n +at .*program.test/ },
])('a crash ends with 2, which no traffic does, and is told $what', async ({ debug, says }) => {
  const { DEBUG } = process.env;
  if (debug === undefined) delete process.env.DEBUG;
  else process.env.DEBUG = debug;
  let err = '';
  try {
    expect(await run(['check', good], { ...BROKEN, error: (text) => { err += text; } })).toBe(2);
  } finally {
    if (DEBUG === undefined) delete process.env.DEBUG;
    else process.env.DEBUG = DEBUG;
  }
  expect(err).toMatch(says);
});

test('explain says where a redirect leads, and nothing of tries', async () => {
  const rule = '---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: web, namespace: shop }\nspec: { hosts: [web], http: [{ redirect: { authority: a.example.com } }] }\n';
  const { out } = await canary('explain', file('redirected.yaml', SERVICE + rule));
  expect(out.split('\n')[2]).toBe('  always  301: redirected, host becomes a.example.com  VirtualService shop/web http[0]');
});

test('explain --json writes each rule of a host with its conditions and shares', async () => {
  const { code, out } = await canary('explain', file('explained.yaml', SERVICE + deployment('v1') + DELAY(' fault: { delay: { fixedDelay: 7s, percentage: { value: 100 } } },')), '--json');
  const outcomes = [{ share: 1, exactShare: '1', version: 'v1', workload: 'Deployment shop/web-v1', service: 'Service shop/web', port: 8080 }];
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    hosts: [{
      host: 'web.shop.svc.cluster.local',
      port: 80,
      protocol: 'HTTP',
      from: 'mesh',
      rules: [
        expect.objectContaining({ when: ['header who is "me"'], rule: 'VirtualService shop/web http[0].match[0]', outcomes, delay: { milliseconds: 7000, percent: 100 }, doubts: [] }),
        expect.objectContaining({ when: [], rule: 'VirtualService shop/web http[1]', outcomes }),
      ],
      doubts: [],
    }],
  });
});

test.each([['explain', good], ['plan', dirname(written('stages/0-old', SERVICE + deployment('v1'))), dirname(written('stages/1-new', SERVICE + deployment('v2')))]])(
  '%s --json is its format json', async (...arguments_) => {
    expect(await canary(...arguments_, '--json')).toEqual(await canary(...arguments_, '--format', 'json'));
    expect(JSON.parse((await canary(...arguments_, '--json')).out)).toEqual(expect.any(Object));
  });

/** A folder with one file. */
function written(folderName: string, content: string): string {
  mkdirSync(join(folder, folderName), { recursive: true });
  return file(`${folderName}/all.yaml`, content);
}
