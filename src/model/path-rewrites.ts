import { Rule } from './routing-model';

/** Whether the rule puts another prefix in the place of the one it matched, be it in a redirect or on the way to a version. */
export function replacesPrefix({ action }: Rule): boolean {
  const path = action.kind === 'redirect' ? action.path : action.rewrite?.path;
  return path?.kind === 'prefix';
}
