import { LoadProblem } from '../../manifests/load';
import { LintRule } from '../lint-rule';

function rule(kind: LoadProblem['kind'], code: string, like: readonly string[], remedy: string): LintRule {
  return {
    code,
    severity: 'error',
    like,
    *check({ manifests }) {
      for (const problem of manifests.problems) {
        if (problem.kind === kind) yield { origin: problem.origin, place: 'document', message: problem.message, remedy };
      }
    },
  };
}

export const MANIFEST_UNREADABLE = rule('unreadable', 'manifest-unreadable', [], 'mend the YAML');
export const NOT_AN_OBJECT = rule('not-an-object', 'not-an-object', [], 'give `apiVersion`, `kind` and `metadata.name`, or leave the file out');
export const OBJECT_DECLARED_TWICE = rule('duplicate', 'object-declared-twice', [], 'keep one of the two: the later one replaces the earlier');
