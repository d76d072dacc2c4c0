import { Field } from '../../manifests/field';
import { KubeObject } from '../../manifests/kube-object';
import { LintRule } from '../lint-rule';

/** Lists of backends that share requests by weight. */
function splitsOf({ kind, spec }: KubeObject): readonly (readonly Field[])[] {
  switch (kind) {
    case 'GRPCRoute':
    case 'HTTPRoute':
    case 'TCPRoute':
    case 'TLSRoute': return spec.at('rules').items().map((rule) => rule.at('backendRefs').items());
    case 'TrafficSplit': return [spec.at('backends').items()];
    case 'ServiceProfile': return [spec.at('dstOverrides').items()];
    default: return [];
  }
}

/** A number, or a quantity such as `0m`. */
function isZero(weight: Field): boolean {
  return weight.raw === 0 || (typeof weight.raw === 'string' && /^0+(\.0+)?[mkM]?$/.test(weight.raw));
}

/**
 * The specification of the Gateway API gives nothing to a weight of 0, that of SMI says nothing of it. Meshes differ: they refuse the requests, send all
 * to a lone backend, go on as if there were no split, or break.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#backendref
 */
export const WEIGHTS_TOTAL_ZERO: LintRule = {
  code: 'weights-total-zero',
  severity: 'error',
  *check({ manifests }) {
    for (const object of manifests.objects) {
      for (const backends of splitsOf(object)) {
        const weights = backends.map((backend) => backend.at('weight'));
        if (weights.length === 0 || !weights.every(isZero)) continue;
        yield { object, place: weights[0].place, message: 'all weights are 0: nobody is to get the requests', remedy: 'give at least one backend a weight above 0' };
      }
    }
  },
};

/** @see https://gateway-api.sigs.k8s.io/reference/spec/#backendref (weight) */
export const WEIGHT_DEFAULTED: LintRule = {
  code: 'weight-defaulted',
  severity: 'warning',
  *check({ manifests }) {
    for (const object of manifests.objects) {
      if (!object.kind.endsWith('Route')) continue;
      for (const backends of splitsOf(object)) {
        const without = backends.filter((backend) => !backend.at('weight').exists);
        if (without.length === backends.length) continue;
        for (const backend of without) {
          yield { object, place: backend.place, message: 'beside backends with weights it has none, which means 1', remedy: 'write the weight, 1 if that is meant' };
        }
      }
    }
  },
};
