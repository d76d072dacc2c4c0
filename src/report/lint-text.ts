import { LintFound } from '../lint/lint-rule';
import { placeOf } from '../manifests/load';

/** `Service shop/web (web.yaml:12)`. */
export function whereText({ object, origin }: LintFound): string {
  const found = object?.origin ?? origin;
  return [object?.title, found && (object ? `(${placeOf(found)})` : placeOf(found))].filter(Boolean).join(' ');
}

/** One line, in the form of the findings of a declaration. */
export function lintText(found: LintFound): string {
  const { code, place, message, remedy } = found;
  const text = `${code} at ${whereText(found)} ${place}: ${message}; ${remedy}`;
  return text.replace(/[\u0000-\u001f\u007f]/g, (character) => JSON.stringify(character).slice(1, -1));
}
