import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

/** An app whose Service selects nothing when `SELECTOR` says so; a Deployment of the same name stands beside it. */
const APP = `
const { ApiObject, App, Chart } = require('cdk8s');
const { CanaryApp } = require('cdk8s-canary');
const app = process.env.APP === 'CanaryApp' ? new CanaryApp() : new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });
const labels = { app: 'web' };
new ApiObject(chart, 'root', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector: { app: process.env.SELECTOR }, ports: [{ port: 80 }] } });
new ApiObject(chart, 'pods', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: process.env.DEPLOYMENT },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [] } } } });
app.synth();
`;

const CONFIG = `language: typescript
app: node app.js
output: dist
validations:
  - package: ./node_modules/cdk8s-canary
    version: 0.0.0
    class: CanaryValidation
`;

const folder = mkdtempSync(join(tmpdir(), 'canary-synth-'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/cdk8s-canary'));
  for (const name of ['cdk8s', 'cdk8s-plus-28', 'constructs']) symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  writeFileSync(join(folder, 'app.js'), APP);
  writeFileSync(join(folder, 'cdk8s.yaml'), CONFIG);
});

function synth(selector: string, deployment: string, app = 'App') {
  const report = join(folder, `${app}-${selector}-${deployment}.json`);
  const env = { ...process.env, APP: app, SELECTOR: selector, DEPLOYMENT: deployment, CDK8S_OUTDIR: 'dist' };
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin/cdk8s'), ['synth', '--check-upgrade=false', '--validation-reports-output-file', report], {
    cwd: folder, env, encoding: 'utf8',
  });
  return { status, output: stdout + stderr, report: () => JSON.parse(readFileSync(report, 'utf8')).reports[0] };
}

test('cdk8s synth takes the validation from the installed package, and ends with 0 where nothing is wrong', () => {
  const { status, output, report } = synth('web', 'web');
  expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining('Validations ended succesfully') });
  expect(report().summary).toMatchObject({ status: 'success', metadata: { errors: '0', objects: '2' } });
});

test('errors end it with 2 and stand in the report, with the construct that is to be mended', () => {
  const { status, output, report } = synth('wbe', 'pods');
  expect({ status, output }).toEqual({ status: 2, output: expect.stringContaining('error selector-without-pods') });
  expect(report().violations).toEqual([{
    ruleName: 'error selector-without-pods',
    recommendation: expect.stringContaining('no pod carries app=wbe'),
    fix: expect.stringContaining('pod template'),
    violatingConstructs: [expect.objectContaining({ resourceName: 'web', constructPath: 'shop/root', locations: ['spec.selector'] })],
  }]);
});

test('of objects that share a name none gets the path of the other', () => {
  const [{ violatingConstructs: [violating] }] = synth('wbe', 'web').report().violations;
  expect(violating).toMatchObject({ resourceName: 'Service shop/web' });
  expect(violating.constructPath).toBeUndefined();
});

test('an app of this library records the path of each', () => {
  const [{ violatingConstructs: [violating] }] = synth('wbe', 'web', 'CanaryApp').report().violations;
  expect(violating).toMatchObject({ resourceName: 'Service shop/web', constructPath: 'shop/root' });
});
