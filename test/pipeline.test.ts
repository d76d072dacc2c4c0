import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { canary } from './cli/run';
import { writtenShop } from './report/plan/shop';

const PIPELINE = resolve(__dirname, '../examples/pipeline');
const files = readdirSync(PIPELINE, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ya?ml|md)$/.test(file));
const workflows = files.filter((file) => !file.endsWith('.md'));

function text(file: string): string {
  return readFileSync(join(PIPELINE, file), 'utf8');
}

test.each(workflows)('%s is YAML without errors or repeated keys', (file) => {
  const { errors, warnings } = parseDocument(text(file));
  expect([...errors, ...warnings]).toEqual([]);
});

test.each(files)('every canary command of %s exists, with its options', async (file) => {
  for (const [, command, rest] of text(file).matchAll(/(?:npx |`)canary ([a-z]+)([^\n`]*)/g)) {
    const { code, out } = await canary(command, '--help');
    expect({ command, code }).toEqual({ command, code: 0 });
    for (const [option] of rest.matchAll(/--[a-z-]+/g)) expect(out).toContain(option);
    for (const [, format] of rest.matchAll(/--format (\w+)/g)) expect(out).toContain(`"${format}"`);
  }
});

test('the pipelines check, compare, plan and apply', () => {
  const commands = (all: readonly string[]) => new Set(all.flatMap((file) => [...text(file).matchAll(/npx canary ([a-z]+)/g)].map(([, command]) => command)));
  expect(commands(['github/plan.yaml', 'github/release.yaml'])).toEqual(new Set(['check', 'diff', 'plan']));
  expect(commands(['gitlab-ci.yml'])).toEqual(new Set(['check', 'diff', 'plan']));
});

test.each(files)('every script that %s runs is there', (file) => {
  const scripts = [...text(file).matchAll(/pipeline\/([\w-]+\.(?:ts|yml))/g)].map(([, script]) => script);
  expect(scripts.filter((script) => !existsSync(join(PIPELINE, script)))).toEqual([]);
});

test('jobs of GitLab need jobs that there are', () => {
  const pipeline = parseDocument(text('gitlab-ci.yml')).toJS() as Record<string, { needs?: string[]; stage?: string }>;
  const { stages, ...jobs } = pipeline;
  expect(Object.values(jobs).flatMap(({ needs = [] }) => needs).filter((need) => !(need in jobs))).toEqual([]);
  expect(Object.values(jobs).filter(({ stage }) => !(stages as unknown as string[]).includes(stage ?? ''))).toEqual([]);
});

describe('a stage is applied', () => {
  const folder = writtenShop([{ weight: 10 }]);
  const scratch = mkdtempSync(join(tmpdir(), 'canary-pipeline-'));
  const plan = join(scratch, 'plan.json');
  const log = join(scratch, 'log');
  const recorded = join(scratch, 'recorded');

  beforeAll(async () => {
    writeFileSync(plan, (await canary('plan', folder, '--format', 'json')).out);
    // A kubectl that says what it was told, and remembers the record.
    writeFileSync(join(scratch, 'kubectl'), `#!/usr/bin/env node
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const words = process.argv.slice(2);
const object = words.at(-1) === '-' ? JSON.parse(readFileSync(0, 'utf8')) : undefined;
if (object?.kind === 'ConfigMap') writeFileSync(${JSON.stringify(recorded)}, object.data.stage);
else if (words[0] === 'get') process.stdout.write(existsSync(${JSON.stringify(recorded)}) ? readFileSync(${JSON.stringify(recorded)}) : '');
else appendFileSync(${JSON.stringify(log)}, [...words.slice(0, 3), object && object.kind + ' ' + object.metadata.name].filter(Boolean).join(' ') + '\\n');
`);
    chmodSync(join(scratch, 'kubectl'), 0o755);
  });
  afterAll(() => [folder, scratch].forEach((path) => rmSync(path, { recursive: true })));

  function applied(set: string, after?: string): { status: number | null; next: string; problem: string; told: string[] } {
    rmSync(log, { force: true });
    if (after === undefined) rmSync(recorded, { force: true });
    else writeFileSync(recorded, after);
    const { status, stdout, stderr } = spawnSync(process.execPath, [require.resolve('tsx/cli'), join(PIPELINE, 'apply-stage.ts'), plan, folder, 'shop', set], {
      encoding: 'utf8', env: { ...process.env, PATH: `${scratch}${delimiter}${process.env.PATH}` },
    });
    const told = existsSync(log) ? readFileSync(log, 'utf8').replaceAll(folder, 'dist').trim().split('\n') : [];
    return { status, next: stdout.trim(), problem: stderr, told };
  }

  function record(): string {
    return readFileSync(recorded, 'utf8');
  }

  test('its objects first, then its pods are waited for, and what is gone is deleted at the end', () => {
    expect(applied('05-remove-v1', '04-retire-v1')).toMatchObject({
      status: 0,
      next: '',
      told: [
        'apply -f dist/05-remove-v1',
        'rollout status deployment/web-v2',
        'rollout status deployment/api-v2',
        ...['api', 'web'].flatMap((service) => ['Deployment', 'Service', 'ServiceAccount'].map((kind) => `delete --ignore-not-found -f ${kind} ${service}-v1`)),
      ],
    });
    expect(record()).toBe('done');
  });

  test('the next one is named', () => {
    expect(applied('00-stable')).toMatchObject({ status: 0, next: '01-deploy-v2' });
    expect(record()).toBe('00-stable');
  });

  test('a way back begins at its stage', () => {
    expect(applied('rollback/02-weight-10/00-back', '02-weight-10')).toMatchObject({ status: 0, next: 'rollback/02-weight-10/01-retire' });
  });

  test.each([
    { set: '02-weight-10', after: '00-stable', says: '"02-weight-10" does not follow "00-stable", which was applied last' },
    { set: '01-deploy-v2', after: undefined, says: '"01-deploy-v2" does not follow "nothing"' },
    { set: 'rollback/02-weight-10/00-back', after: '03-weight-100', says: 'does not follow "03-weight-100"' },
    { set: '07-more', after: '05-remove-v1', says: 'there is no set "07-more"; there are 00-stable, 01-deploy-v2' },
  ])('fails for $set after $after, and tells the cluster nothing', ({ set, after, says }) => {
    const { status, problem, told } = applied(set, after);
    expect(status).toBe(1);
    expect(problem).toContain(says);
    expect(told).toEqual([]);
  });

  test('GitLab gets a manual job for each, after the one before', () => {
    const { stdout } = spawnSync(process.execPath, [require.resolve('tsx/cli'), join(PIPELINE, 'gitlab-stages.ts'), plan, 'shop'], { encoding: 'utf8' });
    const { include, ...jobs } = JSON.parse(stdout) as Record<string, { needs: unknown[]; script: string[] }>;
    expect(include).toEqual([{ local: 'pipeline/gitlab-apply.yml' }]);
    expect(Object.keys(jobs)).toEqual(['00-stable', '01-deploy-v2', '02-weight-10', '03-weight-100', '04-retire-v1', '05-remove-v1']);
    expect(jobs['02-weight-10']).toEqual({
      extends: '.apply',
      needs: [{ pipeline: '$PARENT_PIPELINE_ID', job: 'plan' }, '01-deploy-v2'],
      script: ['npx tsx pipeline/apply-stage.ts plan.json dist shop 02-weight-10'],
    });
  });
});
