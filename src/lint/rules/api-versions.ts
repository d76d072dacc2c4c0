import { LintRule } from '../lint-rule';

/** Versions that API servers of today no longer serve, and what took their place. @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
const RETIRED: Readonly<Record<string, string>> = {
  'extensions/v1beta1 Deployment': 'apps/v1',
  'extensions/v1beta1 Ingress': 'networking.k8s.io/v1',
  'apps/v1beta1 Deployment': 'apps/v1',
  'apps/v1beta2 Deployment': 'apps/v1',
  'networking.k8s.io/v1beta1 Ingress': 'networking.k8s.io/v1',
  'autoscaling/v2beta1 HorizontalPodAutoscaler': 'autoscaling/v2',
  'autoscaling/v2beta2 HorizontalPodAutoscaler': 'autoscaling/v2',
  'policy/v1beta1 PodDisruptionBudget': 'policy/v1',
};

/** Versions of known groups that have never been, or are no longer, defined there. */
const SERVED: Readonly<Record<string, readonly string[]>> = {
  'apps': ['v1', 'v1beta1', 'v1beta2'],
  'networking.istio.io': ['v1', 'v1beta1', 'v1alpha3'],
  'security.istio.io': ['v1', 'v1beta1'],
  'gateway.networking.k8s.io': ['v1', 'v1beta1', 'v1alpha2', 'v1alpha3'],
  'policy.linkerd.io': ['v1alpha1', 'v1beta1', 'v1beta2', 'v1beta3'],
  'split.smi-spec.io': ['v1alpha1', 'v1alpha2', 'v1alpha3', 'v1alpha4'],
  'access.smi-spec.io': ['v1alpha1', 'v1alpha2', 'v1alpha3'],
  'specs.smi-spec.io': ['v1alpha1', 'v1alpha2', 'v1alpha3', 'v1alpha4'],
};

export const API_VERSION_RETIRED: LintRule = {
  code: 'api-version-retired',
  severity: 'error',
  *check({ manifests }) {
    for (const object of manifests.objects) {
      const successor = RETIRED[`${object.apiVersion} ${object.kind}`];
      const served = SERVED[object.group];
      if (successor) {
        yield { object, place: 'apiVersion', message: `"${object.apiVersion}" of ${object.kind} is no longer served`, remedy: `use "${successor}"` };
      } else if (served && !served.includes(object.version)) {
        yield { object, place: 'apiVersion', message: `"${object.group}" has no version "${object.version}"`, remedy: `use ${served.map((version) => `"${version}"`).join(', ')}` };
      }
    }
  },
};

const ARCHIVED = 'the projects that serve it are archived: plan the move to the routes of the Gateway API';

/** What is still served and has no future, by group, or by version and kind, and what takes its place. */
const DEPRECATED: Readonly<Record<string, string>> = {
  'split.smi-spec.io': ARCHIVED,
  'access.smi-spec.io': ARCHIVED,
  'specs.smi-spec.io': ARCHIVED,
  // https://gateway-api.sigs.k8s.io/concepts/versioning/
  'gateway.networking.k8s.io/v1alpha2 HTTPRoute': 'use "gateway.networking.k8s.io/v1"',
  'gateway.networking.k8s.io/v1alpha2 GRPCRoute': 'use "gateway.networking.k8s.io/v1"',
  'gateway.networking.k8s.io/v1alpha2 Gateway': 'use "gateway.networking.k8s.io/v1"',
  'gateway.networking.k8s.io/v1alpha2 GatewayClass': 'use "gateway.networking.k8s.io/v1"',
  'gateway.networking.k8s.io/v1alpha2 ReferenceGrant': 'use "gateway.networking.k8s.io/v1beta1"',
  'gateway.networking.k8s.io/v1beta1 HTTPRoute': 'use "gateway.networking.k8s.io/v1"',
  'gateway.networking.k8s.io/v1beta1 Gateway': 'use "gateway.networking.k8s.io/v1"',
  'gateway.networking.k8s.io/v1beta1 GatewayClass': 'use "gateway.networking.k8s.io/v1"',
  // Versions in which a backend has no weight, and the namespace "default" unless it names one.
  'policy.linkerd.io/v1alpha1 HTTPRoute': 'use "policy.linkerd.io/v1beta3", or "gateway.networking.k8s.io/v1"',
  'policy.linkerd.io/v1beta1 HTTPRoute': 'use "policy.linkerd.io/v1beta3", or "gateway.networking.k8s.io/v1"',
};

export const API_VERSION_DEPRECATED: LintRule = {
  code: 'api-version-deprecated',
  severity: 'info',
  *check({ manifests }) {
    for (const object of manifests.objects) {
      const remedy = DEPRECATED[object.group] ?? DEPRECATED[`${object.apiVersion} ${object.kind}`];
      if (remedy) yield { object, place: 'apiVersion', message: `"${object.apiVersion}" of ${object.kind} has no future`, remedy };
    }
  },
};
