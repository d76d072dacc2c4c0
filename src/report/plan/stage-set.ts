import { Evaluator } from '../../evaluation/evaluator';
import { LintFound } from '../../lint/lint-rule';

/** The manifests of one stage, or of one set of a way back, and what is known of them. */
export interface StageSet {
  /** Name of its folder: `02-weight-10`. */
  readonly name: string;
  readonly evaluator: Evaluator;
  /** What the linter says of them. */
  readonly found: readonly LintFound[];
}

/** A stage with its ways back, in their order. */
export interface WrittenStage extends StageSet {
  readonly back: readonly StageSet[];
}
