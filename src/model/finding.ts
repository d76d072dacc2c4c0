import { FindingCode } from './finding-codes';

export type Severity = 'error' | 'warning';

/** Something that is wrong with a declaration or with manifests, where, and what to do about it. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Construct path. */
  readonly path: string;
  /** What inside the construct: `weights.v2`, `routes[0].matches[1].path`. */
  readonly place: string;
  /** What is wrong, with the value. Lower case, no full stop. */
  readonly message: string;
  /** What would be right. */
  readonly remedy: string;
}

export function error(path: string, code: FindingCode, place: string, message: string, remedy: string): Finding {
  return { code, severity: 'error', path, place, message, remedy };
}

/** One line, without the construct path: cdk8s puts that in front. */
export function findingText(finding: Finding): string {
  return `${finding.code} at ${finding.place}: ${finding.message}; ${finding.remedy}`;
}
