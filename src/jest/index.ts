/*
 * Matchers for jest: `import 'cdk8s-canary/jest'` in a test, or name it in `setupFilesAfterEach`. Only for TypeScript and JavaScript, so that it
 * is not part of the package's main entry.
 */
import { manifestSerializer } from './manifest-serializer';
import { toBeDenied, toHaveNoFindings, toMirrorTo, toRouteTo, toSplit } from './matchers';
import type { LintOptions } from '../lint';
import type { TrafficRequest } from '../traffic';

export { manifestSerializer };

export const matchers = { toSplit, toRouteTo, toMirrorTo, toBeDenied, toHaveNoFindings };

interface TrafficMatchers<R> {
  /** The request is shared out among exactly these versions, in these proportions. */
  toSplit(request: TrafficRequest, shares: Readonly<Record<string, number>>): R;
  /** Every such request reaches this version. */
  toRouteTo(request: TrafficRequest, version: string): R;
  /** This version gets a copy of such requests: of all, or of so many percent. */
  toMirrorTo(request: TrafficRequest, version: string, percent?: number): R;
  /** No such request is let in. */
  toBeDenied(request: TrafficRequest): R;
  /** The linter finds no error and no warning. */
  toHaveNoFindings(options?: LintOptions): R;
}

declare global {
  // The names are jest's.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars
    interface Matchers<R, T = {}> extends TrafficMatchers<R> {}
  }
}

declare const expect: undefined | { extend(added: typeof matchers): void; addSnapshotSerializer(serializer: typeof manifestSerializer): void };

if (typeof expect !== 'undefined') {
  expect.extend(matchers);
  expect.addSnapshotSerializer(manifestSerializer);
}
