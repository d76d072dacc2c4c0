import { KUBERNETES_CAPABILITIES } from './capabilities';
import { check } from './check';
import { NAME } from './name';
import { KubernetesOptions } from './options';
import { render } from './render';
import { ReplicaSplit } from './replica-split';
import { replicas } from './replicas';
import { CLUSTER_DOMAIN } from '../../manifests/cluster-domain';
import { MeshDriver } from '../mesh-driver';

/** No mesh: a Service and the numbers of pods behind it. */
export function kubernetes(options: KubernetesOptions): MeshDriver {
  const clusterDomain = options.clusterDomain ?? CLUSTER_DOMAIN;
  const split = (options.replicaSplit ?? ReplicaSplit.asDeclared())._toModel();
  return {
    name: NAME,
    clusterDomain,
    capabilities: KUBERNETES_CAPABILITIES,
    namespaceMetadata: {},
    podMetadata: {},
    rootSelectsAll: 'without a mesh, traffic is shared out by the root Service',
    routesToLeaf: () => false,
    replicas: (model) => replicas(model, split),
    check: (model) => check(model, { clusterDomain, split }),
    render,
  };
}
