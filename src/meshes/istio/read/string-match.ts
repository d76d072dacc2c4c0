import { Test } from '../../../evaluation/condition';
import { Field } from '../../../manifests/field';

/** Istio's `StringMatch`. `any`: it says nothing. */
export interface StringMatch {
  readonly kind: 'exact' | 'prefix' | 'regex' | 'any';
  readonly value: string;
}

/** By the name of a header or of a parameter. */
export type StringMatches = ReadonlyMap<string, StringMatch>;

export function stringMatch(field: Field): StringMatch | undefined {
  if (!field.exists) return undefined;
  for (const kind of ['exact', 'prefix', 'regex'] as const) {
    const value = field.at(kind).text();
    if (value !== undefined) return { kind, value };
  }
  return { kind: 'any', value: '' };
}

/**
 * Whether a value only has to be there. `*` is no regular expression, and stands for that.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/route/route.go (canBeConvertedToPresentMatch)
 */
export function isPresence({ kind, value }: StringMatch): boolean {
  return kind === 'any' || (kind === 'regex' && value === '*');
}

/** Envoy has an expression cover the whole text. Ignoring case does not change what an expression takes. */
export function testOf(match: StringMatch, ignoreCase?: boolean): Test {
  const { kind, value } = match;
  if (kind === 'any' || isPresence(match)) return { kind: 'present' };
  switch (kind) {
    case 'regex': return { kind, value, covers: 'whole' };
    case 'exact':
    case 'prefix': return { kind, value, ignoreCase };
  }
}
