import { PodsTarget } from '../../../evaluation/route-table';
import { LintRule } from '../../../lint/lint-rule';
import { forwards } from '../../../lint/tables';
import { Cluster } from '../../../manifests/cluster';
import { Workload } from '../../../manifests/workload';
import { configOf } from '../read/config';
import { gatewayIdentity } from '../read/gateway-identity';
import { MutualTls } from '../read/peer-authentication';
import { hasSidecar } from '../read/sidecar-injection';

/** Pods that refuse what a gateway of another kind sends in the clear. @see https://istio.io/latest/docs/concepts/security/#mutual-tls-authentication */
const GATEWAY_NOT_ADMITTED: LintRule = {
  code: 'gateway-not-admitted',
  severity: 'warning',
  *check({ evaluator: { cluster }, tables }) {
    const told = new Set<string>();
    for (const { view: { entry, request: { source } }, rule, destinations } of forwards(tables)) {
      if (source.kind !== 'gateway' || gatewayIdentity(cluster, source.namespace, source.name)) continue;
      for (const { to, weight } of destinations) {
        const strict = to.kind === 'pods' && weight > 0 ? strictPods(cluster, to) : undefined;
        const object = rule?.object ?? entry.objects[0];
        if (!strict || told.has(`${object.key} ${strict.workload.object.key}`)) continue;
        told.add(`${object.key} ${strict.workload.object.key}`);
        yield {
          object,
          place: rule?.place ?? 'spec',
          message: `${strict.workload.object.title} asks for mutual TLS by ${strict.tls.object?.title}, and gets plain text from a gateway that has no sidecar: every connection is refused`,
          remedy: 'make the port PERMISSIVE under `portLevelMtls`, or give the pods of the gateway a sidecar, and say here that they have one: `lint.cdk8s-canary/gateway-not-admitted`',
        };
      }
    }
  },
};

interface StrictPods {
  readonly workload: Workload;
  readonly tls: MutualTls;
}

function strictPods(cluster: Cluster, { service, port, labels }: PodsTarget): StrictPods | undefined {
  return cluster.endpoints(service, port, labels)
    .filter(({ workload }) => hasSidecar(cluster, workload))
    .map(({ workload, port: own }) => ({ workload, tls: configOf(cluster).peerAuthentications.modeFor(workload, own) }))
    .find(({ tls }) => tls.mode === 'STRICT');
}

export const GATEWAY_RULES: readonly LintRule[] = [GATEWAY_NOT_ADMITTED];
