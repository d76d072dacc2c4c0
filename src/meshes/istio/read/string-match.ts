import { Test } from '../../../evaluation/condition';
import { Field } from '../../../manifests/field';

/** Istio's `StringMatch`. `any`: it says nothing, or the regular expression `*`, which is none: the value has to be there. */
export interface StringMatch {
  readonly kind: 'exact' | 'prefix' | 'regex' | 'any';
  readonly value: string;
}

/** By the name of a header or of a parameter. */
export type StringMatches = ReadonlyMap<string, StringMatch>;

/** @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/route/route.go canBeConvertedToPresentMatch */
export function stringMatch(field: Field): StringMatch | undefined {
  if (!field.exists) return undefined;
  for (const kind of ['exact', 'prefix', 'regex'] as const) {
    const value = field.at(kind).text();
    if (value !== undefined) return kind === 'regex' && value === '*' ? { kind: 'any', value: '' } : { kind, value };
  }
  return { kind: 'any', value: '' };
}

/** Envoy has an expression cover the whole text. Ignoring case does not change what an expression takes. */
export function testOf({ kind, value }: StringMatch, ignoreCase?: boolean): Test {
  switch (kind) {
    case 'any': return { kind: 'present' };
    case 'regex': return { kind, value, covers: 'whole' };
    case 'exact':
    case 'prefix': return { kind, value, ignoreCase };
  }
}
