import { rmSync } from 'node:fs';
import { App } from 'cdk8s';
import * as fc from 'fast-check';
import { AppData, apps, declareApp } from './arbitrary-app';
import { emptyFolder, filesIn } from './folders';
import { CanaryApp } from '../../src';

const RUNS = { numRuns: 300 };

type Result = { readonly files: Record<string, string | null> } | { readonly problem: string };

function synthesize(AppClass: typeof App, data: AppData): Result {
  const folder = emptyFolder();
  try {
    declareApp(AppClass, data, folder).synth();
    return { files: filesIn(folder) };
  } catch (problem) {
    return { problem: problemOf(problem as Error) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A cycle is told from where each of the two came upon it. */
function problemOf(problem: Error): string {
  return problem.message.startsWith('Dependency cycle detected') ? 'cycle' : problem.message;
}

function yamlOf(AppClass: typeof App, data: AppData): string {
  try {
    return declareApp(AppClass, data, 'unused').synthYaml();
  } catch (problem) {
    return problemOf(problem as Error);
  }
}

beforeEach(() => {
  jest.spyOn(console, 'warn').mockReturnValue();
});

test('files have the names and the bytes that cdk8s gives them', () => {
  fc.assert(fc.property(apps, (data) => {
    expect(synthesize(CanaryApp, data)).toEqual(synthesize(App, data));
  }), RUNS);
});

test('one text has the bytes of cdk8s', () => {
  fc.assert(fc.property(apps, (data) => {
    expect(yamlOf(CanaryApp, data)).toBe(yamlOf(App, data));
  }), RUNS);
});
