import { fullyMatches } from './regex';

/** Condition on one value, case-sensitive. `present` holds for every value. */
export type StringMatch =
  | { readonly kind: 'exact' | 'prefix' | 'regex'; readonly value: string }
  | { readonly kind: 'present' };

export function matchesString(match: StringMatch, value: string): boolean {
  switch (match.kind) {
    case 'present': return true;
    case 'exact': return value === match.value;
    case 'prefix': return value.startsWith(match.value);
    case 'regex': return fullyMatches(match.value, value);
  }
}

/** Whether every value that `narrow` accepts is accepted by `wide`. Says no where it cannot be told (two different regular expressions). */
export function covers(wide: StringMatch, narrow: StringMatch): boolean {
  if (wide.kind === 'present') return true;
  if (narrow.kind === 'present') return false;
  if (wide.kind === narrow.kind && wide.value === narrow.value) return true;
  if (narrow.kind === 'exact') return matchesString(wide, narrow.value);
  return wide.kind === 'prefix' && narrow.kind === 'prefix' && narrow.value.startsWith(wide.value);
}
