import { FindingCode } from './finding-codes';

/** Something that is wrong with a declaration or with manifests, where, and what to do about it. */
export interface Finding {
  readonly code: FindingCode;
  /** Errors make synthesis fail. Warnings are shown, and may be accepted. */
  readonly severity: 'error' | 'warning';
  /** Construct path. */
  readonly path: string;
  /** What inside the construct: `weights.v2`, `routes[0].matches[1].path`. */
  readonly place: string;
  /** What is wrong, with the value. Lower case, no full stop. */
  readonly message: string;
  /** What would be right. */
  readonly remedy: string;
}

/** One line, without the construct path: cdk8s puts that in front. */
export function findingText(finding: Finding): string {
  const text = `${finding.code} at ${finding.place}: ${finding.message}; ${finding.remedy}`;
  return text.replace(/[\u0000-\u001f\u007f]/g, (character) => JSON.stringify(character).slice(1, -1));
}
