import { quoteRegex } from '../../model/regex';
import { StringMatch } from '../../model/string-match';

/**
 * Characters that the controller takes in a pattern; with others it leaves the annotation out.
 * @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/parser/validators.go (IsValidRegex)
 */
const TAKEN = /^[-/._~a-zA-Z0-9:^$[\](){}*+?|&=\\]*$/;

/** Escapes that PCRE reads in another way than RE2, or does not know. */
const FOREIGN = /\\[vpPCQx]/;

/**
 * A pattern for PCRE, which looks for it anywhere in the value: it is bound to both ends. Nothing where the two dialects may disagree, or where
 * the controller would not take the annotation.
 */
export function patternOf(match: StringMatch): string | undefined {
  const pattern = bound(match);
  return TAKEN.test(pattern) && !FOREIGN.test(pattern.replace(/\\\\/g, '')) ? pattern : undefined;
}

function bound(match: StringMatch): string {
  switch (match.kind) {
    case 'present': return '.*';
    case 'exact': return `^${quoteRegex(match.value)}$`;
    case 'prefix': return `^${quoteRegex(match.value)}`;
    case 'regex': return `^(?:${match.value})$`;
  }
}
