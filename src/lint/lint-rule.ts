import { EntryTable } from '../evaluation/entries';
import { Evaluator } from '../evaluation/evaluator';
import { KubeObject, Origin } from '../manifests/kube-object';
import { Manifests } from '../manifests/load';

/** `error`: traffic is lost, or the API server refuses it. `warning`: most likely not what was meant. `info`: good to know. */
export type Severity = 'error' | 'warning' | 'info';

export const WORST_FIRST: readonly string[] = ['error', 'warning', 'info'];

/** What a finding may be said to be. */
export const GRADES: readonly string[] = [...WORST_FIRST, 'off'];

/** One kind of mistake in manifests. */
export interface LintRule {
  readonly code: string;
  readonly severity: Severity;
  /** Codes of other tools for the same mistake, where there are some. */
  readonly like?: readonly string[];
  check(context: LintContext): Iterable<LintProblem>;
}

export interface LintProblem {
  /** What to mend, if it could be read. */
  readonly object?: KubeObject;
  /** Where it stands, if it could not. */
  readonly origin?: Origin;
  /** Field inside the object. */
  readonly place: string;
  /** What is wrong, with the value. Lower case, no full stop. */
  readonly message: string;
  /** What would be right. */
  readonly remedy: string;
}

/** A problem with the rule that found it. */
export interface LintFound extends LintProblem {
  readonly code: string;
  readonly severity: Severity;
}

/** What rules look at. */
export interface LintContext {
  readonly manifests: Manifests;
  readonly evaluator: Evaluator;
  /** What is tried for each host and port that has rules. */
  readonly tables: readonly EntryTable[];
}
