import { PREFIX } from './name';
import { LintRule } from '../../lint/lint-rule';
import { KubeObject } from '../../manifests/kube-object';

/** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary */
const CANARY_WITHOUT_MAIN: LintRule = {
  code: 'canary-without-main',
  severity: 'error',
  *check({ evaluator: { cluster } }) {
    const ingresses = cluster.ofKind('networking.k8s.io', 'Ingress');
    const mains = new Set(ingresses.filter((ingress) => !isCanary(ingress)).flatMap((ingress) => pathsOf(ingress).map(({ key }) => `${ingress.namespace} ${key}`)));
    for (const object of ingresses.filter(isCanary)) {
      for (const { key, place } of pathsOf(object)) {
        if (mains.has(`${object.namespace} ${key}`)) continue;
        yield {
          object,
          place,
          message: `no other Ingress has the host and the path ${key}: a canary without one gets nothing`,
          remedy: 'repeat the host and the path of the Ingress whose canary it is',
        };
      }
    }
  },
};

function isCanary({ annotations }: KubeObject): boolean {
  return annotations[`${PREFIX}/canary`] === 'true';
}

function pathsOf({ spec }: KubeObject): { readonly key: string; readonly place: string }[] {
  return spec.at('rules').items().flatMap((rule) => rule.at('http').at('paths').items()
    .map((path) => ({ key: `${rule.at('host').text() ?? '*'}${path.at('path').text() ?? '/'}`, place: path.place })));
}

export const INGRESS_NGINX_RULES: readonly LintRule[] = [CANARY_WITHOUT_MAIN];
