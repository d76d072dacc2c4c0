import { ArgoCdIgnoreDifference, FluxIgnoreRule } from './ignored-fields';

/** Fields of one written object that the controller changes: the one form for jq, the other as JSON pointers, where lists need their indices. */
export interface OwnedFields {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly jq: readonly string[];
  readonly pointers: readonly string[];
}

export function argoCdDifferences(owned: readonly OwnedFields[]): ArgoCdIgnoreDifference[] {
  return owned.map(({ group, kind, name, namespace, jq }) => ({ group, kind, name, namespace, jqPathExpressions: [...jq] }));
}

export function fluxRules(owned: readonly OwnedFields[]): FluxIgnoreRule[] {
  return owned.map(({ group, kind, name, namespace, pointers }) => ({ paths: [...pointers], target: { group, kind, name, namespace } }));
}
