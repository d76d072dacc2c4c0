import { IngressPath } from './ingress';
import { Condition, passes, Test } from '../../../evaluation/condition';

/** How a path is tested. What is left to the controller is taken for a prefix, as the specification allows. */
export function pathConditions(path: IngressPath): Condition[] {
  const test = pathTest(path);
  return test.kind === 'elements' && bare(test.value) === '' ? [] : [{ subject: { of: 'path' }, test }];
}

function pathTest({ path, pathType }: IngressPath): Test {
  switch (pathType ?? 'ImplementationSpecific') {
    case 'Exact': return { kind: 'exact', value: path };
    case 'Prefix':
    case 'ImplementationSpecific': return { kind: 'elements', value: path };
    default: return { kind: 'unknown', value: pathType! };
  }
}

/** Exact ones first, then by length. @see https://kubernetes.io/docs/concepts/services-networking/ingress/#multiple-matches */
export function comparePaths(a: IngressPath, b: IngressPath): number {
  return rank(b) - rank(a);
}

function rank({ path, pathType }: IngressPath): number {
  return pathType === 'Exact' ? Number.MAX_SAFE_INTEGER : bare(path).length;
}

function bare(path: string): string {
  return path.replace(/\/+$/, '');
}

/** Controllers differ in whether such a path is exact, or a prefix of elements, or of characters. */
export function dependsOnController(one: IngressPath, asked: string): boolean {
  if (one.pathType !== undefined && one.pathType !== 'ImplementationSpecific') return false;
  const tests: Test[] = [{ kind: 'exact', value: one.path }, { kind: 'elements', value: one.path }, { kind: 'prefix', value: one.path }];
  return new Set(tests.map((test) => passes(test, asked))).size > 1;
}
